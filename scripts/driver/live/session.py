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
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ..context import Context
from ..errors import UsageError
from ..go import findings, tool
from ..probe import runner
from ..probe.explanation import Explanation, difference, injected, refused
from ..report.console import notice
from . import counting, narrow, plan, program, runs, shots, verdict
from .plan import LivePlan, Visits, Wish
from .program import Ended
from .runs import Limits
from .verdict import Failure, Run


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
    refuse_what_cannot_run(context, made, wish)
    with _input(limits) as source:
        if limits.reference and without is None:
            without = _reference(context, made, words, limits, source)
        if wish.visits.last_seen:
            counting.ask_for_last(made, counting.last_visits(context, made, words, wish, limits, without,
                                                             source))
        ended = runs.under_fire(context, made, words, wish, limits, without, source)
        found = shots.read(made.shots, made.big_endian)
        if not found.head["started"]:
            raise UsageError("\n".join(ended.said[-3:]) or f"{made.program.name} could not be loaded")
        run = Run(made, words, found, ended, without, signal=wish.signal)
        if (without and not ended.told and not without.told and ended.status == without.status
                and ended.output != without.output):
            again = runs.plain(context, made, words, limits, source)
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
        one = dataclasses.replace(wish, functions=(), at=(at,), visits=Visits((int(visit),)), shard="1/1")
        if fails(one):
            verdict.tried_alone(run, failure, [place])
            return
    verdict.tried_alone(run, failure, [])


def _alone(context: Context, run: Run, wish: Wish, limits: Limits, folder: Path) -> Run:
    """The same program with other shots."""
    made = plan.make_plan(context, run.plan.program, run.plan.target, run.plan.runner, wish,
                          folder / "alone.bin")
    if wish.visits.last_seen:
        counting.ask_for_last(made, {pc.address: pc.last for pc in run.shots.pcs})
    ended = runs.under_fire(context, made, run.words, wish, limits, run.without, None, quiet=True)
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
    failure.explanation = explanation(run, found, int(offset, 16), failure.pc, failure)


def explanation(run: Run, found: dict[str, Any], offset: int, address: int,
                failure: Failure | None) -> Explanation:
    """Of a shot. `found`: the code around it, as everypc-go has it."""
    one = findings.explanation(run.plan.target.name, found)
    one["at"] = offset
    pc = next((pc for pc in run.shots.pcs if pc.address == address), None)
    if pc:
        one["action"] = _action(pc, found["entry"], next((line["value"] for line in found["code"]
                                                          if line["offset"] == offset), None))
    pair = difference(failure.expected, failure.got) if failure else None
    one["differences"] = [pair] if pair else []
    return one


def _action(pc: shots.Pc, entry: int, value: int | None) -> dict[str, Any]:
    """What became of the shot, by what the agent saw."""
    if pc.outcome in ("injected", "resumed"):
        return injected(pc.resume - entry, pc.address - entry, value)
    if pc.outcome == "refused":
        return refused(pc.why_refused)
    said = {"handled": "the program's handler ran, and returned",
            "not reached": "the program did not come to this PC",
            "too early": "the runtime did not take signals yet: nothing was sent"}
    return {"kind": "none", "by": "handler", "resume": None,
            "text": said.get(pc.outcome, f"the shot was {pc.outcome}, and nothing more was seen of it")}


def _reference(context: Context, made: LivePlan, words: list[str], limits: Limits,
               source: Path | None) -> Ended:
    ended = runs.plain(context, made, words, limits, source)
    if ended.status < 0 and not ended.interrupted and not ended.told:
        where = made.prefix[0] if made.prefix else "this machine"
        raise UsageError(f"{made.program.name} does not run on {where} without a shot, either: "
                         f"{program.status_text(ended.status)}")
    return ended


def without_what_is_not_held(context: Context, words: list[str], wish: Wish, folder: Path) -> Wish:
    """A wish for what is inside that was not the user's word for word; each thing left out is a notice."""
    path = plan.find_program(words[0])
    target, how = plan.ready(context, path, wish)
    made = plan.make_plan(context, path, target, how, wish, folder / "shots.bin")
    missing = [name for name in wish.inside if name in plan.CALLED and name not in made.called]
    for name in missing:
        notice(f"--inside is without {name}: {path.name} does not hold {plan.CALLED[name]}, as nothing in it "
               "calls that")
    return dataclasses.replace(wish, inside=tuple(name for name in wish.inside if name not in missing))


def refuse_what_cannot_run(context: Context, made: LivePlan, wish: Wish) -> None:
    for name, function in plan.CALLED.items():
        if name in wish.inside and name not in made.called:
            raise UsageError(f"--inside {name}: {made.program.name} does not hold {function}, which nothing "
                             "in it calls; leave it out of the list, or call it somewhere")
    if reason := too_old(context, made):
        raise UsageError(reason)


def too_old(context: Context, made: LivePlan) -> str:
    """Why the QEMU runs no Go program of the target, or ""."""
    if made.runner != "qemu" or not made.target.go_qemu or not made.version:
        return ""
    version = runner.qemu_version(context, made.prefix[0])
    found = re.search(r"\d+", version)
    if not found or int(found[0]) >= made.target.go_qemu:
        return ""
    return (f"Go programs for {made.target.name} crash under {version} without any shot: name QEMU "
            f"{made.target.go_qemu} or newer with --qemu, or use a machine that runs them")


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
