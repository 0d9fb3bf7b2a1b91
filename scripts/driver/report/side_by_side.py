"""The same check under several runners: what each came to, and where their events differ. A difference is the
runners' doing, as all else is the same: what is not alike has blame "runner", and says what each gave. Where
cases/runners.tsv says why two runners differ, a difference is listed as explained."""
from __future__ import annotations

import fnmatch
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..build.targets import among
from ..errors import FAILED, PASSED
from ..probe import events, runs
from ..tsv import read_rows
from . import console, results

if TYPE_CHECKING:
    from rich.console import Console

Difference = dict[str, Any]
FILE = Path("cases/runners.tsv")
COLUMNS = ("targets", "one", "other", "what", "cases", "why")
MAX_DIFFERENCES = 1000   # listed; "differ" counts them all
_COLUMNS = ("target", "runner", "verdict", "cases", "PCs covered", "shots", "us/shot", "s")
_NOT_COUNTS = ("ev", "index", "case", "failures")


@dataclass(frozen=True)
class Run:
    """A check that has ended. `given`: its runner, as --runner takes it."""

    given: str
    folder: Path
    code: int


@dataclass
class _Seen:
    """What a target's events say, as far as it may differ."""

    cases: dict[str, dict[str, Any]] = field(default_factory=dict)
    failing: dict[str, list[str]] = field(default_factory=dict)   # by case; its failures, each as a text
    platform: dict[str, list[str]] = field(default_factory=dict)
    skips: set[str] = field(default_factory=set)
    wrong: bool = False   # by the platform's self-test


class Known:
    """The rows of cases/runners.tsv."""

    def __init__(self, root: Path) -> None:
        self.rows = read_rows(root / FILE, COLUMNS)

    def explains(self, difference: Difference, one: str, other: str) -> str:
        """Why these two runners, named as in the reports, differ there; "" if no row says so."""
        for row in self.rows:
            if (among(difference["target"], row["targets"]) and row["what"] == difference["what"]
                    and fnmatch.fnmatchcase(difference["case"], row["cases"])
                    and any(fnmatch.fnmatchcase(a, row["one"]) and fnmatch.fnmatchcase(b, row["other"])
                            for a, b in ((one, other), (other, one)))):
                return row["why"]
        return ""


def compare(made: list[Run], known: Known) -> dict[str, Any]:
    """The object of runners.json."""
    rows = [{**_row(target), "runner_given": run.given, "exit": run.code}
            for run in made for target in _summary(run)["targets"]]
    by_target: dict[str, list[Run]] = {}
    for run in made:
        for target in _summary(run)["targets"]:
            by_target.setdefault(target["target"], []).append(run)
    found = [one for name, several in by_target.items() if len(several) > 1
             for one in _differences(name, several, known)]
    return {"schema": 1, "runners": [run.given for run in made],
            "rows": sorted(rows, key=lambda row: list(by_target).index(row["target"])),
            "alone": {name: several[0].given for name, several in by_target.items() if len(several) == 1},
            "differ": len(found), "explained": sum(bool(one["explained"]) for one in found),
            "wrong": sum(one["fails"] for one in found),
            "differences": found[:MAX_DIFFERENCES],
            "exit": PASSED if all(run.code == PASSED for run in made)
            and not any(one["fails"] for one in found) else FAILED}


def _summary(run: Run) -> dict[str, Any]:
    return results.read_summary(run.folder)


def _row(target: dict[str, Any]) -> dict[str, Any]:
    return {name: target[name] for name in ("target", "runner", "failed", "cases", "covered_pcs",
                                            "reportable_pcs", "shots", "shot_us", "wall_s")}


def _seen(path: Path) -> _Seen:
    made, failing = _Seen(), []
    for event in events.read(path):
        kind = event["ev"]
        if kind == "fail":
            made.wrong |= event["oracle"] == "platform"
            failing.append(f"{event['id']} fails {event['oracle']}: expected {event.get('expected', '')}, "
                           f"got {event.get('got', '')}")
        elif kind == "case":
            made.cases[event["case"]] = {name: value for name, value in event.items()
                                         if name not in (*_NOT_COUNTS, *events.TIMES)}
        elif kind == "platform":
            made.platform |= {name: sorted(event.get(name, [])) for name in ("lost", "exposed")}
        elif kind == "adversary":
            made.platform["lacking"] = sorted(event.get("lacking", []))
        elif kind == "skip":
            made.skips.add(f"{event['what']}: {event['why']}")
        if kind in ("case", "end", "begin") and failing:
            # Those before the first case, and of a case that broke off, belong to none.
            made.failing[event["case"] if kind == "case" else "-"] = failing
            failing = []
    if failing:
        made.failing["-"] = failing
    return made


def _differences(target: str, several: list[Run], known: Known) -> Iterator[Difference]:
    """Each other runner against the first."""
    names = {run.given: str(row["runner"]) for run in several for row in _summary(run)["targets"]
             if row["target"] == target}
    seen = {run.given: _seen(run.folder / target / runs.EVENTS) for run in several}
    (first, one), *others = seen.items()
    for given, other in others:
        wrong = [name for name, each in ((first, one), (given, other)) if each.wrong]
        why = (f"the platform's self-test fails under {' and '.join(wrong)}" if wrong else
               "nothing but the runner differs, and the platform's self-test passes under both")
        for what, case, said, others_said in _unlike(one, other):
            made = {"target": target, "case": case, "what": what, "blame": "runner",
                    "runners": {first: said, given: others_said}, "fails": bool(wrong), "why": why}
            yield made | {"explained": known.explains(made, names[first], names[given])}


def _unlike(one: _Seen, other: _Seen) -> Iterator[tuple[str, str, str, str]]:
    """What is not alike: its kind, the case or "-", and what each says."""
    for name in dict.fromkeys([*one.failing, *other.failing]):
        mine, its = one.failing.get(name, []), other.failing.get(name, [])
        if mine != its:
            yield "failures", name, "; ".join(mine) or "passes", "; ".join(its) or "passes"
    for name in dict.fromkeys([*one.cases, *other.cases]):
        a, b = one.cases.get(name), other.cases.get(name)
        if a is None or b is None:
            yield ("cases", name, "is not run" if a is None else "is run",
                   "is not run" if b is None else "is run")
        elif a != b:
            what = [key for key in dict.fromkeys([*a, *b]) if a.get(key) != b.get(key)]
            yield "counts", name, _counts(a, what), _counts(b, what)
    for name in ("lost", "exposed", "lacking"):
        mine, its = one.platform.get(name, []), other.platform.get(name, [])
        if mine != its:
            yield ("platform", "-", f"{name}: {' '.join(mine) or 'nothing'}",
                   f"{name}: {' '.join(its) or 'nothing'}")
    for skip in sorted(one.skips ^ other.skips):
        first, second = ("skips" if skip in each.skips else "does not skip" for each in (one, other))
        yield "skips", "-", f"{first} {skip}", f"{second} {skip}"


def _counts(event: dict[str, Any], names: list[str]) -> str:
    return ", ".join(f"{name} {event.get(name)}" for name in names)


def show(out: Console, made: dict[str, Any], most: int) -> None:
    """A row for each target and runner, and up to `most` differences of each target."""
    rows = made["rows"]
    cells = [[row["target"], row["runner"], "passed" if not row["failed"] else f"{row['failed']} failed",
              row["cases"], f"{row['covered_pcs']}/{row['reportable_pcs']}", row["shots"],
              f"{row['shot_us']:.1f}", f"{row['wall_s']:.1f}"] for row in rows]
    out.print()
    console.print_table(out, console.table(_COLUMNS, cells, left=3,
                                           bad=[k for k, row in enumerate(rows) if row["failed"]]))
    for name in made["alone"]:
        out.print(f"{name}: only one of the runners has it, so nothing is compared")
    explained = Counter((one["target"], one["explained"]) for one in made["differences"] if one["explained"])
    for (name, why), count in explained.items():
        out.print(f"{name}: {results.count(count, 'difference')} explained: {why}", soft_wrap=True)
    shown: dict[str, int] = {}
    for one in made["differences"]:
        if one["explained"]:
            continue
        shown[one["target"]] = shown.get(one["target"], 0) + 1
        if shown[one["target"]] > most:
            continue
        where = f"{one['target']}/{one['case']}" if one["case"] != "-" else one["target"]
        out.print(console.text(f"DIFFERS {where} ({one['what']})", style="bold red" if one["fails"] else
                               "bold yellow"))
        for given, said in one["runners"].items():
            out.print(f"  {given}: {said}", soft_wrap=True)
        out.print(f"  blame: runner; {one['why']}", soft_wrap=True)
    for name, count in shown.items():
        if count > most:
            out.print(f"  ... and {count - most} more of {name}")


def verdict(made: dict[str, Any], path: Path) -> tuple[int, str]:
    """A failure counts under whichever runner it is; a mere difference only where a self-test fails."""
    differ = results.count(made["differ"], "difference") if made["differ"] else "no difference"
    if made["explained"]:
        differ += f" ({made['explained']} explained)"
    if made["exit"] != PASSED:
        red = list(dict.fromkeys(row["runner_given"] for row in made["rows"] if row["exit"] != PASSED))
        return FAILED, f"failed: under {', '.join(red)}; {differ} between the runners; see {path}"
    compared = len({row["target"] for row in made["rows"]}) - len(made["alone"])
    return PASSED, (f"passed: under {' and '.join(made['runners'])}, {results.count(compared, 'target')} "
                    f"compared, {differ}" + (f"; see {path}" if made["differ"] else ""))
