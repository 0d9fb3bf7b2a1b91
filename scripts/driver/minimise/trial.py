"""Tries many candidates at once: each is a case of one probe, so that a step of the search costs one
build."""
from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..build import casefiles, make
from ..build.failure import raise_from_log
from ..build.probes import Recipe
from ..context import Context
from ..errors import DriverError
from ..probe import retry, spool
from ..probe.events import Event
from ..probe.plan import Counter, Plan
from ..probe.shard import Shard
from ..probe.shardrun import ShardRun
from . import lines
from .lines import Case

_ASM = Path("build/host/everypc-asm")
_STEM = "small"
_PATIENCE_MS = 300     # CPU time of a run: a candidate may have lost what ends its loop
_AGAIN = 2             # beside the run with all candidates: three in all
_GUARDED = "without any signal"   # how a failure of the run without a signal begins


@dataclass(frozen=True)
class Symptom:
    """What a smaller case must go on to show."""

    oracle: str
    golden: bool      # the run without a signal fails
    blame: str        # "" or "unknown": any

    @classmethod
    def of(cls, failure: Event) -> Symptom:
        return cls(failure["oracle"], failure.get("got", "").startswith(_GUARDED), failure.get("blame", ""))

    def shown_by(self, failure: Event) -> bool:
        other = Symptom.of(failure)
        return (other.oracle, other.golden) == (self.oracle, self.golden)


@dataclass
class Bench:
    """Where candidates are tried. `plan`: of the probe that the failure was found with."""

    context: Context
    plan: Plan
    recipe: Recipe
    symptom: Symptom
    folder: Path                       # for the file of cases; make must be able to handle its name
    builds: int = 0
    refused: set[Case] = field(default_factory=set)   # what the assembler does not take
    _last: Plan | None = None

    def failing(self, candidates: list[Case]) -> list[tuple[int, Event]]:
        """The numbers of those that show the symptom, each with its first failure that does."""
        kept = {f"c{k}": case for k, case in enumerate(candidates) if case not in self.refused}
        found = self._run(kept) if kept else {}
        return sorted((int(name[1:]), failure) for name, failure in found.items())

    def confirmed(self, number: int) -> Event | None:
        """The failure, if that one of the last candidates shows the symptom so many times more, and the same
        is to blame."""
        name = f"c{number}"
        assert self._last is not None
        plan = replace(self._last, glob=f"{_STEM}.{name}")
        found: dict[str, Event] = {}
        for _ in range(_AGAIN):
            found = self._fire(plan)
            if name not in found:
                return None
        failure = found[name] | retry.judge(self.context, self._last, found[name])
        if self.symptom.blame in ("", "unknown") or failure["blame"] == self.symptom.blame:
            return failure
        return None

    def _run(self, cases: dict[str, Case]) -> dict[str, Event]:
        """By name, what shows the symptom."""
        self._last = self._build(cases)
        return self._fire(self._last) if self._last else {}

    # ---- building ----

    def _build(self, cases: dict[str, Case]) -> Plan | None:
        """A probe of those that the assembler takes; None if it takes none. The others leave `cases`."""
        path = self.folder / f"{_STEM}{next(iter(cases.values())).suffix}"
        self._drop_refused(cases, path)
        if not cases:
            return None
        path.write_text(lines.text(cases), encoding="utf-8")
        recipe = replace(self.recipe, cases=casefiles.Selection(None, (path,)))
        target = self.plan.target
        self.builds += 1
        done = make.run(self.context, *recipe.make_args(self.context.root, target), merge=True,
                        jobs=self.context.jobs)
        if done.status != 0:
            return self._without_culprits(cases, path, done.out)
        extra = (*self.plan.extra, "--patience", str(_PATIENCE_MS))
        return replace(_of(self.context, self.plan, recipe), extra=extra)

    def _drop_refused(self, cases: dict[str, Case], path: Path) -> None:
        """Asks the host assembler, which names the first line that it does not take."""
        while cases and path.suffix == ".progs":
            path.write_text(lines.text(cases), encoding="utf-8")
            done = self.context.run([str(self.context.root / _ASM), "--target", self.plan.target.name,
                                     "--expand", str(path)])
            if done.status == 0 or not self._drop(cases, path, done.err):
                return

    def _without_culprits(self, cases: dict[str, Case], path: Path, said: str) -> Plan | None:
        """Builds again without what the cross assembler does not take; by halves, where it does not say."""
        if self._drop(cases, path, said):
            return self._build(cases) if cases else None
        if len(cases) == 1:
            self.refused.add(next(iter(cases.values())))
            cases.clear()
            return None
        names = list(cases)
        for half in (names[:len(names) // 2], names[len(names) // 2:]):
            some = {name: cases[name] for name in half}
            try:
                self._build(some)
            except DriverError:
                some = {}
            for name in half:
                if name not in some:
                    cases.pop(name, None)
        return self._build(cases) if cases else None

    def _drop(self, cases: dict[str, Case], path: Path, said: str) -> bool:
        """Leaves out the cases of the lines that a message names; false if it names none."""
        owners = lines.places(cases)
        numbers = {int(found) for found in re.findall(rf"{re.escape(path.name)}:(\d+)", said)}
        names = {owners[number] for number in numbers if number in owners}
        for name in names:
            self.refused.add(cases.pop(name))
        return bool(names)

    # ---- running ----

    def _fire(self, plan: Plan) -> dict[str, Event]:
        with tempfile.TemporaryDirectory(prefix="everypc-") as folder:
            path = Path(folder) / "events.jsonl"
            outcome = ShardRun(plan, Shard(1, 1), path, Counter(), self.context.stop).run()
            found: dict[str, Event] = {}
            for event in spool.read(path):
                name = _case(event)
                if name and name not in found and self.symptom.shown_by(event):
                    found[name] = event
        if outcome.interrupted:
            raise self.context.stop.error()
        return found


def _case(event: Event) -> str:
    """The candidate that a failure is of."""
    if event["ev"] != "fail":
        return ""
    found = re.match(rf"[^/]+/(?:{_STEM}\.)?(c\d+)(?:@|$)", event["id"])
    return found[1] if found else ""


def host_tool(context: Context) -> Path:
    """everypc-asm with our own marks, built if only another one is there."""
    path = context.root / _ASM
    if not path.exists():
        done = make.run(context, "host", merge=True, jobs=context.jobs)
        if done.status != 0:
            raise_from_log(context.root, "host", done.out, None, [])
    return path


def _of(context: Context, plan: Plan, recipe: Recipe) -> Plan:
    probe = context.root / recipe.out(context.root, plan.target) / recipe.binary
    return replace(plan, probe=probe, glob=None, shot=None)


def built(context: Context, plan: Plan, recipe: Recipe) -> Plan:
    """The plan of a probe of other cases, which must build."""
    done = make.run(context, *recipe.make_args(context.root, plan.target), merge=True, jobs=context.jobs)
    if done.status != 0:
        raise_from_log(context.root, plan.target.name, done.out, recipe.cases, [plan.target])
    return _of(context, plan, recipe)
