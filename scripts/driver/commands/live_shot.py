"""repro and explain where the id names a shot at a program that runs (everypc live)."""
from __future__ import annotations

import argparse
import dataclasses
from pathlib import Path

from ..build.targets import NATIVE, QEMU
from ..context import Context
from ..errors import FAILED, PASSED, UsageError
from ..live import one_place, report
from ..live.one_place import Fired, Place
from ..probe import runner_list
from ..probe.runner import Native, Qemu
from ..report import console, explained
from .arguments import Result


def add(one: argparse.ArgumentParser) -> None:
    """The arguments that such an id needs besides."""
    one.add_argument("--bin", metavar="PATH", help="of an id of `everypc live`: the program (default: that "
                                                   "of the last run in results/live)")
    one.add_argument("--args", default="", metavar="ARGS", help="with --bin: the program's arguments")


def named(context: Context, args: argparse.Namespace, runner: str | None = None) -> Place:
    """Also of explain and repro, whose --runner takes more than a program under fire can have."""
    given = runner_list.single(args.runner, args.qemu or None)
    if not isinstance(given, (Qemu, Native)):
        raise UsageError(f"--runner {args.runner}: an id of `everypc live` takes qemu or native")
    place = one_place.find(context, args.id, args.bin or None, args.args,
                           runner or (NATIVE if given.kind == NATIVE else None))
    if isinstance(given, Qemu) and given.path:
        wish = dataclasses.replace(place.wish, runner=QEMU, qemu=str(given.path))
        place = dataclasses.replace(place, wish=wish)
    return place


def run(context: Context, args: argparse.Namespace, repeat: int = 1) -> Result:
    place = named(context, args)
    fired = one_place.fire(context, place)
    _show(fired)
    runs = [fired] + [one_place.fire(context, place) for _ in range(repeat - 1)]
    failed = sum(bool(one.failures) for one in runs)
    often = f" in {failed} of {len(runs)} runs" if repeat > 1 else ""
    if failed:
        return FAILED, f"failed: {args.id} fails{often}"
    if not any(one.happened for one in runs):
        raise UsageError(f"{args.id}: the program did not come to this PC so often, so nothing was fired; is "
                         "it the same program, with the same arguments?")
    return PASSED, f"passed: {args.id} passes now" + (f" in {len(runs)} runs" if repeat > 1 else "")


def debug(context: Context, args: argparse.Namespace, script: Path | None) -> Result:
    """Leaves the user in GDB where the program comes to the PC, at the visit that the id names."""
    code = one_place.debug(context, named(context, args, "qemu"), script)
    return (PASSED, None) if code == 0 else (FAILED, f"failed: GDB ended with exit status {code}")


def _show(fired: Fired) -> None:
    out = console.console()
    for failure in fired.failures:
        out.print(report.failure_rich(failure.as_dict(), to_stderr=False), soft_wrap=True)
    if not fired.failures:
        text = console.text(f"{'ok' if fired.happened else 'not fired'} {fired.place.id}",
                            style="bold green" if fired.happened else "bold yellow")
        out.print(text.append_text(explained.rich(fired.explanation)), soft_wrap=True)
