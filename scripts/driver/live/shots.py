"""The shots file that the agent fills while the program runs, field by field as in harness/live/shots.h."""
from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HEAD = ("magic", "version", "n_pcs", "inside", "stop", "signal", "sigtable", "allp", "p_preempt",
        "async_preempt", "gc", "callers", "wakep", "g_preempt", "n_functions", "n_table_bytes", "quantum",
        "bias", "started", "fired", "injected", "refused", "resumed", "compared", "uncompared", "too_early",
        "blocked", "visits_lost", "unwound", "not_unwound", "calls", "collections", "no_room", "tracebacks",
        "traced", "moves_asked", "moved", "threads_changed", "threads_kept", "entered", "handled",
        "in_flight", "n_differences")
COUNTS = HEAD[HEAD.index("fired"):HEAD.index("in_flight")]
FIRE = 1   # of a PC's role
OUTCOMES = ("not reached", "too early", "blocked", "fired", "refused", "injected", "resumed", "entered",
            "handled")
# enum gobin_filter (harness/go/binary/gobin.h): what the runtime refuses before it looks at a table.
FILTERS = ("", "assembly", "no pointer maps", "made before Go 1.14", "runtime")
ORACLES = {1: "decision", 2: "frame", 4: "state", 8: "roots", 16: "unwind", 32: "traceback"}
_MAX_DIFFERENCES = 256
_DIFFERENCE, _PC = "QQIHH24s", "QQQQQQII7B9x"


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

    def outcomes(self, function: int) -> Counter[str]:
        return Counter(pc.outcome for pc in self.pcs if pc.function == function)


def head(path: Path, big_endian: bool) -> dict[str, int]:
    """The counters alone; for progress."""
    form = struct.Struct(f"{'>' if big_endian else '<'}{len(HEAD)}Q")
    with path.open("rb") as file:
        return dict(zip(HEAD, form.unpack(file.read(form.size))))


def ask_to_stop(path: Path, big_endian: bool) -> None:
    """No further shots: the program goes on to its end."""
    with path.open("r+b") as file:
        file.seek(8 * HEAD.index("stop"))
        file.write(struct.pack(">Q" if big_endian else "<Q", 1))


def read(path: Path, big_endian: bool) -> Shots:
    order = ">" if big_endian else "<"
    raw = path.read_bytes()
    values = head(path, big_endian)
    difference, pc = struct.Struct(order + _DIFFERENCE), struct.Struct(order + _PC)
    at = 8 * len(HEAD)
    found = [difference.unpack_from(raw, at + i * difference.size)
             for i in range(min(values["n_differences"], _MAX_DIFFERENCES))]
    at += _MAX_DIFFERENCES * difference.size
    rows = list(pc.iter_unpack(raw[at:at + values["n_pcs"] * pc.size]))
    last = rows[values["in_flight"] - 1][0] if values["in_flight"] else 0
    return Shots(values, dict(_pcs(rows)),
                 [Difference(index, ORACLES[wrong], visit, what.rstrip(b"\0").decode("ascii", "replace"),
                             expected, got)
                  for expected, got, index, wrong, visit, what in found], last)


def _pcs(rows: list[tuple[int, ...]]) -> Iterator[tuple[int, Pc]]:
    for index, row in enumerate(rows):
        address, resume, _got, _want, _next, _or, function, visits, *rest = row
        role, filter_, outcome, wrong, _armed, size, uncompared = rest
        if role & FIRE:
            yield index, Pc(address, size, function, resume, OUTCOMES[outcome], bool(uncompared), wrong,
                            visits, filter_)
