"""everypc repro: runs the one shot that an id names, and reports what happened."""
from __future__ import annotations

import argparse
import dataclasses
import glob
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

from ..context import Context
from ..errors import FAILED, PASSED, Interrupted, UsageError
from ..nearest import hint
from ..probe import listing, prepare, retry, spool
from ..probe.events import Event
from ..probe.plan import Counter, Outcome, Plan
from ..probe.shard import Shard
from ..probe.shardrun import ShardRun
from ..report import console, results, summary
from . import arguments
from .arguments import Subparsers

_ID = re.compile(r"(?P<target>[^/]+)/(?P<case>.+?)(?P<place>@\+0x[0-9a-fA-F]+#[^#]+)?")


def add(subparsers: Subparsers) -> None:
    one = arguments.command(subparsers, "repro", "run one shot again, by the id in any report",
                            run)
    one.add_argument("id", metavar="ID", help="<target>/<case>@+0x<offset>#<state>, or <target>/<case> for a "
                                              "whole case")
    arguments.cases(one)
    arguments.probes(one)
    one.add_argument("--verbose", action="store_true", help="let the probe report each step")


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


def run(context: Context, args: argparse.Namespace) -> tuple[int, str]:
    text, shot = args.id, parse_id(args.id)
    prepared = prepare.prepare(context, dataclasses.replace(arguments.run_options(args), arch=shot.target))
    if len(prepared.plans) != 1:
        raise UsageError(f"'{text}' names {len(prepared.plans)} targets; a shot is of one")
    whole = None if shot.place else glob.escape(shot.case)
    plan = dataclasses.replace(prepared.plans[0], shot=shot.shot, glob=whole, verbose=args.verbose)
    out = console.console()
    with tempfile.TemporaryDirectory(prefix="everypc-") as folder:
        path = Path(folder) / "events.jsonl"
        outcome = ShardRun(plan, Shard(1, 1), path, Counter(), context.stop).run()
        seen = list(spool.read(path))
    if outcome.interrupted:
        raise Interrupted(f"by {context.stop.signal_name}")
    for event in seen:
        if event["ev"] == "skip":   # of other cases
            continue
        if event["ev"] == "platform" and not event["lost"]:
            continue
        if event["ev"] == "fail":
            event |= retry.judge(context, plan, event)
            out.print(summary.failure_text({k: v for k, v in event.items() if k != "ev"}), soft_wrap=True)
        else:
            out.print(_readable(event), soft_wrap=True)
    if outcome.usage or not _shots(seen):
        _refuse_unknown(context, plan, shot)
    return _verdict(text, outcome, seen)


def _refuse_unknown(context: Context, plan: Plan, shot: ShotId) -> None:
    """Nothing was run: says so where it is for a case that the probe does not have."""
    known = listing.names(context, plan)
    if known and shot.case not in known:
        raise UsageError(f"{plan.target.name} has no case {shot.case} with these CASES and this SEED"
                         f"{hint(shot.case, known)}")


def _shots(seen: list[Event]) -> int:
    return sum(event["shots"] if event["ev"] == "case" else event["ev"] == "shot" for event in seen)


def _verdict(text: str, outcome: Outcome, seen: list[Event]) -> tuple[int, str]:
    if outcome.usage:
        raise UsageError(f"the probe says: {outcome.usage}")
    fails = sum(event["ev"] == "fail" for event in seen)
    if fails:
        return FAILED, f"failed: {text} fails ({results.count(fails, 'failure')})"
    shots = _shots(seen)
    if shots == 0:
        raise UsageError(f"{text} names no shot that this probe knows; is it the same SEED, CASES and "
                         "commit?")
    return PASSED, f"passed: {text} passes now ({results.count(shots, 'shot')})"


def _readable(event: Event) -> str:
    if event["ev"] == "begin":
        return f"case {event['case']}" + (f", {event['pcs']} PCs" if "pcs" in event else "")
    if event["ev"] == "case":
        done = ", ".join(f"{event[name]} {name.replace('_', ' ')}"
                         for name in ("shots", "resumed", "restarted", "entry_restarted", "refused")
                         if event[name])
        return f"ran: {done or 'nothing'}"
    return f"{event['ev']}: " + ", ".join(f"{name} {value}" for name, value in event.items() if name != "ev")
