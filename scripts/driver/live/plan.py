"""What to fire at: builds the agent, and has everypc-go plan the shots for a program."""
from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..build import failure, make, setup, targets
from ..build.targets import LIVE, Target
from ..context import Context
from ..errors import UsageError
from ..go import tool
from ..probe.runner import Qemu
from . import signals

# As harness/live/shots.h numbers them.
INSIDE = {"adversary": 1, "gc": 2, "traceback": 4, "move": 8, "thread": 16}
# Of --inside without a list: those that leave the order of shots the program's.
INSIDE_ALONE = ("adversary", "traceback", "gc")
CALLED = {"gc": "runtime.GC", "traceback": "runtime.callers"}   # what has to be in the program
EVERY, LAST_SEEN = "every", "last-seen"   # words of --visits
MAX_VISITS, LAST_VISIT = 64, 2**32 - 1   # how many different ones, and the highest


@dataclass(frozen=True)
class Visits:
    """Which of each PC to fire at."""

    listed: tuple[int, ...] = ()   # from 1, MAX_VISITS at most
    every: bool = False
    last_seen: bool = False        # also the last one, as a run that counts them sees it

    def __str__(self) -> str:
        """As --visits has it."""
        words = [EVERY] * self.every + [str(one) for one in self.listed] + [LAST_SEEN] * self.last_seen
        return ",".join(words)

    def argument(self) -> str:
        """For everypc-go shots, which knows nothing of other runs."""
        return EVERY if self.every else ",".join(map(str, sorted(set(self.listed)))) or "none"


@dataclass(frozen=True)
class Wish:
    """What the user asked for."""

    functions: tuple[str, ...] = ()   # globs; none: the package under test, or the program's module
    at: tuple[str, ...] = ()          # single PCs, "main.f+0x1c", instead
    visits: Visits = Visits((1,))     # of each PC
    inside: tuple[str, ...] = ()      # of INSIDE
    shard: str = "1/1"
    seed: int = 0                     # draws the PCs of a shard; 0: every n-th
    signal: str | None = None         # fire this plain one, by name or number, and ask for nothing
    runner: str | None = None         # "qemu" or "native"; None: native where this machine runs it
    only_these: bool = False          # no traps in the runtime, which a debugger would stop at, too
    qemu: str | None = None           # instead of the installed one: a binary, or a folder

    def arguments(self) -> list[str]:
        """For everypc-go shots."""
        words = [word for glob in self.functions for word in ("--func", glob)]
        words += [word for place in self.at for word in ("--at", place)]
        return [*words, "--shard", self.shard, "--seed", str(self.seed), "--visits", self.visits.argument(),
                "--inside", str(sum(INSIDE[name] for name in self.inside)),
                *(["--only-these"] if self.only_these else [])]


@dataclass(frozen=True)
class Function:
    name: str
    entry: int
    size: int      # bytes
    filter: str    # why the runtime refuses all of it, or "none"


@dataclass(frozen=True)
class LivePlan:
    """A program, and the shots that it is in for."""

    program: Path
    target: Target
    version: str              # of Go
    agent: Path
    runner: str               # "qemu" or "native"
    prefix: tuple[str, ...]   # what runs a program of the target
    shots: Path               # the file that the agent fills
    big_endian: bool
    functions: list[Function] = field(default_factory=list)
    left_out: dict[str, int] = field(default_factory=dict)   # instructions, by why no shot is planned there
    called: tuple[str, ...] = tuple(CALLED)   # whose functions the program has
    foreign: int = 0          # functions that were asked for, in another instruction set
    reserved: dict[str, str] = field(default_factory=dict)   # why functions that were asked for have no shot

    def name(self, function: int, address: int) -> str:
        """"main.f+0x1c"."""
        at = self.functions[function]
        return f"{at.name}+0x{address - at.entry:x}"


def find_program(name: str) -> Path:
    """The file, or what PATH has of that name."""
    path = Path(name)
    if not path.exists() and "/" not in name:
        found = shutil.which(name)
        path = Path(found) if found else path
    if not path.is_file():
        raise UsageError(f"no such program: {name}")
    return path.resolve()


def ready(context: Context, program: Path, wish: Wish) -> tuple[Target, str]:
    """The program's target, and its runner, with what they need installed and built."""
    setup.ensure(context, [], "native")
    tool.build(context)
    known = {target.name: target for target in targets.load(context)}
    target = known[_target(context, program, wish)]
    chosen = targets.having([target], LIVE)
    if wish.runner == "native" and not target.runs_natively:
        raise UsageError(f"{program.name} is a {target.name} program, which this machine does not run: leave "
                         "out --runner native")
    return target, prepare(context, chosen[0], wish)


def prepare(context: Context, target: Target, wish: Wish) -> str:
    """Installs and builds what a target needs; returns its runner."""
    setup.ensure(context, [target], "native")
    done = make.run(context, "agent", f"TARGET={target.name}", merge=True, jobs=context.jobs)
    if done.status != 0:
        failure.raise_from_log(context.root, target.name, done.out, None, [target])
    runner = wish.runner or ("native" if _runs(context, target) else "qemu")
    if runner == "qemu" and wish.qemu:
        _qemu(wish.qemu).check(context, [target])
    elif runner == "qemu":
        setup.ensure(context, [target], runner)
    return runner


def agent(context: Context, target: Target, elf_flags: int = 0) -> Path:
    """`elf_flags`: those of the program's ELF header."""
    name = f"agent-{elf_flags}" if elf_flags in target.abis else "agent"
    return context.root / "build" / target.name / name


def agents(context: Context, target: Target) -> list[Path]:
    return [agent(context, target, flags) for flags in (0, *target.abis)]


def _runs(context: Context, target: Target) -> bool:
    """Whether this machine's kernel runs its programs: the agent says how it is used."""
    try:
        return target.runs_natively and context.run([str(agent(context, target))]).status == 2
    except OSError:
        return False


def _target(context: Context, program: Path, wish: Wish) -> str:
    if wish.signal is not None:
        return tool.call(context, "target", str(program)).out.strip()
    try:
        found = tool.info(context, program)
        if found.format != "ELF":
            raise UsageError(f"{program}: a {found.format} program; live runs those of Linux, which are "
                             "ELF files")
        return found.target
    except UsageError as error:
        if "not a Go binary" not in str(error):
            raise
        raise UsageError(f"{error}; --signal NAME fires a plain signal at any program") from None


def make_plan(context: Context, program: Path, target: Target, runner: str, wish: Wish,
              shots: Path) -> LivePlan:
    """Plans the shots; the file `shots` is new."""
    plain = [] if wish.signal is None else ["--signal", str(signals.number(context, target, wish.signal))]
    lines = [json.loads(line) for line in tool.call(context, "shots", str(program), "-o", str(shots), *plain,
                                                    *wish.arguments()).out.splitlines()]
    functions = [Function(**line["function"]) for line in lines if "function" in line]
    facts: dict[str, Any] = next(line["plan"] for line in lines if "plan" in line)
    return LivePlan(program=program, target=target, version=facts["version"],
                    agent=agent(context, target, facts["elf_flags"]), runner=runner,
                    prefix=_prefix(target, runner, wish.qemu),
                    shots=shots, big_endian=facts["big_endian"], functions=functions,
                    left_out={"not seen to be reached, may be data": facts["swept"],
                              "not known to the decoder": facts["unknown"]},
                    called=tuple(name for name, there in (("gc", facts["gc"]),
                                                              ("traceback", facts["callers"])) if there),
                    foreign=facts.get("foreign", 0),
                    reserved={one["name"]: one["why"] for one in facts["reserved"]})


def _qemu(given: str | None) -> Qemu:
    return Qemu(path=Path(given) if given else None)


def _prefix(target: Target, runner: str, qemu: str | None) -> tuple[str, ...]:
    """What runs a program: QEMU with the target's C library for those that are linked with it."""
    if runner == "native":
        return ()
    library = Path("/usr") / target.triple
    return (_qemu(qemu).binary(target), *(("-cpu", target.cpu) if target.cpu else ()),
            *(("-L", str(library)) if target.triple and library.is_dir() else ()))
