"""The shots file that the agent fills while the program runs, field by field as in harness/live/shots.h."""
from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..errors import DriverError

VERSION = 2
HEAD = ("magic", "version", "n_pcs", "inside", "stop", "signal", "sigtable", "allp", "p_preempt",
        "async_preempt", "gc", "callers", "wakep", "g_preempt", "every", "count", "n_visits",
        "n_functions", "n_table_bytes", "quantum", "bias", "started", "visited", "fired", "injected",
        "refused", "resumed", "compared", "uncompared", "too_early", "blocked", "visits_lost", "unwound",
        "not_unwound", "calls", "collections", "no_room", "scheduled", "tracebacks", "traced",
        "moves_asked", "moved", "threads_changed", "threads_kept", "entered", "handled", "in_flight",
        "n_differences")
COUNTS = HEAD[HEAD.index("visited"):HEAD.index("in_flight")]
FIRE = 1   # of a PC's role
OUTCOMES = ("not reached", "too early", "blocked", "fired", "refused", "injected", "resumed", "entered",
            "handled")
# enum gobin_filter (harness/go/binary/gobin.h): what the runtime refuses before it looks at a table.
FILTERS = ("", "assembly", "no pointer maps", "made before Go 1.14", "runtime")
ORACLES = {1: "decision", 2: "frame", 4: "state", 8: "roots", 16: "unwind", 32: "traceback"}
_MAX_DIFFERENCES, _MAX_VISITS = 256, 64
_DIFFERENCE, _PC = "QQIIH22s", "QQQQQIIII8B"
_LAST = struct.calcsize("<QQQQQII")   # where shots_pc.last is in one


class NotAPlan(DriverError):
    """The file is another version's, or damaged."""


@dataclass(frozen=True)
class Pc:
    """A PC that was to be fired at."""

    address: int
    size: int           # bytes of the instruction
    function: int       # its number in the plan
    resume: int         # where the tables say that the call returns to; 0: they allow none
    outcome: str        # of OUTCOMES
    uncompared: bool
    wrong: int          # oracles that failed
    visits: int         # as far as they were counted
    filter: int = 0     # of FILTERS
    last: int = 0       # the last visit of a counting run, to be fired at; 0: none was asked for
    shots: int = 0
    came_again: bool = False   # behind that

    @property
    def allowed(self) -> bool:
        return self.resume != 0

    @property
    def why_refused(self) -> str:
        if self.allowed:
            return "though the tables allow it"
        return FILTERS[self.filter] if 0 < self.filter < len(FILTERS) else "marked unsafe"


@dataclass(frozen=True)
class Difference:
    """The first that an oracle found at a PC."""

    pc: int             # index of the PC
    oracle: str
    visit: int          # of the PC, from 1
    what: str           # a register, or what of the frame
    expected: int
    got: int


@dataclass(frozen=True)
class Shots:
    head: dict[str, int]
    by_index: dict[int, Pc]   # those to be fired at, by their numbers in the file
    differences: list[Difference]
    last: int           # address of the PC that was fired at last; 0: none was

    @property
    def pcs(self) -> list[Pc]:
        return list(self.by_index.values())

    @property
    def counts(self) -> dict[str, int]:
        return {name: self.head[name] for name in COUNTS}

    @property
    def wrong(self) -> Counter[str]:
        """PCs by each oracle that failed there, those included of which no difference was kept."""
        return Counter(oracle for pc in self.pcs for bit, oracle in ORACLES.items() if pc.wrong & bit)

    def outcomes(self, function: int) -> Counter[str]:
        return Counter(pc.outcome for pc in self.pcs if pc.function == function)


def head(path: Path, big_endian: bool) -> dict[str, int]:
    """The counters alone; for progress."""
    form = struct.Struct(f"{'>' if big_endian else '<'}{len(HEAD)}Q")
    with path.open("rb") as file:
        raw = file.read(form.size)
    if len(raw) < form.size:
        raise NotAPlan(f"{path}: too short")
    return dict(zip(HEAD, form.unpack(raw)))


def ask_to_stop(path: Path, big_endian: bool) -> None:
    """No further shots: the program goes on to its end."""
    _put(path, big_endian, "stop", 1)


def ask_to_count(path: Path, big_endian: bool, at_most: int) -> None:
    """No shots at all: so many visits of each PC are counted at most."""
    _put(path, big_endian, "count", at_most)


def _put(path: Path, big_endian: bool, name: str, value: int) -> None:
    with path.open("r+b") as file:
        file.seek(8 * HEAD.index(name))
        file.write(struct.pack(">Q" if big_endian else "<Q", value))


def ask_for_last(path: Path, big_endian: bool, visits: dict[int, int]) -> None:
    """One shot more at each PC, by its index: at that visit."""
    order = ">" if big_endian else "<"
    form, size = struct.Struct(f"{order}I"), struct.calcsize(order + _PC)
    begin = _pcs_at(order) + _LAST
    raw = bytearray(path.read_bytes())
    for index, visit in visits.items():
        form.pack_into(raw, begin + index * size, visit)
    path.write_bytes(raw)


def _size_of_head() -> int:
    return 8 * (len(HEAD) + _MAX_VISITS)


def _pcs_at(order: str) -> int:
    return _size_of_head() + _MAX_DIFFERENCES * struct.calcsize(order + _DIFFERENCE)


def read(path: Path, big_endian: bool) -> Shots:
    """Raises NotAPlan for a file of another version."""
    order = ">" if big_endian else "<"
    raw = path.read_bytes()
    values = head(path, big_endian)
    least = _pcs_at(order) + values["n_pcs"] * struct.calcsize(order + _PC)
    if values["version"] != VERSION or len(raw) < least:
        raise NotAPlan(f"{path}: not a plan of this version")
    difference, pc = struct.Struct(order + _DIFFERENCE), struct.Struct(order + _PC)
    at = _size_of_head()
    found = [difference.unpack_from(raw, at + i * difference.size)
             for i in range(min(values["n_differences"], _MAX_DIFFERENCES))]
    at = _pcs_at(order)
    rows = list(pc.iter_unpack(raw[at:at + values["n_pcs"] * pc.size]))
    last = rows[values["in_flight"] - 1][0] if values["in_flight"] else 0
    return Shots(values, dict(_pcs(rows)),
                 [Difference(index, ORACLES[wrong], visit, what.rstrip(b"\0").decode("ascii", "replace"),
                             expected, got)
                  for expected, got, index, visit, wrong, what in found], last)


def _pcs(rows: list[tuple[int, ...]]) -> Iterator[tuple[int, Pc]]:
    for index, row in enumerate(rows):
        address, resume, _got, _next, _or, function, visits, last, fired, *rest = row
        role, filter_, outcome, wrong, size, uncompared, _postponed, came_again = rest
        if role & FIRE:
            yield index, Pc(address, size, function, resume, OUTCOMES[outcome], bool(uncompared), wrong,
                            visits, filter_, last, fired, bool(came_again))
