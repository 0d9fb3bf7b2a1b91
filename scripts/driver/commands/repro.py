"""everypc repro: runs the one shot that an id names, and reports what happened."""
from __future__ import annotations

import argparse
from pathlib import Path

from ..context import Context
from ..errors import FAILED, PASSED, UsageError
from ..live import one_place
from ..probe import gdb, listing, one_shot, retry, runner_list
from ..probe.events import Event
from ..probe.one_shot import Fired, ShotId
from ..probe.plan import Plan
from ..probe.runner import Qemu
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
    one.add_argument("--gdb", nargs="?", const="", metavar="SCRIPT",
                     help="stop at the PC under QEMU's gdbstub, with gdb-multiarch attached; with SCRIPT, "
                          "have it run that file's commands, and end")


def run(context: Context, args: argparse.Namespace) -> Result:
    script = _script(args)
    if one_place.is_live(args.id):
        return (live_shot.run(context, args, args.repeat) if args.gdb is None
                else live_shot.debug(context, args, script))
    shot, plan = one_shot.prepared(context, arguments.run_options(args), args.id)
    if args.gdb is not None:
        return debug(context, plan, shot, script)
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


def _script(args: argparse.Namespace) -> Path | None:
    if args.gdb is None:
        return None
    if not isinstance(runner_list.single(args.runner, args.qemu or None), Qemu):
        raise UsageError(f"--gdb: it is QEMU's gdbstub; leave out --runner {args.runner}")
    if args.gdb and not Path(args.gdb).is_file():
        raise UsageError(f"--gdb {args.gdb}: no such file")
    return Path(args.gdb).resolve() if args.gdb else None


def debug(context: Context, plan: Plan, shot: ShotId, script: Path | None) -> Result:
    """Leaves the user in GDB at a shot's PC."""
    if not shot.place:
        raise UsageError("--gdb takes the id of a shot, with its PC")
    names = listing.names(context, plan)
    if shot.case not in names:
        raise one_shot.unknown(plan, shot, names)
    code = gdb.debug_shot(context, plan, shot, names.index(shot.case), script)
    return (PASSED, None) if code == 0 else (FAILED, f"failed: GDB ended with exit status {code}")


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
