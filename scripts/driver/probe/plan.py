"""How the probe of one target is called, and what the parts of its run leave behind."""
from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from ..build.targets import Target
from ..children import Completed
from ..context import Context
from .events import Event
from .shard import Shard
from .start import Start


@dataclass(frozen=True)
class Plan:
    """How to call the probe of one target."""

    target: Target
    root: Path
    probe: Path
    start: Start = Start()
    runner: str = "qemu"           # as --runner takes it
    mode: str = "pin"
    seed: int = 1
    glob: str | None = None
    budget_s: float | None = None
    hang_s: float = 60.0
    shot: str | None = None        # only this one: "CASE@+0xOFF#STATE"
    extra: tuple[str, ...] = ()    # further options of the probe
    verbose: bool = False          # the probe reports more, and its standard error is shown

    def arguments(self, *extra: str) -> list[str]:
        return ["--mode", self.mode, "--seed", str(self.seed), *self.extra, *extra]

    def command(self, *extra: str) -> list[str]:
        return self.start.argv(self.probe, self.arguments(*extra))

    def call(self, context: Context, *extra: str, timeout_s: float) -> Completed:
        """Runs the probe to its end. Raises as children.run does."""
        return context.run(self.command(*extra), timeout_s=timeout_s, stdin=self.start.stdin)

    def shard_command(self, shard: Shard, first: int, budget_s: float | None,
                      counts: tuple[int, int] = (0, 0)) -> list[str]:
        """`counts`: what the cases before `first` came to, by the probe's last "injectable" event."""
        args = (["--shard", str(shard)] if self.shot is None else ["--repro", self.shot])
        if self.verbose:
            args.append("--verbose")
        if self.glob is not None:
            args += ["--cases", self.glob]
        if first:
            args += ["--from", str(first)]
            for name, count in zip(("--injected", "--injectable"), counts):
                args += [name, str(count)] if count else []
        if budget_s is not None:
            args += ["--budget", f"{budget_s:g}"]
        return self.command(*args)

    def case_id(self, case: str) -> str:
        """Names a failure that the driver saw itself, and so can't place at a PC; `everypc repro` runs the
        whole case."""
        return f"{self.target.name}/{case}"


@dataclass
class Counter:
    """What the progress display reads while the shard runs."""

    expected: int | None = None
    done: int = 0
    shots: int = 0
    failures: int = 0
    finished: bool = False


@dataclass
class Outcome:
    """What a shard left behind, beside its spool."""

    ends: list[Event] = field(default_factory=list)
    expected: int = 0
    done: int = 0
    usage: str | None = None       # the probe refused its arguments (exit status 2), with its line
    interrupted: bool = False
