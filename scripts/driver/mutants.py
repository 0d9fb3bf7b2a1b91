"""The mutants command: faults put into the code under test, the tables and the marks, one at a time; each must turn a check red.
The probe that is linked with harness/mutants tells of each mutant as if it were a case, so that one which takes the probe
down with it is buried and counted like any other."""
from __future__ import annotations

import dataclasses
import fnmatch
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from . import build, check, children, events, project, results, run, setup
from .casefiles import Selection
from .errors import FAILED, PASSED, DriverError, UsageError
from .probe import Plan
from .shard import Shard
from .targets import Target

Mutant = dict[str, Any]

FILE = "mutants.json"
CLASSES = "classes.tsv"         # of a port's tests: arch/<arch>/test
EQUIVALENT = "equivalent.tsv"
# Each can be switched off (the probe's --without), and each must be needed: the matrix has a line for it.
ORACLES = ("decision", "frame", "sp-delta", "state", "cross", "layout", "liveness", "coverage", "crash", "hang", "platform",
           "truth", "pairs", "nested")
MAX_EQUIVALENT = 0.05     # of a target's mutants
HANG_S = 15.0             # no mutant is silent for so long but one that has taken the probe along
SHOWN = 20                # survivors of each target on the terminal
_RANK = {"killed": 0, "survived": 1, "equivalent": 2}


def mutants(options: check.Options, which: str | None, stop: children.StopRequest) -> tuple[int, str]:
    """Runs the mutants that `which` (a glob over ids or classes) names; writes mutants.json; returns exit code and last line."""
    root = project.root()
    results.prepare(options.results)
    chosen, selection = check.choose(options, stop)
    built = build.probes(root, chosen, build.Recipe(options.seed, selection, options.sut, mutants=True), options.jobs, stop)
    chosen = check.runnable(options, chosen, built, stop)
    from . import progress, report  # rich may have been installed by choose() only
    out = report.console(to_stderr=options.json)
    plans = [Plan(t, root, built[t.name], check.prefix(t, options.runner, "pin", root, stop), seed=options.seed,
                  hang_s=min(options.hang_s, HANG_S), extra=("--mutants", "--mutant", which or "*")) for t in chosen]
    raw = options.results / ".mutants"
    try:
        with progress.Display(out, what="mutants") as display:
            found = Found(plans, raw, options, stop, display.update).all()
    finally:
        shutil.rmtree(raw, ignore_errors=True)
    for name, run_ in found.by_target.items():
        found.by_target[name] = asked(run_, which)
    if not stop.requested and not any(found.by_target.values()) and not any(found.broken.values()):
        raise UsageError(f"there is no mutant that matches '{which or '*'}'")
    for t in chosen:
        believe(found.by_target[t.name], read_all(t.test_files(root, EQUIVALENT), ("mutant", "why")))
    total = summarise(found, {t.name: read_classes(t.test_files(root, CLASSES)) for t in chosen}, which, stop.requested)
    for one in total["targets"]:
        results.write_json(options.results / one["target"] / FILE, one)
    results.write_json(options.results / FILE, {**total, "targets": [{k: v for k, v in one.items() if k != "mutants"}
                                                                     for one in total["targets"]]})
    if options.json:
        results.print_json(total)
    show(report, out, total)
    return verdict(total, options.results / FILE)


class Found:
    """Collects what became of each target's mutants, from as many passes as it takes."""

    def __init__(self, plans: list[Plan], raw: Path, options: check.Options, stop: children.StopRequest,
                 watch: Callable[[list[run.TargetRun]], None]) -> None:
        self.plans, self.raw, self.options, self.stop, self.watch = plans, raw, options, stop, watch
        self.by_target: dict[str, dict[str, Mutant]] = {p.target.name: {} for p in plans}
        self.broken: dict[str, list[str]] = {p.target.name: [] for p in plans}
        self.left_out: dict[str, dict[str, dict[str, Any]]] = {p.target.name: {} for p in plans}   # by kind; each pass says the same
        self.wall: dict[str, float] = {p.target.name: 0.0 for p in plans}

    def all(self) -> "Found":
        self._pass(self.plans, "first")
        if self.options.runner == "qemu":
            # What one CPU model never executes, another may.
            for k in range(max(len(p.target.cpus) for p in self.plans)):
                more = [self._on_cpu(p, p.target.cpus[k]) for p in self.plans
                        if k < len(p.target.cpus) and self._open(p.target)]
                if more and not self.stop.requested:
                    self._pass(more, f"cpu-{k}")
        for plan in self.plans:
            self._fresh(plan)
            for mutant in self._open(plan.target) if plan.target.cpus and not plan.prefix else []:
                mutant["why"] = mutant["why"] or f"not tried on other CPUs ({', '.join(plan.target.cpus)}), as RUNNER=qemu does"
        return self

    def _on_cpu(self, plan: Plan, cpu: str) -> Plan:
        return dataclasses.replace(plan, prefix=(*plan.prefix, "-cpu", cpu), extra=("--mutants", "--mutant", "stub.*"))

    def _open(self, target: Target) -> list[Mutant]:
        """The mutants of the stub that no run has killed so far."""
        return [m for m in self.by_target[target.name].values() if m["id"].startswith("stub.") and m["status"] != "killed"]

    def _fresh(self, plan: Plan) -> None:
        """What the stub does once only is done before the first mutant: such instructions get a probe of their own."""
        for mutant in self._open(plan.target):
            if self.stop.requested:
                continue
            for prefix in [plan.prefix, *((*plan.prefix, "-cpu", cpu) for cpu in plan.target.cpus if plan.prefix)]:
                alone = dataclasses.replace(plan, prefix=prefix, extra=("--mutants", "--fresh", "--mutant", mutant["id"]))
                self._pass([alone], "fresh")

    def _pass(self, plans: list[Plan], name: str) -> None:
        runs = run.all_targets(plans, self.raw / name, Shard(1, 1), self.options.jobs, self.stop, self.watch)
        for one in runs:
            target = one.plan.target.name
            self.wall[target] += one.wall_s
            usages = [o.usage for o in one.outcomes if o.usage]
            if usages:
                raise UsageError(f"{target}: the probe says: {usages[0]}")
            self._read(target, one.folder / run.EVENTS)

    def _read(self, target: str, path: Path) -> None:
        begun: Mutant | None = None
        told = False
        for event in events.read(path):
            kind = event.pop("ev")
            if kind == "begin":
                begun, told = event, False
            elif kind == "mutant":
                told = True
                self._merge(target, event)
            elif kind == "left_out":
                self.left_out[target][event["kind"]] = event
            elif kind == "fail" and event.get("by") == "driver" and begun is not None and not told:
                told = True
                self._merge(target, {"id": begun["case"], "class": begun.get("class", "M13"), "what": begun.get("what", ""),
                                     "status": "killed", "oracle": event["oracle"], "case": "", "also": event["oracle"],
                                     "why": f"took the probe down: {event['got']}", "us": 0})
            elif kind == "fail":
                self.broken[target].append(f"{event['id']}: {event['oracle']}: expected {event['expected']}, got {event['got']}")
            elif kind == "case":
                begun = None

    def _merge(self, target: str, mutant: Mutant) -> None:
        known = self.by_target[target].setdefault(mutant["id"], mutant)
        if _RANK[mutant["status"]] < _RANK[known["status"]]:
            self.by_target[target][mutant["id"]] = mutant


def read_rows(path: Path, names: tuple[str, ...]) -> list[dict[str, str]]:
    """The lines of a TSV file with these fields, comments aside; none if there is no such file."""
    rows = []
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else []:
        if line.strip() and not line.startswith("#"):
            fields = line.split("\t")
            if len(fields) != len(names):
                raise DriverError(f"{path}: a line that is not {len(names)} fields: {line!r}")
            rows.append(dict(zip(names, fields)))
    return rows


def read_all(paths: list[Path], names: tuple[str, ...]) -> list[dict[str, str]]:
    return [row for path in paths for row in read_rows(path, names)]


def read_classes(paths: list[Path]) -> list[dict[str, str]]:
    """Where a class has no mutant on a target: status ("not applicable" or "needs <what>"), why."""
    return read_all(paths, ("class", "status", "why"))


def believe(mutants_: dict[str, Mutant], rows: list[dict[str, str]]) -> None:
    """Survivors that equivalent.tsv argues to be equivalent, by what they are ("mutant": a glob over "what")."""
    for m in mutants_.values():
        for row in rows:
            if m["status"] == "survived" and fnmatch.fnmatchcase(m["what"], row["mutant"]):
                m |= {"status": "equivalent", "why": f"by hand: {row['why']}"}


def asked(run_: dict[str, Mutant], which: str | None) -> dict[str, Mutant]:
    """Those that `which` names, and all survivors: the class of a stub's mutant is known by what it loses, so that the probe has to
    run every one that may be of a class."""
    return {key: m for key, m in run_.items() if which is None or m["status"] == "survived"
            or fnmatch.fnmatchcase(m["id"], which) or fnmatch.fnmatchcase(m["class"], which)}


def class_note(rows: list[dict[str, str]], name: str) -> dict[str, str] | None:
    """What a target's classes.tsv says of a class, if anything."""
    return next((row for row in rows if row["class"] == name), None)


def summarise(found: Found, classes: dict[str, list[dict[str, str]]], which: str | None, interrupted: bool) -> dict[str, Any]:
    every = [f"M{k}" for k in range(1, 37)]
    summaries = []
    for plan in found.plans:
        name = plan.target.name
        all_mutants = list(found.by_target[name].values())
        for m in all_mutants:
            note = class_note(classes[name], m["class"]) if m["status"] == "survived" and not m["why"] else None
            if note:
                m["why"] = f"{note['status']}: {note['why']}"
        by_class = {}
        for class_ in sorted({m["class"] for m in all_mutants}, key=_class_order):
            by_class[class_] = counts([m for m in all_mutants if m["class"] == class_])
        missing, without = [], []
        for class_ in every if which is None else []:
            note = class_note(classes[name], class_)
            if class_ not in by_class:
                without.append({"class": class_, **({"status": note["status"], "why": note["why"]} if note else
                                                    {"status": "missing", "why": ""})})
                if note is None:
                    missing.append(class_)
        summaries.append({"target": name, **counts(all_mutants), "classes": by_class, "without_mutants": without,
                          "missing": missing, "matrix": matrix(all_mutants), "left_out": list(found.left_out[name].values()),
                          "broken": found.broken[name], "wall_s": round(found.wall[name], 1), "mutants": all_mutants})
    return {"schema": 1, "which": which or "*", "interrupted": interrupted, "targets": summaries}


def _class_order(name: str) -> tuple[int, str]:
    digits = name[1:]
    return (int(digits), name) if digits.isdigit() else (999, name)


def counts(some: list[Mutant]) -> dict[str, Any]:
    by = {status: sum(m["status"] == status for m in some) for status in _RANK}
    real = len(some) - by["equivalent"]
    return {"all": len(some), **by, "score": round(by["killed"] / real, 4) if real else 1.0}


def matrix(some: list[Mutant]) -> dict[str, dict[str, int]]:
    """For each oracle: how many mutants it was the first to kill, and how many nothing else at the same depth kills. Truth, pairs
    and nested see what the others leave alive."""
    rows = {}
    for oracle in [*ORACLES, *sorted({m["oracle"] for m in some if m["status"] == "killed"} - set(ORACLES))]:
        mine = [m for m in some if m["status"] == "killed" and m["oracle"] == oracle]
        rows[oracle] = {"first": len(mine), "alone": sum(not m.get("also") for m in mine)}
    return rows


def show(report: Any, out: Any, total: dict[str, Any]) -> None:
    for one in total["targets"]:
        rows = [[one["target"], name, c["all"], c["killed"], c["survived"], c["equivalent"], f"{c['score']:.1%}"]
                for name, c in [*one["classes"].items(), ("all", one)]]
        report.print_table(out, report.table(("target", "class", "mutants", "killed", "survived", "equivalent", "score"), rows,
                                             left=2, bad=[i for i, row in enumerate(rows[:-1]) if row[4]]))
        for note in one["without_mutants"]:
            out.print(f"{note['class']}: no mutant on {one['target']}: {note['status']}: {note['why']}", soft_wrap=True)
        survivors = [m for m in one["mutants"] if m["status"] == "survived"]
        for m in survivors[:SHOWN]:
            out.print(f"SURVIVED {one['target']}/{m['id']} ({m['class']}): {m['what']}" + (f": {m['why']}" if m["why"] else ""),
                      soft_wrap=True)
        if len(survivors) > SHOWN:
            out.print(f"... and {len(survivors) - SHOWN} more survivors in {one['target']}/{FILE}")
        for left in one["left_out"] if total["which"] == "*" else []:
            out.print(f"{left['kind']} on {one['target']}: tables of {left['cases']} of {left['of_cases']} cases; left out "
                      f"{left['as_original']} that say what the original says, {left['as_another']} that say what another mutant says",
                      soft_wrap=True)
        for line in one["broken"]:
            out.print(f"BROKEN {one['target']}: {line}", soft_wrap=True)
        out.print()
    every = sorted({o for one in total["targets"] for o in one["matrix"]} - set(ORACLES))
    shown = [o for o in (*ORACLES, *every) if total["which"] == "*" or any(one["matrix"].get(o, {}).get("first") for one in total["targets"])]
    rows = [[o, *(f"{n['first']}/{n['alone']}" for n in (one["matrix"].get(o, {"first": 0, "alone": 0}) for one in total["targets"]))]
            for o in shown]
    out.print("Killed first by each oracle / by it alone (with it switched off the mutant survives):")
    report.print_table(out, report.table(["oracle", *(one["target"] for one in total["targets"])], rows,
                                         bad=[k for k, o in enumerate(shown) if o in ORACLES and _targets_without(total, o)]))


def _targets_without(total: dict[str, Any], oracle: str) -> list[str]:
    """The targets on which no mutant needs this oracle, in a run of all mutants."""
    return [one["target"] for one in total["targets"] if total["which"] == "*" and not one["matrix"][oracle]["alone"]]


def verdict(total: dict[str, Any], path: Path) -> tuple[int, str]:
    every = total["targets"]
    all_, killed = sum(t["all"] for t in every), sum(t["killed"] for t in every)
    equivalent, survived = sum(t["equivalent"] for t in every), sum(t["survived"] for t in every)
    said = (f"{all_} mutants, {killed} killed, {survived} survived, {equivalent} equivalent, score "
            f"{killed / max(1, all_ - equivalent):.1%}; see {path}")
    if total["interrupted"]:
        return FAILED, f"failed: interrupted after {said}"
    broken = [t["target"] for t in every if t["broken"]]
    if broken:
        return FAILED, f"failed: the unmutated cases do not pass on {', '.join(broken)}; {said}"
    if survived:
        return FAILED, f"failed: {said}"
    if argued := [f"{t['target']} {t['equivalent']} of {t['all']}" for t in every
                  if total["which"] == "*" and t["equivalent"] > MAX_EQUIVALENT * t["all"]]:
        return FAILED, f"failed: more than {MAX_EQUIVALENT:.0%} are called equivalent on {', '.join(argued)}; {said}"
    if idle := [f"{o} on {', '.join(where)}" for o in ORACLES if (where := _targets_without(total, o))]:
        return FAILED, f"failed: no mutant needs the oracle {'; '.join(idle)}; {said}"
    missing = {c for t in every for c in t["missing"]}
    if missing:
        return FAILED, f"failed: no mutant and no reason in the port's test/{CLASSES} for {', '.join(sorted(missing, key=_class_order))}; {said}"
    return PASSED, f"passed: {said}"
