"""What firing at a program that runs costs: measured beside the same program without shots, in pairs, one
after the other. Times are of the CPU, which other load disturbs least, and by the clock."""
from __future__ import annotations

import resource
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..build.targets import Target
from ..context import Context
from ..errors import DriverError
from ..go import toolchain
from . import plan, program, runs, shots, std
from .plan import Visits, Wish
from .program import Ended, Look
from .runs import Limits
from .std import Package

LOOP, STEP = "cases/go/live/loop/main.go", "main.step"
MARKS = (10_000, 100_000, 500_000, 1_000_000)   # shots after which memory is looked at
GOAL_US, GOAL_TIMES = 1000.0, 10.0     # of a shot; of a package's tests
# Memory is flat that grows by no more than this between the last two marks. Allocators are not exact; and up
# to some 250,000 shots QEMU fills its buffer of translated code, which is then emptied and filled again.
GROWTH_KB, SETTLED = 2048, 300_000
_PACKAGE = "math/big"
# Fixed, so that figures can be compared: arithmetic on integers, fractions and floating point, and strings.
_TESTS = ("^Test(SumNN|ProdNN|SignZ|SetZ|AbsZ|SumZZ|ProdZZ|MulRangeZ|Binomial|DivisionSigns|Quo|BitLen|Exp|"
          "GCD|ModInverse|Sqrt|NewRat|ZeroRat|RatSign|RatCmp|RatSetString|FloatString|FloatSetPrec|"
          "FloatAdd|FloatMul|FloatQuo|StringPowers|NatCmp)$")


@dataclass(frozen=True)
class Cost:
    wall_s: float
    cpu_s: float


@dataclass
class Pairs:
    """The same program without and with shots, again and again."""

    without: list[Cost] = field(default_factory=list)
    under_fire: list[Cost] = field(default_factory=list)
    fired: int = 0   # in each run

    def shot_us(self, of: str) -> float:
        """Of a shot over the program's own time: the median of the pairs'. `of`: wall_s or cpu_s."""
        return statistics.median((getattr(b, of) - getattr(a, of)) * 1e6 / self.fired
                                 for a, b in zip(self.without, self.under_fire))

    def times(self, of: str) -> float:
        """The whole run over the one without shots, likewise."""
        return statistics.median(getattr(b, of) / getattr(a, of)
                                 for a, b in zip(self.without, self.under_fire) if getattr(a, of))

    def as_dict(self) -> dict[str, Any]:
        return {"fired": self.fired,
                **{f"{name}_{of}": [round(getattr(one, of), 4) for one in costs]
                   for name, costs in (("without", self.without), ("with", self.under_fire))
                   for of in ("wall_s", "cpu_s")}}


@dataclass(frozen=True)
class Bench:
    context: Context
    target: Target
    goroot: Path
    wish: Wish      # where and by what to run: runner and qemu
    runner: str
    folder: Path


def shot(bench: Bench, visits: int, times: int) -> Pairs:
    """A shot at each visit of each PC of a small function, which is called so often."""
    wish = Wish(functions=(STEP,), visits=Visits(every=True), runner=bench.wish.runner, qemu=bench.wish.qemu)
    return _pairs(bench, [str(_loop(bench)), str(visits)], wish, times)


def package(bench: Bench, times: int) -> Pairs:
    """A package's short tests, with one shot at each PC of it that they execute."""
    binary = std.build(bench.context, bench.target, bench.goroot, Package(_PACKAGE, bench.folder))
    wish = Wish(runner=bench.wish.runner, qemu=bench.wish.qemu)
    return _pairs(bench, [str(binary), "-test.short", f"-test.run={_TESTS}"], wish, times)


def memory(bench: Bench, up_to: int) -> list[dict[str, int]]:
    """Peak RSS of what runs the program and of this process, by marks of shots, in one run."""
    found: list[dict[str, int]] = []
    marks = [mark for mark in MARKS if mark < up_to] + [up_to]

    def look(at: Look, head: dict[str, int]) -> None:
        rss = peak_kb(f"/proc/{at.pid}/status")
        while rss and len(found) < len(marks) and head["fired"] >= marks[len(found)]:
            found.append({"shots": head["fired"], "program_kb": rss,
                          "driver_kb": peak_kb("/proc/self/status")})
        if head["fired"] >= up_to:
            shots.ask_to_stop(made.shots, made.big_endian)   # the program goes on to its end

    wish = Wish(functions=(STEP,), visits=Visits(every=True), runner=bench.wish.runner, qemu=bench.wish.qemu)
    made = plan.make_plan(bench.context, _loop(bench), bench.target, bench.runner, wish,
                          bench.folder / "shots.bin")
    limits = Limits(cwd=bench.folder, look=look)
    words = [str(made.program), str(up_to)]   # calls, of some shots each
    ended = runs.under_fire(bench.context, made, words, wish, limits, None, None, quiet=True)
    _refuse(bench, ended)
    if len(found) < len(marks):
        raise DriverError(f"{bench.target.name}: the program ended before {marks[len(found)]} shots")
    return found


def is_flat(marks: list[dict[str, int]], runner: str) -> bool | None:
    """None: too few shots to tell."""
    if len(marks) < 2 or (runner == "qemu" and marks[-2]["shots"] < SETTLED):
        return None
    before, last = marks[-2:]
    return all(last[name] - before[name] <= GROWTH_KB for name in ("program_kb", "driver_kb"))


def peak_kb(status: str) -> int:
    """VmHWM of a process (proc(5)); 0 once it is gone."""
    try:
        lines = Path(status).read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), 0)


def _loop(bench: Bench) -> Path:
    return toolchain.build(bench.context, bench.target, bench.goroot, "live/loop", "build",
                           str(bench.context.root / LOOP))


def _pairs(bench: Bench, words: list[str], wish: Wish, times: int) -> Pairs:
    made = plan.make_plan(bench.context, Path(words[0]), bench.target, bench.runner, wish,
                          bench.folder / "shots.bin")
    planned = made.shots.read_bytes()
    limits, found = Limits(cwd=bench.folder), Pairs()
    for _ in range(times):
        without, cost = _timed(lambda: runs.plain(bench.context, made, words, limits, None))
        _refuse(bench, without)
        found.without.append(cost)
        made.shots.write_bytes(planned)
        ended, cost = _timed(lambda without=without: runs.under_fire(   # type: ignore[misc]
            bench.context, made, words, wish, limits, without, None, quiet=True))
        _refuse(bench, ended)
        found.under_fire.append(cost)
        if ended.output != without.output:
            raise DriverError(f"{bench.target.name}: {made.program.name} prints something else under fire")
        found.fired = shots.head(made.shots, made.big_endian)["fired"]
    if not found.fired:
        raise DriverError(f"{bench.target.name}: nothing was fired at {made.program.name}")
    return found


def _timed(run: Callable[[], Ended]) -> tuple[Ended, Cost]:
    """Nothing else that this process has started may end meanwhile."""
    before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    ended = run()
    wall_s, after = time.monotonic() - begin, resource.getrusage(resource.RUSAGE_CHILDREN)
    return ended, Cost(wall_s, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def _refuse(bench: Bench, ended: Ended) -> None:
    if ended.interrupted:
        raise bench.context.stop.error()
    if ended.status != 0 or ended.hung:
        said = (ended.said or list(ended.printed) or [""])[-1]
        raise DriverError(f"{bench.target.name}: the program ended with {program.status_text(ended.status)}: "
                          f"{said}")
