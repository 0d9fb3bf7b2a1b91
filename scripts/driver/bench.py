"""The bench command: what a shot costs on each target, beside a bare timer signal measured in the same process. One
target after the other, so that they don't disturb each other's times."""
from __future__ import annotations

import json
from typing import Any

from . import check, children, results
from .errors import FAILED, PASSED, DriverError
from .probe import Plan

_TIMEOUT_S = 600.0
_NEEDED = ("shot_ns", "floor_ns", "patch_ns", "rss_kb")


def bench(options: check.Options, shots: int, stop: children.StopRequest) -> tuple[int, str]:
    results.prepare(options.results)
    prepared = check.prepare(options, stop)
    from . import report  # rich may have been installed by prepare() only
    rows = [{"target": plan.target.name, "runner": prepared.runners[plan.target.name], "shots": shots,
             **_row(_one(plan, shots, stop))} for plan in prepared.plans]
    results.write_json(options.results / "bench.json", rows)
    if options.json:
        results.print_json(rows)
    else:
        columns = ("target", "runner", "bare timer signal us", "pinned shot us", "ratio", "patched shot us", "RSS MiB")
        cells = [[row["target"], row["runner"], f"{row['floor_us']:.1f}", f"{row['shot_us']:.1f}", f"{row['ratio']:.2f}",
                  f"{row['patch_us']:.1f}", f"{row['rss_mib']:.1f}"] for row in rows]
        report.print_table(report.console(), report.table(columns, cells, left=2))
    broken = [row["target"] for row in rows if row["floor_us"] <= 0 or row["shot_us"] <= 0]
    if broken:
        return FAILED, f"failed: no time was measured on {', '.join(broken)}"
    return PASSED, f"passed: {results.count(len(rows), 'target')}, {shots} shots each; see {options.results / 'bench.json'}"


def _one(plan: Plan, shots: int, stop: children.StopRequest) -> dict[str, Any]:
    """The probe's "bench" event."""
    done = children.run(plan.command("--bench", str(shots)), plan.root, stop, timeout_s=_TIMEOUT_S)
    for line in done.out.splitlines():
        try:
            event = json.loads(line)
        except ValueError:
            continue
        if isinstance(event, dict) and event.get("ev") == "bench":
            if all(isinstance(event.get(name), (int, float)) for name in _NEEDED):
                return event
    why = f"no answer in {_TIMEOUT_S:g} s" if done.timed_out else f"no bench event, {children.status_text(done.status)}"
    said = done.err.strip().splitlines()
    raise DriverError(f"{plan.target.name}: {why}" + (f" ({said[-1]})" if said else ""))


def _row(event: dict[str, Any]) -> dict[str, float]:
    floor, shot = event["floor_ns"] / 1000, event["shot_ns"] / 1000
    return {"floor_us": round(floor, 2), "shot_us": round(shot, 2), "ratio": round(shot / floor, 2) if floor else 0.0,
            "patch_us": round(event["patch_ns"] / 1000, 2), "rss_mib": round(event["rss_kb"] / 1024, 1)}
