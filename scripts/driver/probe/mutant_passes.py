"""Runs the probe that is linked with harness/mutants, in as many passes as it takes. It reports each mutant
as if it were a case, so that a mutant which takes the probe down with it is blamed and counted like any
other."""
from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ..build.targets import Target
from ..context import Context
from ..errors import UsageError
from . import events
from .plan import Plan
from .runs import TargetRun, all_targets
from .shard import Shard, parts_per_target

Mutant = dict[str, Any]

_RANK = {"killed": 0, "survived": 1, "equivalent": 2}
STATUSES = tuple(_RANK)


class Found:
    """Collects what became of each target's mutants, from as many passes as it takes. Each has its own folder
    in `raw`, and what is there from before is continued; `jobs` is what it was begun with."""

    def __init__(self, context: Context, plans: list[Plan], raw: Path, jobs: int,
                 watch: Callable[[list[TargetRun]], None]) -> None:
        self.context, self.plans, self.raw, self.jobs, self.watch = context, plans, raw, jobs, watch
        self.by_target: dict[str, dict[str, Mutant]] = {p.target.name: {} for p in plans}
        self.broken: dict[str, list[str]] = {p.target.name: [] for p in plans}
        # by kind; each pass says the same
        self.left_out: dict[str, dict[str, dict[str, Any]]] = {p.target.name: {} for p in plans}
        self.wall: dict[str, float] = {p.target.name: 0.0 for p in plans}

    def all(self) -> Found:
        """Every pass that it takes; QEMU can try several CPU models."""
        self._pass(self.plans, "first")
        if all(plan.start.prefix for plan in self.plans):
            # What one CPU model never executes, another may.
            for k in range(max(len(p.target.cpus) for p in self.plans)):
                more = [self._on_cpu(p, p.target.cpus[k]) for p in self.plans
                        if k < len(p.target.cpus) and self._open(p.target)]
                if more and not self.context.stop.requested:
                    self._pass(more, f"cpu-{k}")
        for plan in self.plans:
            self._fresh(plan)
            for mutant in self._open(plan.target) if plan.target.cpus and not plan.start.prefix else []:
                mutant["why"] = (mutant["why"]
                                 or f"not tried on other CPUs ({', '.join(plan.target.cpus)}), as "
                                    "RUNNER=qemu does")
        return self

    def _on_cpu(self, plan: Plan, cpu: str) -> Plan:
        return dataclasses.replace(plan, start=plan.start.on_cpu(cpu),
                                   extra=("--mutants", "--mutant", "stub.*"))

    def _open(self, target: Target) -> list[Mutant]:
        """The mutants of the stub that no run has killed so far."""
        return [m for m in self.by_target[target.name].values() if m["id"].startswith("stub.")
                and m["status"] != "killed"]

    def _fresh(self, plan: Plan) -> None:
        """What the stub does once only is done before the first mutant: such instructions get a probe of
        their own."""
        for mutant in self._open(plan.target):
            if self.context.stop.requested:
                continue
            for k, start in enumerate([plan.start, *(plan.start.on_cpu(cpu) for cpu in plan.target.cpus
                                                     if plan.start.prefix)]):
                alone = dataclasses.replace(plan, start=start,
                                            extra=("--mutants", "--fresh", "--mutant", mutant["id"]))
                self._pass([alone], f"fresh-{k}-{mutant['id'].replace('/', '_')}")

    def _pass(self, plans: list[Plan], name: str) -> None:
        parts = parts_per_target(len(plans), self.jobs)
        finished = all_targets(self.context, plans, self.raw / name, Shard(1, 1), self.watch, parts)
        for one in finished:
            target = one.plan.target.name
            self.wall[target] += one.wall_s
            if one.usage:
                raise UsageError(f"{target}: the probe says: {one.usage}")
            self._read(target, one.events)

    def _read(self, target: str, path: Path) -> None:
        begun: Mutant | None = None
        reported = False
        for event in events.read(path):
            kind = event.pop("ev")
            if kind == "begin":
                begun, reported = event, False
            elif kind == "mutant":
                reported = True
                self._merge(target, event)
            elif kind == "left_out":
                self.left_out[target][event["kind"]] = event
            elif kind == "fail" and event.get("by") == "driver" and begun is not None and not reported:
                reported = True
                self._merge(target, {"id": begun["case"], "class": begun.get("class", "M13"),
                                     "what": begun.get("what", ""),
                                     "status": "killed", "oracle": event["oracle"], "case": "",
                                     "also": event["oracle"],
                                     "why": f"took the probe down: {event['got']}", "us": 0})
            elif kind == "fail":
                self.broken[target].append(f"{event['id']}: {event['oracle']}: expected {event['expected']}, "
                                           f"got {event['got']}")
            elif kind == "case":
                begun = None

    def _merge(self, target: str, mutant: Mutant) -> None:
        known = self.by_target[target].setdefault(mutant["id"], mutant)
        if _RANK[mutant["status"]] < _RANK[known["status"]]:
            self.by_target[target][mutant["id"]] = mutant
