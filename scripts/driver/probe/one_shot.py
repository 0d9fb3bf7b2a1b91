"""Shot ids, and running what one names: a shot, or a whole case."""
from __future__ import annotations

import dataclasses
import glob
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

from ..context import Context
from ..errors import UsageError
from ..nearest import hint
from . import explain, listing, prepare, spool
from .events import Event
from .explanation import Explanation
from .plan import Counter, Outcome, Plan
from .prepare import RunOptions
from .shard import Shard
from .shardrun import ShardRun

_OF_SEED = re.compile(r"(?:random|cross)\.s(\d+)\.[\d.]+")
_ID = re.compile(r"(?P<target>[^/]+)/(?P<case>.+?)(?P<place>@\+0x[0-9a-fA-F]+#[^#]+)?")


@dataclass(frozen=True)
class ShotId:
    """`<target>/<case>@+0x<pc offset>#<state seed>`; without the part from @ on it stands for the whole
    case."""

    target: str
    case: str
    place: str | None

    @property
    def shot(self) -> str | None:
        """As the probe's --repro takes it."""
        return self.case + self.place if self.place else None


def parse_id(text: str) -> ShotId:
    found = _ID.fullmatch(text.strip())
    if not found or "@+" in found["case"]:
        raise UsageError(f"'{text}' is not a shot id: <target>/<case>@+0x<offset>#<state>")
    return ShotId(found["target"], found["case"], found["place"])


@dataclass(frozen=True)
class Fired:
    """What came of a shot, or a whole case."""

    id: ShotId
    plan: Plan
    outcome: Outcome
    events: list[Event]        # without those of an explanation
    explaining: list[Event]    # all, with them

    @property
    def shots(self) -> int:
        return sum(event["shots"] if event["ev"] == "case" else event["ev"] == "shot"
                   for event in self.events)

    @property
    def failures(self) -> list[Event]:
        return [event for event in self.events if event["ev"] == "fail"]

    def explanation(self, context: Context, failure: Event | None) -> Explanation:
        """Of a failure among the events, or of the shot that passed. A case's failures are fired again."""
        if not self.id.place:
            return explain.explain(context, self.plain_plan, failure, self.id.case)
        return explain.of_events(context, self.plan.target, self.explaining, failure, self.id.shot or "")

    @property
    def plain_plan(self) -> Plan:
        """For other shots of this probe."""
        return dataclasses.replace(self.plan, shot=None, glob=None, verbose=False,
                                   extra=tuple(word for word in self.plan.extra if word != "--explain"))


def seeds_of(case: str) -> str:
    """What a run with --seeds names in its random cases, as --seeds would take it; "" for other cases."""
    found = _OF_SEED.fullmatch(case)
    return f"{found[1]}..{found[1]}" if found else ""


def prepared(context: Context, options: RunOptions, text: str) -> tuple[ShotId, Plan]:
    """The id, and the plan of its target, whose probe is built."""
    shot = parse_id(text)
    made = prepare.prepare(context, dataclasses.replace(options, arch=shot.target, seeds=seeds_of(shot.case)))
    if len(made.plans) != 1:
        raise UsageError(f"'{text}' names {len(made.plans)} targets; a shot is of one")
    return shot, made.plans[0]


def fire(context: Context, shot: ShotId, plan: Plan, verbose: bool = False) -> Fired:
    """Runs it. Raises UsageError for a shot or case that the probe does not have."""
    whole = None if shot.place else glob.escape(shot.case)
    extra = (*plan.extra, "--explain") if shot.place else plan.extra
    plan = dataclasses.replace(plan, shot=shot.shot, glob=whole, verbose=verbose, extra=extra)
    with tempfile.TemporaryDirectory(prefix="everypc-") as folder:
        path = Path(folder) / "events.jsonl"
        outcome = ShardRun(plan, Shard(1, 1), path, Counter(), context.stop).run()
        seen = list(spool.read(path))
    if outcome.interrupted:
        raise context.stop.error()
    fired = Fired(shot, plan, outcome, [event for event in seen if event["ev"] not in explain.EVENTS], seen)
    if outcome.usage or not fired.shots:
        _refuse_unknown(context, fired)
    if outcome.usage:
        raise UsageError(f"the probe says: {outcome.usage}")
    return fired


def _refuse_unknown(context: Context, fired: Fired) -> None:
    """Nothing was run: says so where it is for a case that the probe does not have."""
    known = listing.names(context, fired.plan)
    if known and fired.id.case not in known:
        raise unknown(fired.plan, fired.id, known)


def unknown(plan: Plan, shot: ShotId, known: list[str]) -> UsageError:
    return UsageError(f"{plan.target.name} has no case {shot.case} with these CASES and this SEED"
                      f"{hint(shot.case, known)}")
