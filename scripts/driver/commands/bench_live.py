"""everypc bench-live: what `everypc live` costs, beside the same programs without shots."""
from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import Any

from ..build import setup, targets
from ..build.targets import LIVE
from ..context import Context
from ..errors import FAILED, PASSED
from ..go import tool, toolchain
from ..live import bench, plan
from ..live.bench import Bench
from ..live.plan import Wish
from ..report import console, results
from . import arguments
from .arguments import Subparsers

FILE = "bench-live.json"
_BY_DEFAULT = 2   # targets: the first ones of the list
_COLUMNS = ("target", "runner", "shots", "us a shot", "us by the clock", "math/big's shots",
            "times its own time", "times by the clock", "RSS MiB of the program", "of everypc")


def add(subparsers: Subparsers) -> None:
    one = arguments.command(subparsers, "bench-live", "measure what firing at programs that run costs, "
                                                      "beside the same without shots", run)
    arguments.arch(one, f"the first {_BY_DEFAULT} of the list")
    one.add_argument("--times", type=arguments.positive, default=3, metavar="N",
                     help="pairs of runs, of which medians are taken (default: %(default)s)")
    one.add_argument("--calls", type=arguments.positive, default=1000, metavar="N",
                     help="of the small function at whose every PC a shot is measured (default: %(default)s)")
    one.add_argument("--shots", type=arguments.natural, default=bench.MARKS[-1], metavar="N",
                     help="over which memory has to stay flat; 0 leaves that out (default: %(default)s)")
    one.add_argument("--goroot", metavar="DIR", help="the toolchain (default: the installed one)")
    one.add_argument("--runner", choices=("qemu", "native"), help="(default: native where this machine runs "
                                                                  "the target's programs, else qemu)")
    arguments.no_setup(one)
    arguments.output(one, FILE)


def run(context: Context, args: argparse.Namespace) -> tuple[int, str]:
    results.prepare(context, args.results)
    goroot = toolchain.goroot(context, args.goroot or None)
    setup.ensure(context, [], "native")
    every = targets.load(context)
    names = args.arch or " ".join(target.name for target in every[:_BY_DEFAULT])
    known = targets.select(every, names, args.runner or "qemu")
    chosen = targets.having(known, LIVE)
    tool.build(context)
    wish = Wish(runner=args.runner)
    rows = []
    for target in chosen:
        runner = plan.prepare(context, target, wish)
        with tempfile.TemporaryDirectory(prefix="everypc-bench-") as folder:
            rows.append(_row(Bench(context, target, goroot, wish, runner, Path(folder)), args))
    made = {"schema": 1, "go": toolchain.version(context, goroot), "times": args.times,
            "goal_us": bench.GOAL_US, "goal_times": bench.GOAL_TIMES, "goal_growth_kb": bench.GROWTH_KB,
            "targets": rows}
    results.write_json(args.results / FILE, made)
    if context.as_json:
        results.print_json(made)
    else:
        console.print_table(console.console(), console.table(_COLUMNS, [_cells(row) for row in rows], left=2))
    return verdict(rows, args.results)


def _row(one: Bench, args: argparse.Namespace) -> dict[str, Any]:
    shot, package = bench.shot(one, args.calls, args.times), bench.package(one, args.times)
    memory = bench.memory(one, args.shots) if args.shots else []
    return {"target": one.target.name, "runner": one.runner,
            "shot": {"us_cpu": round(shot.shot_us("cpu_s"), 1), "us_wall": round(shot.shot_us("wall_s"), 1),
                     **shot.as_dict()},
            "package": {"times_cpu": round(package.times("cpu_s"), 2),
                        "times_wall": round(package.times("wall_s"), 2), **package.as_dict()},
            "memory": memory, "flat": bench.is_flat(memory, one.runner)}


def _cells(row: dict[str, Any]) -> list[Any]:
    def rss(name: str) -> str:
        return " ".join(f"{mark[name] / 1024:.1f}" for mark in row["memory"]) or "-"

    shot, package = row["shot"], row["package"]
    return [row["target"], row["runner"], shot["fired"], f"{shot['us_cpu']:.1f}", f"{shot['us_wall']:.1f}",
            package["fired"], f"{package['times_cpu']:.2f}", f"{package['times_wall']:.2f}",
            rss("program_kb"), rss("driver_kb")]


def verdict(rows: list[dict[str, Any]], to: Path) -> tuple[int, str]:
    """Whether the goals are met, by CPU time and by memory."""
    missed = []
    for row in rows:
        name = row["target"]
        if row["shot"]["us_cpu"] > bench.GOAL_US:
            missed.append(f"{name}: {row['shot']['us_cpu']} us a shot, more than {bench.GOAL_US:g}")
        if row["package"]["times_cpu"] > bench.GOAL_TIMES:
            missed.append(f"{name}: a package's tests take {row['package']['times_cpu']} times their own "
                          f"time, more than {bench.GOAL_TIMES:g}")
        if row["flat"] is False:
            missed.append(f"{name}: memory grows with the shots")
    if missed:
        return FAILED, f"failed: {'; '.join(missed)}; see {to / FILE}"
    last = [row["memory"][-1]["shots"] for row in rows if row["flat"]]
    flat = f", memory flat over {results.count(min(last), 'shot')}" if len(last) == len(rows) else (
        f", too few shots to tell of memory on {results.count(len(rows) - len(last), 'target')}")
    return PASSED, (f"passed: {results.count(len(rows), 'target')}: at most "
                    f"{max(row['shot']['us_cpu'] for row in rows)} us a shot, "
                    f"{max(row['package']['times_cpu'] for row in rows)} times a package's own time{flat}; "
                    f"see {to / FILE}")
