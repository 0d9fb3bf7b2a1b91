"""everypc bench: what a shot costs on each target, beside a bare timer signal measured in the same process.
One target after the other, so that they don't disturb each other's times."""
from __future__ import annotations

import argparse
import json
from typing import Any

from .. import children
from ..context import Context
from ..errors import FAILED, PASSED, DriverError
from ..probe import prepare
from ..probe.plan import Plan
from ..report import console, results
from . import arguments
from .arguments import Subparsers

_TIMEOUT_S = 600.0
_NEEDED = ("shot_ns", "floor_ns", "patch_ns", "rss_kb")


def add(subparsers: Subparsers) -> None:
    one = arguments.command(subparsers, "bench", "measure what a shot costs, beside a bare timer signal", run)
    arguments.arch(one)
    arguments.probes(one)
    one.add_argument("--shots", type=arguments.positive, default=2000, metavar="N",
                     help="how many to measure (default: %(default)s)")
    arguments.output(one, "bench.json")


def run(context: Context, args: argparse.Namespace) -> tuple[int, str]:
    options, shots = arguments.run_options(args), args.shots
    results.prepare(context, options.results)
    prepared = prepare.prepare(context, options)
    rows = [{"target": plan.target.name, "runner": prepared.runners[plan.target.name], "shots": shots,
             **_row(_one(context, plan, shots))} for plan in prepared.plans]
    results.write_json(options.results / "bench.json", rows)
    if context.as_json:
        results.print_json(rows)
    else:
        columns = ("target", "runner", "bare timer signal us", "pinned shot us", "ratio", "patched shot us",
                   "RSS MiB")
        cells = [[row["target"], row["runner"], f"{row['floor_us']:.1f}", f"{row['shot_us']:.1f}",
                  f"{row['ratio']:.2f}",
                  f"{row['patch_us']:.1f}", f"{row['rss_mib']:.1f}"] for row in rows]
        console.print_table(console.console(), console.table(columns, cells, left=2))
    broken = [row["target"] for row in rows if row["floor_us"] <= 0 or row["shot_us"] <= 0]
    if broken:
        return FAILED, f"failed: no time was measured on {', '.join(broken)}"
    return PASSED, (f"passed: {results.count(len(rows), 'target')}, {shots} shots each; see "
                    f"{options.results / 'bench.json'}")


def _one(context: Context, plan: Plan, shots: int) -> dict[str, Any]:
    """The probe's "bench" event."""
    done = plan.call(context, "--bench", str(shots), timeout_s=_TIMEOUT_S)
    for line in done.out.splitlines():
        try:
            event = json.loads(line)
        except ValueError:
            continue
        if (isinstance(event, dict) and event.get("ev") == "bench"
                and all(isinstance(event.get(name), (int, float)) for name in _NEEDED)):
            return event
    why = (f"no answer in {_TIMEOUT_S:g} s" if done.timed_out
           else f"no bench event, {children.status_text(done.status)}")
    said = done.err.strip().splitlines()
    raise DriverError(f"{plan.target.name}: {why}" + (f" ({said[-1]})" if said else ""))


def _row(event: dict[str, Any]) -> dict[str, float]:
    floor, shot = event["floor_ns"] / 1000, event["shot_ns"] / 1000
    return {"floor_us": round(floor, 2), "shot_us": round(shot, 2),
            "ratio": round(shot / floor, 2) if floor else 0.0,
            "patch_us": round(event["patch_ns"] / 1000, 2), "rss_mib": round(event["rss_kb"] / 1024, 1)}
