"""everypc explain: what happened at a shot, whether it failed or passed."""
from __future__ import annotations

import argparse

from ..context import Context
from ..live import one_place
from ..probe import one_shot, retry
from ..report import console, explained, summary
from . import arguments, live_shot, repro
from .arguments import Result, Subparsers


def add(subparsers: Subparsers) -> None:
    one = arguments.command(subparsers, "explain", "show what happened at a shot, failed or passed: code, "
                                                   "tables, what the handler did, what differs", run)
    arguments.shot_id(one)
    arguments.cases(one)
    arguments.probes(one)
    live_shot.add(one)


def run(context: Context, args: argparse.Namespace) -> Result:
    if one_place.is_live(args.id):
        return live_shot.run(context, args)
    shot, plan = one_shot.prepared(context, arguments.run_options(args), args.id)
    fired = one_shot.fire(context, shot, plan)
    out = console.console()
    for event in fired.failures:
        event |= retry.judge(context, fired.plain_plan, event)
        event["explanation"] = fired.explanation(context, event)
        out.print(summary.failure_text({k: v for k, v in event.items() if k != "ev"}), soft_wrap=True)
    if not fired.failures:
        text = console.text(f"ok {args.id}", style="bold green")
        out.print(text.append_text(explained.rich(fired.explanation(context, None))), soft_wrap=True)
    return repro.verdict(args.id, [fired])
