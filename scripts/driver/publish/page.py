"""results/report.html: one file that needs nothing from elsewhere. What is always seen is written here from
templates/; the lists of cases, failures and functions are data, which static/*.js draws as they are
scrolled to."""
from __future__ import annotations

import functools
import importlib.util
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import folders
from ..build.casefiles import SUFFIXES
from ..errors import SetupError
from ..go import findings
from ..go.releases import by_check
from ..report import mutation_score, results
from ..report.console import notice
from ..report.summary import platform_lines, sp_lines
from . import chart, collect, release_grid
from .cases import VERDICTS
from .collect import Collected

if TYPE_CHECKING:
    from jinja2 import Environment

FILE = "report.html"
PACKAGE = "python3-jinja2"
_HERE = Path(__file__).parent
_SCRIPTS = ("dom.js", "explain.js", "strip.js", "list.js", "cases.js", "failures.js", "binaries.js",
            "main.js")
# Bytes of JSON, so that the page stays below 8 MB whatever went wrong.
_FAILURE_BYTES, _FINDING_BYTES, _LIVE_BYTES = 2_500_000, 1_500_000, 1_000_000
MAX_CASES = 30_000   # of all targets; as many more that failed
_FAILURE_FIELDS = ("id", "oracle", "prog", "source", "insns", "expected", "got", "blame", "why", "visit",
                   "like", "repro",
                   "explanation")
_CASE_COLUMNS = ("name", "verdicts", "offsets", "shots", "failed")
_DEEP = ("truth", "pairs", "nested")   # oracles of depth full
_LINE = ("offset", "bytes", "text", "value", "sp_delta", "sp_moved", "filter", "here", "blame", "source")


def available() -> bool:
    return importlib.util.find_spec("jinja2") is not None


def write(folder: Path, to: Path | None = None) -> Path:
    """Writes the page of a results folder, to its report.html by default. Raises UsageError where there is
    nothing to report, SetupError without jinja2."""
    path = to or folder / FILE
    folders.write_text(path, rendered(collect.read(folder, MAX_CASES)))
    return path


def write_if_possible(folder: Path) -> None:
    """At the end of a run, whose verdict must not depend on what else is in the folder: results of an older
    version, or damaged ones, are a notice."""
    if not available():
        notice(f"no {FILE}: it needs jinja2 (apt-get install {PACKAGE}; then everypc report {folder})")
        return
    try:
        write(folder)
    except OSError:
        raise
    except Exception as error:   # noqa: BLE001 - whatever an unknown file makes of it
        notice(f"no {FILE}: {error or type(error).__name__} (everypc report {folder} says more)")


@functools.cache
def _environment() -> Environment:
    if not available():
        raise SetupError(f"missing: jinja2; install with: apt-get install -y {PACKAGE}")
    import jinja2  # may have been installed since the start
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(_HERE / "templates"), autoescape=True,
                                     trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined)
    environment.policies["json.dumps_kwargs"] = {"sort_keys": False, "ensure_ascii": False,
                                                 "separators": (",", ":")}
    environment.filters["n"] = lambda value: f"{value:,}".replace(",", "\u202f")
    return environment


def compile_templates() -> None:
    """All of them, before the first page: what is forked afterwards has them."""
    for name in _environment().list_templates():
        _environment().get_template(name)


def rendered(found: Collected) -> str:
    """The page as text."""
    data, left = _data(found)
    return _environment().get_template("page.html").render(
        css=(_HERE / "static/page.css").read_text(encoding="utf-8"),
        js="".join((_HERE / "static" / name).read_text(encoding="utf-8") for name in _SCRIPTS),
        data=data, left=left, total=found.total, verdict=verdict(found), verdicts=VERDICTS,
        targets=[_target(found, one) for one in found.total.get("targets", [])], oracles=_oracles(found),
        mutants=found.mutants, go=found.go, live=found.live,
        releases=release_grid.grid(found.releases), charts=chart.charts(found.history),
        runs=len(found.history), notes=_notes(found), skipped=_skipped(found), failed=_failed(found))


def verdict(found: Collected) -> tuple[bool, str]:
    """Of all that is there: whether it passed, and what failed, or else what was done."""
    code, line = results.verdict(found.total) if found.total else (0, "")
    live = sum(one["failed"] for one in found.live)
    survived = sum(one["survived"] for one in found.mutants.get("targets", []))
    bad = [line.partition(": ")[2]] if code else []
    bad += [results.count(found.go["new"], "new finding") + " in Go binaries"] if found.go.get("new") else []
    releases = _new_in_releases(found)
    bad += [results.count(releases, "new finding") + " in Go releases"] if releases else []
    bad += [results.count(live, "failure") + " of programs under fire"] if live else []
    bad += [f"{results.count(survived, 'mutant')} survived"] if survived else []
    if bad:
        return False, "; ".join(bad)
    return True, line.partition(": ")[2] or "nothing failed"


def _failed(found: Collected) -> int:
    return (found.total.get("failed", 0) + found.go.get("new", 0) + sum(one["failed"] for one in found.live)
            + _new_in_releases(found))


def _new_in_releases(found: Collected) -> int:
    return sum(sum(by_check(one.new).values()) for one in found.releases)


# ---- the data of the lists ----

def _data(found: Collected) -> tuple[dict[str, Any], dict[str, int]]:
    """What the scripts read, and how much of each kind did not fit."""
    failures, _ = fit([{name: one[name] for name in _FAILURE_FIELDS if one.get(name) not in (None, "")}
                                   for one in _spread(found.failures)], _FAILURE_BYTES)
    found_in_go, findings_left = fit([_finding(binary, one) for binary in found.go.get("binaries", [])
                                   for one in binary["findings"]], _FINDING_BYTES)
    live, live_left = fit(found.live, _LIVE_BYTES)
    data = {"verdicts": {letter: name for letter, (name, _) in VERDICTS.items()},
            "cases": {target: {name: one[name] for name in _CASE_COLUMNS} for target,
                      one in found.cases.items()},
            "repro": _repro(found), "failures": failures, "findings": found_in_go, "live": live}
    total = max(found.total.get("failed", 0), len(found.failures))
    unlisted = sum(one["of_findings"] - len(one["findings"]) for one in found.go.get("binaries", []))
    return data, {"failures": total - len(failures), "findings": findings_left + unlisted, "live": live_left,
                  "cases": sum(one["left"] for one in found.cases.values()),
                  "functions": sum(one["of_functions"] - len(one["functions"]) for one in live)}


def fit(items: list[Any], budget: int) -> tuple[list[Any], int]:
    """The first items whose JSON fits into so many bytes, and how many are left out."""
    for k, item in enumerate(items):
        budget -= len(json.dumps(item, ensure_ascii=False).encode())
        if budget < 0:
            return items[:k], len(items) - k
    return items, 0


def _spread(failures: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each case's first failure before any case's second, so that none is left out for another's tenth."""
    seen: dict[str, int] = {}
    order = []
    for one in failures:
        case = one["id"].rpartition("@")[0] or one["id"]
        seen[case] = seen.get(case, 0) + 1
        order.append(seen[case])
    return [one for _, one in sorted(zip(order, failures), key=lambda pair: pair[0])]


def _finding(binary: dict[str, Any], one: dict[str, Any]) -> dict[str, Any]:
    kept = {name: one[name]
            for name in ("check", "state", "function", "offset", "file", "line", "why", "argument",
                                         "register", "repro", "live") if one.get(name) is not None}
    drawn = findings.explanation(binary["target"], one)
    drawn["lines"] = [{name: line[name] for name in _LINE if name in line} for line in drawn["lines"]]
    return {"binary": binary["name"], **kept, "explanation": drawn}


def _repro(found: Collected) -> str:
    """What the command that runs a shot again needs beside its id."""
    total = found.total
    if not total:
        return ""
    files = " ".join(word for word in total["case_selection"].split() if word.endswith(SUFFIXES))
    given = {one["runner_given"] for one in total["targets"]}
    runner = given.pop() if len(given) == 1 else "qemu"
    said = results.repro_command("", total["seed"], total["mode"], total["depth"], runner, files,
                                 total["sut"])
    return said.partition("ID=''")[2].strip()


# ---- what is always seen ----

def _target(found: Collected, one: dict[str, Any]) -> dict[str, Any]:
    columns = found.cases.get(one["target"], {})
    pcs = columns.get("pcs", {})
    return {**one, "by_oracle": columns.get("oracles", {}), "has_verdicts": any(pcs.values()),
            "bar": [(letter, pcs[letter]) for letter in VERDICTS if pcs.get(letter)],
            "over_us": max(0.0, one["shot_us"] - one["floor_us"]), "bands": _bands(one)}


def _bands(one: dict[str, Any]) -> list[tuple[str, float]]:
    """Of the PCs that were tried, in percent: preemptible without restart ranges, by them, only at best."""
    tried = one["tried_pcs"]
    if not tried:
        return []
    without, stands, best = (100 * one[name] / tried for name in (
        "preemptible_without_restart_pcs", "preemptible_pcs", "preemptible_at_best_pcs"))
    return [("plain", without), ("restart", stands - without), ("best", best - stands), ("never", 100 - best)]


def _oracles(found: Collected) -> list[tuple[str, bool]]:
    """Each with whether it was asked: those of depth full are not in a quick check."""
    seen = {name for one in found.cases.values() for name in one["oracles"]}
    full = found.total.get("depth") == "full"
    known = [name for name in mutation_score.ORACLES if name not in _DEEP or full or name in seen]
    return [(name, True) for name in [*known, *sorted(seen - set(mutation_score.ORACLES))]] + [
        (name, False) for name in _DEEP if name not in known]


def _notes(found: Collected) -> list[str]:
    return [*found.total["missing"], *platform_lines(found.total),
            *sp_lines(found.total)] if found.total else []


def _skipped(found: Collected) -> list[tuple[str, list[dict[str, Any]]]]:
    """By reason, the most common first."""
    reasons: dict[str, list[dict[str, Any]]] = {}
    for skip in found.total.get("skipped", []):
        reasons.setdefault(skip["why"], []).append(skip)
    return sorted(reasons.items(), key=lambda item: -len(item[1]))
