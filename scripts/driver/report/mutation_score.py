"""What the mutants' fates amount to: equivalents, classes, the matrix of oracles, the score and the
verdict."""
from __future__ import annotations

import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import FAILED, PASSED
from ..probe.mutant_passes import STATUSES, Found, Mutant
from ..tsv import read_all
from . import console

if TYPE_CHECKING:
    from rich.console import Console

FILE = "mutants.json"
CLASSES = "classes.tsv"         # of a port's tests: arch/<arch>/test
EQUIVALENT = "equivalent.tsv"
ONE_CPU = "equivalent-one-cpu.tsv"   # the same of targets that no other CPU model can be had for
# Each can be switched off (the probe's --without), and each must be needed: the matrix has a line for it.
ORACLES = ("decision", "frame", "sp-delta", "return", "roots", "state", "cross", "layout", "liveness",
           "coverage", "crash", "hang", "platform", "truth", "pairs", "nested")
# Where a target has nothing of what an oracle is about, classes.tsv says so of this class.
ABOUT = {"roots": "M38"}
MAX_EQUIVALENT = 0.05     # of a target's mutants
SHOWN = 20                # survivors of each target on the terminal


def read_classes(paths: list[Path]) -> list[dict[str, str]]:
    """Where a class has no mutant on a target: status ("not applicable" or "needs <what>"), why."""
    return read_all(paths, ("class", "status", "why"))


def read_equivalent(paths: list[Path]) -> list[dict[str, str]]:
    """Survivors that somebody has argued to be equivalent."""
    return read_all(paths, ("mutant", "why"))


def believe(mutants: dict[str, Mutant], rows: list[dict[str, str]]) -> None:
    """Survivors that equivalent.tsv argues to be equivalent, by what they are ("mutant": a glob over
    "what", or over "id: what"); of those that no run reached, why none can."""
    for m in mutants.values():
        for row in rows:
            names = (m["what"], f"{m['id']}: {m['what']}")
            if not any(fnmatch.fnmatchcase(name, row["mutant"]) for name in names):
                continue
            if m["status"] == "survived":
                m |= {"status": "equivalent", "why": f"by hand: {row['why']}"}
            elif m["status"] == "equivalent" and m["why"].startswith("unreached"):
                m["why"] += f"; by hand: {row['why']}"


def asked(run_: dict[str, Mutant], which: str | None) -> dict[str, Mutant]:
    """Those that `which` names, and all survivors: the class of a stub's mutant is known by what it loses, so
    that the probe has to run every one that may be of a class."""
    return {key: m for key, m in run_.items() if which is None or m["status"] == "survived"
            or fnmatch.fnmatchcase(m["id"], which) or fnmatch.fnmatchcase(m["class"], which)}


def class_note(rows: list[dict[str, str]], name: str) -> dict[str, str] | None:
    """What a target's classes.tsv says of a class, if anything."""
    return next((row for row in rows if row["class"] == name), None)


def summarise(found: Found, classes: dict[str, list[dict[str, str]]], which: str | None,
              interrupted: bool) -> dict[str, Any]:
    which = None if which == "*" else which
    every = [f"M{k}" for k in range(1, 39)]
    summaries = []
    for plan in found.plans:
        name = plan.target.name
        all_mutants = list(found.by_target[name].values())
        for m in all_mutants:
            note = class_note(classes[name], m["class"])
            if note and m["status"] == "survived" and not m["why"]:
                m["why"] = f"{note['status']}: {note['why']}"
        by_class = {}
        for class_ in sorted({m["class"] for m in all_mutants}, key=_class_order):
            by_class[class_] = counts([m for m in all_mutants if m["class"] == class_])
        missing, without = [], []
        for class_ in every if which is None else []:
            note = class_note(classes[name], class_)
            if class_ not in by_class:
                without.append({"class": class_,
                                **({"status": note["status"], "why": note["why"]} if note else
                                                    {"status": "missing", "why": ""})})
                if note is None:
                    missing.append(class_)
        summaries.append({"target": name, **counts(all_mutants), "classes": by_class,
                          "without_mutants": without,
                          "missing": missing, "matrix": matrix(all_mutants),
                          "left_out": list(found.left_out[name].values()),
                          "broken": found.broken[name], "wall_s": round(found.wall[name], 1),
                          "mutants": all_mutants})
    return {"schema": 1, "which": which or "*", "interrupted": interrupted, "targets": summaries}


def _class_order(name: str) -> tuple[int, str]:
    digits = name[1:]
    return (int(digits), name) if digits.isdigit() else (999, name)


def counts(some: list[Mutant]) -> dict[str, Any]:
    by = {status: sum(m["status"] == status for m in some) for status in STATUSES}
    real = len(some) - by["equivalent"]
    return {"all": len(some), **by, "score": round(by["killed"] / real, 4) if real else 1.0}


def matrix(some: list[Mutant]) -> dict[str, dict[str, int]]:
    """For each oracle: how many mutants it was the first to kill, and how many nothing else at the same depth
    kills. Truth, pairs and nested see what the others leave alive."""
    rows = {}
    for oracle in [*ORACLES, *sorted({m["oracle"] for m in some if m["status"] == "killed"} - set(ORACLES))]:
        mine = [m for m in some if m["status"] == "killed" and m["oracle"] == oracle]
        rows[oracle] = {"first": len(mine), "alone": sum(not m.get("also") for m in mine)}
    return rows


def show(out: Console, total: dict[str, Any]) -> None:
    for one in total["targets"]:
        rows = [[one["target"], name, c["all"], c["killed"], c["survived"], c["equivalent"],
                 f"{c['score']:.1%}"]
                for name, c in [*one["classes"].items(), ("all", one)]]
        console.print_table(out, console.table(("target", "class", "mutants", "killed", "survived",
                                                "equivalent", "score"), rows,
                                             left=2, bad=[i for i, row in enumerate(rows[:-1]) if row[4]]))
        for note in one["without_mutants"]:
            out.print(f"{note['class']}: no mutant on {one['target']}: {note['status']}: {note['why']}",
                      soft_wrap=True)
        survivors = [m for m in one["mutants"] if m["status"] == "survived"]
        for m in survivors[:SHOWN]:
            out.print(f"SURVIVED {one['target']}/{m['id']} ({m['class']}): {m['what']}"
                      + (f": {m['why']}" if m["why"] else ""),
                      soft_wrap=True)
        if len(survivors) > SHOWN:
            out.print(f"... and {len(survivors) - SHOWN} more survivors in {one['target']}/{FILE}")
        for left in one["left_out"] if total["which"] == "*" else []:
            out.print(f"{left['kind']} on {one['target']}: tables of {left['cases']} of {left['of_cases']} "
                      f"cases; left out {left['as_original']} that equal the original and "
                      f"{left['as_another']} that equal another mutant's", soft_wrap=True)
        for line in one["broken"]:
            out.print(f"BROKEN {one['target']}: {line}", soft_wrap=True)
        out.print()
    every = sorted({o for one in total["targets"] for o in one["matrix"]} - set(ORACLES))
    shown = [o for o in (*ORACLES, *every) if total["which"] == "*"
             or any(one["matrix"].get(o, {}).get("first") for one in total["targets"])]
    rows = [[o, *(f"{n['first']}/{n['alone']}"
                  for n in (one["matrix"].get(o, {"first": 0, "alone": 0}) for one in total["targets"]))]
            for o in shown]
    out.print("Killed first by each oracle / by it alone (with it switched off the mutant survives):")
    console.print_table(out, console.table(["oracle", *(one["target"] for one in total["targets"])], rows,
                                         bad=[k for k, o in enumerate(shown) if o in ORACLES
                                              and _targets_without(total, o)]))


def _targets_without(total: dict[str, Any], oracle: str) -> list[str]:
    """The targets on which no mutant needs this oracle, in a run of all mutants, though it is about something
    that they have."""
    return [one["target"] for one in total["targets"] if total["which"] == "*"
            and not one["matrix"][oracle]["alone"]
            and not any(note["class"] == ABOUT.get(oracle) and note["status"] == "not applicable"
                        for note in one["without_mutants"])]


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
        return FAILED, (f"failed: more than {MAX_EQUIVALENT:.0%} are called equivalent on "
                        f"{', '.join(argued)}; {said}")
    if idle := [f"{o} on {', '.join(where)}" for o in ORACLES if (where := _targets_without(total, o))]:
        return FAILED, f"failed: no mutant needs the oracle {'; '.join(idle)}; {said}"
    missing = {c for t in every for c in t["missing"]}
    if missing:
        return FAILED, (f"failed: no mutant and no reason in the port's test/{CLASSES} for "
                        f"{', '.join(sorted(missing, key=_class_order))}; {said}")
    return PASSED, f"passed: {said}"
