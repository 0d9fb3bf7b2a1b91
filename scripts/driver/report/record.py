"""From finished runs to the results folder: refuses runs without a case, adds blame, writes summaries and
JUnit files."""
from __future__ import annotations

from .. import project
from ..context import Context
from ..errors import Interrupted, UsageError
from ..nearest import hint
from ..probe import listing, retry, runs
from ..probe.prepare import Prepared, RunOptions
from ..probe.runs import TargetRun
from ..probe.shard import Shard
from . import junit, results
from .results import Summary


def record(context: Context, finished: list[TargetRun], prepared: Prepared, options: RunOptions) -> Summary:
    """Writes what the runs found, and returns the summary over all targets."""
    _refuse_empty(context, finished, prepared.cases.text(context.root), options.shard)
    retry.assign(context, [(one.plan, one.folder / runs.EVENTS) for one in finished])
    return _write(context, finished, prepared, options)


def _refuse_empty(context: Context, finished: list[TargetRun], cases: str, shard: Shard) -> None:
    """A run without a case is a mistake in the arguments, never a pass."""
    usages = [f"{r.plan.target.name}: the probe says: {o.usage}" for r in finished for o in r.outcomes
              if o.usage]
    if usages:
        raise UsageError("\n".join(dict.fromkeys(usages)))
    if context.stop.requested and all(r.done == 0 for r in finished):
        raise Interrupted(f"by {context.stop.signal_name} before the first case had ended")
    empty = [r for r in finished if r.expected == 0 and not any(c.failures for c in r.counters)
             and not context.stop.requested]
    if empty and (len(empty) == len(finished) or not cases):
        names = ", ".join(r.plan.target.name for r in empty)
        asked = f" that matches '{cases}'" if cases else ""
        part = f" in shard {shard}" if shard.n > 1 else ""
        glob = empty[0].plan.glob
        meant = hint(glob, listing.names(context, empty[0].plan)) if glob else ""
        raise UsageError(f"there is no case{asked}{part} on {names}, so nothing was checked{meant}")


def _write(context: Context, finished: list[TargetRun], prepared: Prepared, options: RunOptions) -> Summary:
    """Writes the summaries and JUnit files, and returns the summary over all targets."""
    root = context.root
    common = {"mode": options.mode, "depth": options.depth, "seed": options.seed,
              "shards": str(options.shard),
              "revision": project.revision(root), "case_selection": prepared.cases.text(root),
              "sut": str(options.sut or "")}
    files = " ".join(prepared.cases.names(root))
    summaries, suites = [], []
    for one in finished:
        name = one.plan.target.name
        head = {"target": name, "runner": prepared.runners[name], **common, "wall_s": round(one.wall_s, 2),
                "interrupted": any(o.interrupted for o in one.outcomes)}
        summary = results.summarise(one.folder / runs.EVENTS, head, files)
        if one.expected == 0 and not summary["failed"] and not summary["interrupted"]:
            summary["skipped"].append({"what": name,
                                       "why": f"no case matches {common['case_selection']} on this target"})
        suite = junit.suite(one.folder / runs.EVENTS, name, one.wall_s)
        results.write_json(one.folder / results.SUMMARY, summary)
        junit.write(one.folder / results.JUNIT, [suite])
        summaries.append(summary)
        suites.append(suite)
    total = results.overall(summaries)
    results.write_json(options.results / results.SUMMARY, total)
    junit.write(options.results / results.JUNIT, suites)
    return total
