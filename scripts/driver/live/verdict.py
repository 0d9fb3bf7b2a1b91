"""What is wrong: each shot that an oracle failed, and how the program's end differs from that of a run
without shots."""
from __future__ import annotations

import shlex
import signal
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from ..errors import UsageError
from . import program
from .plan import INSIDE, LivePlan
from .program import Ended
from .shots import Difference, Pc, Shots

# In what order failures are listed: what a shot did first, before what it led to.
AT_THE_END = ("crash", "hang", "verdict")   # which shot it was is not known
ORACLES = ("decision", "frame", "state", "unwind", "traceback", "roots", "liveness", "crash", "hang",
           "verdict")
ALONE = "alone, it does it"
_SUSPECTS = 5
_ENOUGH = 3   # one call's request may have been renewed by the time that it comes back
_SAID = 12   # lines that the runtime printed
# How a Go runtime begins when it dies (runtime/panic.go, runtime/signal_unix.go).
_DYING = ("fatal error:", "runtime: ", "SIG", "unexpected fault", "panic: runtime error", "[signal SIG")


@dataclass
class Failure:
    """One thing that is wrong. `id` is `<target>/live:<program>/<function>+0x<offset>#<visit>`."""

    id: str
    oracle: str
    expected: str
    got: str
    function: str = ""
    pc: int = 0
    again: str = ""                                    # the one line that repeats it
    code: list[str] = field(default_factory=list)      # around the PC
    explanation: dict[str, Any] = field(default_factory=dict)   # probe/explanation.py
    said: list[str] = field(default_factory=list)      # what the runtime printed
    suspects: list[str] = field(default_factory=list)  # shots that were not back when the program ended

    def as_dict(self) -> dict[str, Any]:
        return {name: value for name, value in asdict(self).items() if value or name in ("expected", "got")}


@dataclass(frozen=True)
class Run:
    """A program under fire, and how it ended with and without."""

    plan: LivePlan
    words: list[str]            # of its command line
    shots: Shots
    with_shots: Ended
    without: Ended | None       # None: not asked for
    steady: bool = True         # two runs without shots print the same
    signal: str | None = None   # the plain one that was fired


def failures(run: Run, place_of: Callable[[int], str]) -> list[Failure]:
    """`place_of` says "main.f+0x1c" for an address of the file."""
    found = [_difference(run, one, place_of) for one in run.shots.differences]
    found += _liveness(run)
    found += _end(run)
    return sorted(found, key=lambda one: (ORACLES.index(one.oracle), one.pc))


def shot_id(run: Run, pc: Pc, visit: int) -> str:
    return _id(run, _place(run, pc, visit))


def _id(run: Run, place: str) -> str:
    return f"{run.plan.target.name}/live:{run.plan.program.name}" + (f"/{place}" if place else "")


def _place(run: Run, pc: Pc, visit: int) -> str:
    """"main.f+0x1c#2"."""
    return f"{run.plan.name(pc.function, pc.address)}#{max(visit, 1)}"


def again(run: Run, place: str) -> str:
    """The command that fires once, at one visit of one PC."""
    plain = f"--signal {run.signal} " if run.signal else ""
    inside = ",".join(name for name, bit in INSIDE.items() if run.shots.head.get("inside", 0) & bit)
    how = plain + (f"--inside={inside} " if inside else "")
    return f"everypc live {how}--at {shlex.quote(place)} -- {shlex.join(run.words)}"


def tried_alone(run: Run, failure: Failure, does_it: list[str]) -> None:
    """Writes down which of a failure's suspects, or other places, do it alone; the first stands for it."""
    if not does_it:
        failure.suspects = [f"{place}: alone, it does not" for place in failure.suspects]
        return
    failure.suspects = [f"{place}: {ALONE}" for place in does_it]
    failure.function = does_it[0].partition("#")[0]
    failure.again = again(run, does_it[0])
    failure.id = _id(run, does_it[0])


def _difference(run: Run, one: Difference, place_of: Callable[[int], str]) -> Failure:
    pc = run.shots.by_index[one.pc]
    name = run.plan.name(pc.function, pc.address)
    if one.what == "SP delta":
        expected = f"the resume PC has the SP delta of the interrupted PC, {one.expected}"
        got = f"it has {one.got}"
    elif one.oracle == "unwind" and one.what == "end":
        expected = "the callers' frames, by the SP-delta tables, up to where the goroutine began"
        got = f"they end in {place_of(one.expected)}, where SP would be 0x{one.got:x}: not there"
    elif one.oracle == "unwind":
        expected = "the callers' frames, by the SP-delta tables, up to the goroutine's first function"
        got = f"0x{one.got:x}, which is in no function, as the return address of {one.what}"
        if one.what != "frame 0":
            got += f", {place_of(one.expected)}"
    elif one.oracle == "traceback" and one.what == "end":
        expected = "the runtime's traceback goes up to the goroutine's first function"
        got = f"it ends in {_named(place_of, one.got)}"
    elif one.oracle == "traceback":
        expected = f"{_named(place_of, one.expected)} as {one.what} of the runtime's traceback"
        got = f"it is not there; the traceback ends in {_named(place_of, one.got)}"
    elif one.oracle == "roots":
        expected = f"what {one.what} points to survives a collection"
        got = "it was freed"
    else:
        expected, got = f"{one.what}=0x{one.expected:x}", f"{one.what}=0x{one.got:x}"
    return Failure(shot_id(run, pc, one.visit), one.oracle, expected, got, name, pc.address,
                   again(run, _place(run, pc, one.visit)))


def _named(place_of: Callable[[int], str], address: int) -> str:
    try:
        return place_of(address) if address else "nothing"
    except UsageError:   # it is in no function
        return f"0x{address:x}"


def _liveness(run: Run) -> list[Failure]:
    """PCs that the tables allow, and not one call injected; or calls that never reach the scheduler."""
    resumed = [pc for pc in run.shots.pcs if pc.outcome == "resumed"]
    if len(resumed) >= _ENOUGH and not run.shots.head["scheduled"]:
        place = _place(run, resumed[0], 1)
        return [Failure(_id(run, place), "liveness", "an injected call has the scheduler see the request",
                        f"it saw none of {len(resumed)}", place.partition("#")[0], resumed[0].address,
                        again(run, place))]
    tried = [pc for pc in run.shots.pcs if pc.allowed and pc.outcome in ("refused", "blocked")]
    if not tried or run.shots.head["injected"]:
        return []
    name = run.plan.name(tried[0].function, tried[0].address)
    return [Failure(shot_id(run, tried[0], 1), "liveness",
                    f"a call injected at one of the {len(tried)} PCs at least that the tables allow",
                    "the runtime refused each", name, tried[0].address,
                    again(run, _place(run, tried[0], 1)))]


_NO_TRAP = (": a trap was met where the program had blocked its signal (sigfillset); leave that function "
            "out, with --func")


def _status_text(status: int) -> str:
    return program.status_text(status) + (_NO_TRAP if status == -signal.SIGTRAP else "")


def _end(run: Run) -> list[Failure]:
    ended, plain = run.with_shots, run.without
    if ended.interrupted:
        return []
    if ended.hung:
        return [_of_the_end(run, "hang", "the program goes on", "it made no progress and was killed")]
    dying = _dying(ended.said)
    if plain is None or plain.told or ended.told:
        ours = ended.told and -ended.status in (signal.SIGTERM, signal.SIGKILL)
        if (ended.status < 0 and not ours) or (ended.status == 2 and dying):
            return [_of_the_end(run, "crash", "the program ends", _status_text(ended.status))]
        return []
    if ended.status != plain.status:
        oracle = "crash" if ended.status < 0 or dying else "verdict"
        return [_of_the_end(run, oracle, program.status_text(plain.status), _status_text(ended.status))]
    if run.steady and ended.output != plain.output:
        return [_of_the_end(run, "verdict", "the output of a run without shots", "another output")]
    return []


def _of_the_end(run: Run, oracle: str, expected: str, got: str) -> Failure:
    """Which shot it was is not known: those that were not back are suspected, the last one first."""
    open_ = [pc for pc in run.shots.pcs if pc.outcome in ("fired", "injected", "entered")]
    last = [pc for pc in run.shots.pcs if pc.address == run.shots.last]
    suspects = (last + [pc for pc in open_ if pc not in last])[:_SUSPECTS]
    names = [_place(run, pc, pc.visits) for pc in suspects]
    return Failure(_id(run, names[0] if names else ""), oracle, expected, got,
                   names[0].partition("#")[0] if names else "", suspects[0].address if suspects else 0,
                   again(run, names[0]) if names else "", said=_dying(run.with_shots.said), suspects=names)


def _dying(said: list[str]) -> list[str]:
    """What a runtime prints when it dies, from its beginning."""
    for i, line in enumerate(said):
        if line.startswith(_DYING):
            return said[i:i + _SAID]
    return []
