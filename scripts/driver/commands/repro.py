"""everypc repro: runs the one shot that an id names, and reports what happened."""
from __future__ import annotations

import argparse

from ..context import Context
from ..errors import FAILED, PASSED, UsageError
from ..live import one_place
from ..probe import one_shot, retry
from ..probe.events import Event
from ..probe.one_shot import Fired
from ..report import console, results, summary
from . import arguments, live_shot
from .arguments import Result, Subparsers


def add(subparsers: Subparsers) -> None:
    one = arguments.command(subparsers, "repro", "run one shot again, by the id in any report",
                            run)
    arguments.shot_id(one)
    arguments.cases(one)
    arguments.probes(one)
    live_shot.add(one)
    one.add_argument("--verbose", action="store_true", help="let the probe report each step")
    one.add_argument("--repeat", type=arguments.positive, default=1, metavar="N",
                     help="run it so often, and say how often it failed")


def run(context: Context, args: argparse.Namespace) -> Result:
    if one_place.is_live(args.id):
        return live_shot.run(context, args, args.repeat)
    shot, plan = one_shot.prepared(context, arguments.run_options(args), args.id)
    fired = one_shot.fire(context, shot, plan, args.verbose)
    out = console.console()
    for event in fired.events:
        if event["ev"] == "skip":   # of other cases
            continue
        if event["ev"] == "platform" and not event["lost"]:
            continue
        if event["ev"] == "fail":
            event |= retry.judge(context, plan, event)
            event["explanation"] = fired.explanation(context, event)
            out.print(summary.failure_text({k: v for k, v in event.items() if k != "ev"}), soft_wrap=True)
        else:
            out.print(_readable(event), soft_wrap=True)
    runs = [fired] + [one_shot.fire(context, shot, plan) for _ in range(args.repeat - 1)]
    return verdict(args.id, runs)


def verdict(text: str, runs: list[Fired]) -> tuple[int, str]:
    """Of one run or several of what `text` names."""
    failed = sum(bool(one.failures) for one in runs)
    again = f" in {failed} of {len(runs)} runs" if len(runs) > 1 else ""
    if failed:
        most = max(len(one.failures) for one in runs)
        return FAILED, f"failed: {text} fails{again} ({results.count(most, 'failure')})"
    shots = sum(one.shots for one in runs)
    if shots == 0:
        raise UsageError(f"{text} names no shot that this probe knows; is it the same SEED, CASES and "
                         "commit?")
    often = f" in {len(runs)} runs" if len(runs) > 1 else ""
    return PASSED, f"passed: {text} passes now{often} ({results.count(shots, 'shot')})"


def _readable(event: Event) -> str:
    if event["ev"] == "begin":
        return f"case {event['case']}" + (f", {event['pcs']} PCs" if "pcs" in event else "")
    if event["ev"] == "case":
        done = ", ".join(f"{event[name]} {name.replace('_', ' ')}"
                         for name in ("shots", "resumed", "restarted", "entry_restarted", "refused")
                         if event[name])
        return f"ran: {done or 'nothing'}"
    return f"{event['ev']}: " + ", ".join(f"{name} {value}" for name, value in event.items() if name != "ev")
