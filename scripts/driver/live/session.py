"""A program under fire, from its plan to what is wrong with it."""
from __future__ import annotations

import dataclasses
import json
import os
import re
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ..context import Context
from ..errors import UsageError
from ..go import findings, tool
from ..probe import runner
from . import narrow, plan, program, shots, verdict
from .plan import LivePlan, Wish
from .program import Ended
from .verdict import Failure, Run

# A program hangs that has used so much more, since its last shot, than all of a run without shots.
_TIMES, _EXTRA_CPU_S, _EXTRA_WALL_S = 20, 60.0, 300.0


@dataclass(frozen=True)
class Limits:
    budget_s: float | None = None   # how long shots are fired; the program then goes on to its end
    reference: bool = True          # also run it without shots, to compare
    # None: where the user is, with the user's input and output; otherwise there, and nobody looks on
    cwd: Path | None = None
    wall_s: float | None = None     # each run is killed after so long


def fire(context: Context, words: list[str], wish: Wish, limits: Limits, folder: Path) -> Run:
    """Runs a program, `words[0]`, under fire; the shots file stays in `folder`."""
    path = plan.find_program(words[0])
    target, how = plan.ready(context, path, wish)
    made = plan.make_plan(context, path, target, how, wish, folder / "shots.bin")
    return fire_plan(context, made, words, wish, limits)


def fire_plan(context: Context, made: LivePlan, words: list[str], wish: Wish, limits: Limits,
              without: Ended | None = None) -> Run:
    """The same with a plan that was made. `words`: the program's command line. `without`: a run of it without
    shots, if there was one."""
    _refuse_what_cannot_run(context, made, wish)
    with _input(limits) as source:
        if limits.reference and without is None:
            without = _reference(context, made, words, limits, source)
        ended = _under_fire(context, made, words, wish, limits, without, source)
        found = shots.read(made.shots, made.big_endian)
        if not found.head["started"]:
            raise UsageError("\n".join(ended.said[-3:]) or f"{made.program.name} could not be loaded")
        run = Run(made, words, found, ended, without, signal=wish.signal)
        if without and ended.status == without.status and ended.output != without.output:
            again = plain(context, made, words, limits, source)
            run = dataclasses.replace(run, steady=again.output == without.output)
    return run


def confirm(context: Context, run: Run, failure: Failure, wish: Wish, limits: Limits, folder: Path) -> None:
    """Where a shot ended the program: fires at each that is suspected alone, and says which does it."""
    if failure.oracle not in verdict.AT_THE_END:
        return

    def fails(one: Wish) -> Run | None:
        alone = _alone(context, run, one, limits, folder)
        badly = any(other.oracle in verdict.AT_THE_END for other in failures(context, alone))
        return alone if badly else None

    if wish.signal is not None:
        narrow.narrow(run, failure, wish, fails)
        return
    for place in failure.suspects:
        at, _, visit = place.partition("#")
        one = dataclasses.replace(wish, functions=(), at=(at,), visits=(int(visit),), shard="1/1")
        if fails(one):
            verdict.tried_alone(run, failure, [place])
            return
    verdict.tried_alone(run, failure, [])


def _alone(context: Context, run: Run, wish: Wish, limits: Limits, folder: Path) -> Run:
    """The same program with other shots."""
    made = plan.make_plan(context, run.plan.program, run.plan.target, run.plan.runner, wish,
                          folder / "alone.bin")
    ended = _under_fire(context, made, run.words, wish, limits, run.without, None, quiet=True)
    return dataclasses.replace(run, plan=made, with_shots=ended,
                               shots=shots.read(made.shots, made.big_endian))


def failures(context: Context, run: Run) -> list[Failure]:
    """What is wrong, with names for addresses."""
    def place_of(address: int) -> str:
        found = json.loads(tool.call(context, "code", str(run.plan.program), f"{address:#x}").out)
        return f"{found['function']}+{address - found['entry']:#x}"

    return verdict.failures(run, place_of)


def add_code(context: Context, run: Run, failure: Failure) -> None:
    """The code around the PC, with what the tables say of each line."""
    name, _, offset = failure.function.rpartition("+")
    if not name:
        return
    plain = ["--plain"] if run.signal and not run.plan.version else []
    found = json.loads(tool.call(context, "code", *plain, str(run.plan.program), failure.function).out)
    for line in found["code"]:
        line["found"] = line["offset"] == int(offset, 16)
        if plain:   # no table says anything
            line["filter"] = " "
            line.pop("sp_moved", None)
    failure.code = findings.code_lines(found)


# ---- runs ----

def environment(wish: Wish) -> dict[str, str]:
    """One goroutine at a time, where the user did not say otherwise, so that the order of shots is the
    program's; threads enough where another one is to go on. No collections but those in each call, and freed
    memory that can be told."""
    env = dict(os.environ)
    env.setdefault("GOMAXPROCS", "4" if "thread" in wish.inside else "1")
    if set(wish.inside) & set(plan.CALLED):
        env.setdefault("GOGC", "off")
        env.setdefault("GOMEMLIMIT", "4GiB")
    if "gc" in wish.inside:
        # Inside an injected call no stack can be moved (live/agent/move.h).
        ours = "clobberfree=1,gcshrinkstackoff=1,invalidptr=1"
        env["GODEBUG"] = ",".join(filter(None, (ours, env.get("GODEBUG", ""))))
    return env


def plain(context: Context, made: LivePlan, words: list[str], limits: Limits, source: Path | None) -> Ended:
    """A run without shots."""
    return program.run(context, [*made.prefix, str(made.program), *words[1:]], environment(Wish()), source,
                       quiet=True, watch=lambda wall_s, _cpu_s: _over(limits, wall_s), cwd=limits.cwd)


def _over(limits: Limits, wall_s: float) -> bool:
    return limits.wall_s is not None and wall_s > limits.wall_s


def _reference(context: Context, made: LivePlan, words: list[str], limits: Limits,
               source: Path | None) -> Ended:
    ended = plain(context, made, words, limits, source)
    if ended.status < 0 and not ended.interrupted:
        where = made.prefix[0] if made.prefix else "this machine"
        raise UsageError(f"{made.program.name} does not run on {where} without a shot, either: "
                         f"{program.status_text(ended.status)}")
    return ended


def _refuse_what_cannot_run(context: Context, made: LivePlan, wish: Wish) -> None:
    for name, function in plan.CALLED.items():
        if name in wish.inside and name not in made.called:
            raise UsageError(f"--inside {name}: {made.program.name} does not hold {function}, which nothing "
                             "in it calls; use --inside adversary, or call it somewhere")
    if reason := too_old(context, made):
        raise UsageError(reason)


def too_old(context: Context, made: LivePlan) -> str:
    """Why the QEMU runs no Go program of the target, or ""."""
    if made.runner != "qemu" or not made.target.go_qemu or not made.version:
        return ""
    version = runner.qemu_version(context, dataclasses.replace(made.target, qemu=made.prefix[0]))
    found = re.search(r"\d+", version)
    if not found or int(found[0]) >= made.target.go_qemu:
        return ""
    return (f"Go programs for {made.target.name} crash under {version} without any shot: name QEMU "
            f"{made.target.go_qemu} or newer with --qemu, or use a machine that runs them")


def _under_fire(context: Context, made: LivePlan, words: list[str], wish: Wish, limits: Limits,
                without: Ended | None, source: Path | None, quiet: bool = False) -> Ended:
    argv = [*made.prefix, str(made.agent), str(made.shots), str(made.program), *words[1:]]
    return program.run(context, argv, environment(wish), source, quiet or limits.cwd is not None,
                       _watch(made, limits, without), limits.cwd)


def _watch(made: LivePlan, limits: Limits, without: Ended | None) -> Callable[[float, float], bool]:
    """Sees to the budget, and whether the program still makes progress."""
    begin = time.monotonic()
    last = {"fired": -1, "wall": 0.0, "cpu": 0.0}
    plain_wall, plain_cpu = (without.wall_s, without.cpu_s) if without else (10.0, 10.0)

    def hung(wall_s: float, cpu_s: float) -> bool:
        now = shots.head(made.shots, made.big_endian)
        if limits.budget_s is not None and time.monotonic() - begin > limits.budget_s and not now["stop"]:
            shots.ask_to_stop(made.shots, made.big_endian)
        if now["fired"] != last["fired"]:
            last.update(fired=now["fired"], wall=wall_s, cpu=cpu_s)
        return (_over(limits, wall_s) or cpu_s - last["cpu"] > _TIMES * plain_cpu + _EXTRA_CPU_S
                or wall_s - last["wall"] > _TIMES * plain_wall + _EXTRA_WALL_S)

    return hung


@contextmanager
def _input(limits: Limits) -> Iterator[Path | None]:
    """The user's standard input as a file, since the program reads it more than once; None for a terminal."""
    mode = os.fstat(0).st_mode
    if limits.cwd is not None or not (stat.S_ISREG(mode) or stat.S_ISFIFO(mode)):
        yield None
        return
    with tempfile.NamedTemporaryFile(prefix="everypc-stdin-") as copy:
        shutil.copyfileobj(sys.stdin.buffer, copy)
        copy.flush()
        yield Path(copy.name)
