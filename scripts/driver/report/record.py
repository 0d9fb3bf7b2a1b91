"""From runs to the results folder: refuses runs without a case, adds blame, writes summaries and JUnit files.
A target that has ended takes the place of its older results at once and as a whole; what is over all targets,
when the last one has."""
from __future__ import annotations

import json
from typing import Any

from .. import folders, project
from ..context import Context
from ..errors import UsageError
from ..nearest import hint
from ..probe import event_file, listing, retry
from ..probe.plan import Plan
from ..probe.prepare import Prepared, RunOptions
from ..probe.runs import TargetRun
from ..unfinished import Unfinished, digest
from . import junit, results
from .results import Summary

_PUBLISHED = "published"   # in a target's folder of the unfinished run: its results are where they belong


def identity(context: Context, prepared: Prepared, options: RunOptions) -> dict[str, Any]:
    """What decides the events of a run (unfinished.py)."""
    return {"targets": [plan.target.name for plan in prepared.plans],
            "cases": prepared.cases.text(context.root), "mode": options.mode, "depth": options.depth,
            "seed": options.seed, "seeds": options.seeds, "shard": str(options.shard),
            "runner": options.runner.given,
            "sut": str(options.sut or ""), "revision": project.revision(context.root),
            **{f"the runner of {name}": said for name, said in prepared.runners.items()},
            **{f"the probe of {plan.target.name}": digest(plan.probe) for plan in prepared.plans}}


class Recorder:
    """Writes what the runs of a command's targets find."""

    def __init__(self, context: Context, prepared: Prepared, options: RunOptions, work: Unfinished) -> None:
        self.context, self.prepared, self.options, self.work = context, prepared, options, work
        self.cases = prepared.cases.text(context.root)
        self._common = {"mode": options.mode, "depth": options.depth, "seed": options.seed,
                        "seeds": options.seeds, "shards": str(options.shard),
                        "revision": project.revision(context.root),
                        "case_selection": self.cases, "sut": str(options.sut or "")}
        self._files = prepared.cases.files_text(context.root)
        self._summaries: dict[str, Summary] = {}

    def open_plans(self) -> list[Plan]:
        """Those that an earlier part of this run has not recorded."""
        for plan in self.prepared.plans:
            name = plan.target.name
            path = self.options.results / name / results.SUMMARY
            if (self.work.folder / name / _PUBLISHED).exists() and path.exists():
                self._summaries[name] = json.loads(path.read_text(encoding="utf-8"))
        return [plan for plan in self.prepared.plans if plan.target.name not in self._summaries]

    def ended(self, one: TargetRun) -> None:
        """Records a target, unless it depends on the others whether that is right (total). Called by several
        threads."""
        if one.usage is None and not one.interrupted and one.expected > 0:
            self._record(one)

    def total(self, finished: list[TargetRun]) -> Summary:
        """Records the rest, and returns the summary over all targets. `finished`: all that ran now."""
        self._refuse_empty(finished)
        for one in finished:
            if one.plan.target.name not in self._summaries:
                self._record(one)
        names = [plan.target.name for plan in self.prepared.plans]
        total = results.overall([self._summaries[name] for name in names])
        folder = self.options.results
        junit.write_joined(folder / results.JUNIT, [folder / name / results.JUNIT for name in names])
        folders.write_json(folder / results.SUMMARY, total)
        return total

    def _refuse_empty(self, finished: list[TargetRun]) -> None:
        """A run without a case is a mistake in the arguments, never a pass."""
        stop, shard = self.context.stop, self.options.shard
        usages = [f"{r.plan.target.name}: the probe says: {r.usage}" for r in finished if r.usage]
        if usages:
            self.work.finish()
            raise UsageError("\n".join(dict.fromkeys(usages)))
        if stop.requested and not self._summaries and all(r.done == 0 for r in finished):
            raise stop.error(" before the first case had ended")
        empty = [r for r in finished if r.expected == 0 and not any(c.failures for c in r.counters)
                 and not stop.requested]
        if empty and (len(empty) == len(self.prepared.plans) or not self.cases):
            self.work.finish()
            names = ", ".join(r.plan.target.name for r in empty)
            asked = f" that matches '{self.cases}'" if self.cases else ""
            part = f" in shard {shard}" if shard.n > 1 else ""
            glob = empty[0].plan.glob
            meant = hint(glob, listing.names(self.context, empty[0].plan)) if glob else ""
            raise UsageError(f"there is no case{asked}{part} on {names}, so nothing was checked{meant}")

    def _record(self, one: TargetRun) -> None:
        """Completes a target's folder, and puts it in the place of the older one."""
        name = one.plan.target.name
        retry.assign(self.context, one.plan, one.events)
        head = {"target": name, "runner": self.prepared.runners[name],
                "runner_given": self.options.runner.given, **self._common,
                "wall_s": round(one.wall_s, 2), "interrupted": one.interrupted}
        summary = results.summarise(one.events, head, self._files)
        if one.expected == 0 and not summary["failed"] and not summary["interrupted"]:
            summary["skipped"].append({"what": name,
                                       "why": f"no case matches {self.cases} on this target"})
        folders.write_json(one.complete / results.SUMMARY, summary)
        junit.write_events(one.complete / results.JUNIT, one.events, name, one.wall_s)
        folders.replace(one.complete, self.options.results / name, keep=True, but=event_file.NAMES)
        if not one.interrupted:
            (one.folder / _PUBLISHED).touch()
        self._summaries[name] = summary
