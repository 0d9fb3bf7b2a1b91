"""A shot at a program that runs, by the id in a report: which program it was, and firing there again."""
from __future__ import annotations

import dataclasses
import json
import re
import shlex
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..context import Context
from ..errors import UsageError
from ..go import tool
from ..probe import gdb
from ..probe.explanation import Explanation
from . import plan, runs, session
from .plan import Visits, Wish
from .report import JSON
from .runs import Limits
from .verdict import Failure, Run

_ID = re.compile(r"(?P<target>[^/]+)/live:(?P<program>[^/]+)/(?P<place>.+\+0x[0-9a-fA-F]+)#(?P<visit>\d+)")
FOLDER = "results/live"


@dataclass(frozen=True)
class Place:
    """What `<target>/live:<program>/<function>+0x<offset>#<visit>` names, and how the program was run."""

    id: str
    words: list[str]   # the program and its arguments
    wish: Wish
    visit: int         # from 1

    @property
    def at(self) -> str:
        return self.wish.at[0]


def is_live(text: str) -> bool:
    return "/live:" in text


def find(context: Context, text: str, program: str | None, arguments: str, runner: str | None) -> Place:
    """`program`: its file, if the user names it; else it is that of the last run with this name."""
    found = _ID.fullmatch(text.strip())
    if not found:
        raise UsageError(f"'{text}' names no PC of a program: <target>/live:<program>/<function>+0x<offset>#"
                         "<visit>")
    visit = int(found["visit"])
    wish = Wish(at=(found["place"],), visits=Visits((visit,)), runner=runner)
    if program:
        return Place(text, [program, *shlex.split(arguments)], wish, visit)
    run = _recorded(context, found["target"], found["program"], text)
    if not Path(run["program"]).exists():
        raise UsageError(f"{run['program']} is gone: name the program with BIN= (--bin)")
    wish = dataclasses.replace(wish, inside=tuple(run["inside"]), signal=run["signal"])
    return Place(text, [run["program"], *run["arguments"]], wish, visit)


def _recorded(context: Context, target: str, name: str, text: str) -> dict[str, Any]:
    """What the last run wrote down that has the failure, or else fired at the program."""
    runs = []
    for path in (context.root / FOLDER).glob(f"{name}*/{JSON}"):
        run = json.loads(path.read_text(encoding="utf-8"))
        if run["target"] == target and Path(run["program"]).name == name:
            failed = any(one["id"] == text for one in run["failures"])
            runs.append((failed, path.stat().st_mtime, run))
    if not runs:
        raise UsageError(f"{FOLDER} has no run of {name} on {target}: name the program with BIN= (--bin), "
                         "and its arguments with ARGS= (--args)")
    return max(runs, key=lambda one: one[:2])[2]


@dataclass(frozen=True)
class Fired:
    """A shot at one PC, and what is wrong with it."""

    place: Place
    run: Run
    failures: list[Failure]
    explanation: Explanation   # of the shot, if nothing failed

    @property
    def happened(self) -> bool:
        return bool(self.run.shots.head["fired"])


def fire(context: Context, place: Place) -> Fired:
    """Runs the program, without its output, and fires once."""
    limits = Limits(cwd=Path.cwd())
    with tempfile.TemporaryDirectory(prefix="everypc-") as folder:
        run = session.fire(context, place.words, place.wish, limits, Path(folder))
        failures = session.failures(context, run)
        for one in failures:
            session.add_code(context, run, one)
        return Fired(place, run, failures, _explanation(context, run, place))


def _explanation(context: Context, run: Run, place: Place) -> Explanation:
    plain = ["--plain"] if run.signal and not run.plan.version else []
    code = json.loads(tool.call(context, "code", *plain, str(run.plan.program), place.at).out)
    offset = int(place.at.rpartition("+")[2], 16)
    for line in code["code"]:
        line["found"] = line["offset"] == offset
    return session.explanation(run, code, offset, code["entry"] + offset, None)


def debug(context: Context, place: Place, script: Path | None) -> int:
    """Under QEMU, with GDB attached; returns GDB's exit code."""
    # QEMU's gdbstub loses its way where two threads get a signal at the same time: no traps but at the PC.
    wish = dataclasses.replace(place.wish, only_these=True)
    path = plan.find_program(place.words[0])
    target, runner = plan.ready(context, path, wish)
    code = json.loads(tool.call(context, "code", str(path), place.at).out)
    address = code["entry"] + int(place.at.rpartition("+")[2], 16)
    with tempfile.TemporaryDirectory(prefix="everypc-") as folder:
        made = plan.make_plan(context, path, target, runner, wish, Path(folder) / "shots.bin")
        session.refuse_what_cannot_run(context, made, wish)
        guest = [str(made.agent), str(made.shots), str(path), *place.words[1:]]
        env = runs.environment(wish)
        # Nor other preemptions.
        env["GODEBUG"] = ",".join(filter(None, ("asyncpreemptoff=1", env.get("GODEBUG", ""))))
        return gdb.debug_program(context, list(made.prefix), guest, env, path, made.agent, address,
                                 place.visit, place.id, script)
