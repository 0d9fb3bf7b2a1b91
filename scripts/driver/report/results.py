"""The results folder: a target's summary.json as computed from its events.jsonl, the summary over all
targets, and the verdict. The field names are those of the probe's events; results/README.md describes
them."""
from __future__ import annotations

import json
import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .. import folders
from ..context import Context
from ..errors import FAILED, PASSED, UsageError
from ..probe import events
from . import depth

Summary = dict[str, Any]
write_json = folders.write_json

SUMMARY, JUNIT, MARKDOWN = "summary.json", "junit.xml", "summary.md"
COUNTS = ("cases", "progs", "pcs", "reportable_pcs", "covered_pcs", "shots", "resumed", "restarted",
          "entry_restarted",
          "refused", "sp_inexact_pcs", "sp_unknown_pcs", "strict_pcs", *depth.COUNTS)
MAX_FAILURES = 1000   # listed in a summary.json; "failed" counts them all, events.jsonl has them all
# What must be the same in all parts that are merged into one result.
IDENTITY = ("schema", "revision", "mode", "depth", "seed", "seeds", "case_selection", "sut")

_FROM_CASE = {"progs": "progs", "pcs": "pcs", "reportable_pcs": "reportable", "covered_pcs": "covered",
              "shots": "shots",
              "resumed": "resumed", "restarted": "restarted", "entry_restarted": "entry_restarted",
              "refused": "refused",
              "sp_inexact_pcs": "sp_inexact", "sp_unknown_pcs": "sp_unknown", "strict_pcs": "strict_pcs",
              **depth.FROM_CASE}


def prepare(context: Context, folder: Path) -> None:
    """Makes sure that `folder` can be written to, and that no other run writes there before the command
    ends."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        context.closing.enter_context(folders.locked(folder))
    except OSError as error:
        raise UsageError(f"--results {folder}: cannot write there: {error.strerror}") from None


def repro_command(shot_id: str, seed: int, mode: str, depth_: str, runner: str, files: str, sut: str) -> str:
    """The one command that runs a shot again. `runner`: as --runner takes it."""
    extra = {"SEED": str(seed) if seed != 1 else "", "MODE": mode if mode != "pin" else "",
             "DEPTH": depth_ if depth_ != "quick" else "",
             "RUNNER": runner if runner != "qemu" else "", "CASES": files, "SUT": sut}
    words = [f"ID='{shot_id}'"] + [f"{name}={shlex.quote(value)}" for name, value in extra.items() if value]
    return "make repro " + " ".join(words)


def summarise(path: Path, head: Summary, files: str = "") -> Summary:
    """The summary of one target from its events.jsonl. `head` has what the events don't say: target, runner,
    runner_given, mode, seed, shards, revision, case_selection, sut, wall_s, interrupted. `files`: the case
    files that were given, for the repro commands."""
    counts = dict.fromkeys(COUNTS, 0)
    failures: list[dict[str, Any]] = []
    skipped: list[dict[str, Any]] = []
    shapes: depth.Counts = {}
    # seen: fail events since the last case; a probe reports only the first few failures of a case
    failed = seen = 0
    shot_ns = floor_ns = 0.0
    booted: dict[str, Any] = {}
    platform: dict[str, Any] | None = None
    values: dict[str, list[str]] = {}
    for event in events.read(path):
        kind = event.pop("ev")
        if kind == "case":
            counts["cases"] += 1
            failed += max(event["failures"], seen)
            seen = 0
            if "values" in event:
                values[event["case"]] = [event["values"], event.get("values64", "")]
            for ours, probes in _FROM_CASE.items():
                counts[ours] += event.get(probes, 0)
        elif kind == "fail":
            seen += 1
            if len(failures) < MAX_FAILURES:
                command = repro_command(event["id"], head["seed"], head["mode"], head["depth"],
                                        head["runner_given"], files, head["sut"])
                failures.append({"expected": "", "got": "", **event, "repro": command})
        elif kind == "begin":
            failed, seen = failed + seen, 0
        elif kind == "skip":
            skipped.append(event)
        elif kind == "strict":
            depth.count_strict(shapes, event)
        elif kind == "nested":
            for ours, probes in depth.FROM_NESTED.items():
                counts[ours] += event[probes]
        elif kind == "platform":
            platform = joined_platform(platform, event)
        elif kind == "end":
            shot_ns, floor_ns = event["shot_ns"], event["floor_ns"]
            if event.get("boots"):
                booted = {"boots": event["boots"], "boot_s": round(event["boot_ns"] / 1e9, 2),
                          "boot_cpu_s": round(event["boot_cpu_ns"] / 1e9, 2)}
    return {"schema": 1, **head, **counts, "failed": failed + seen, "platform": platform, "values": values,
            "failures": failures, "skipped": skipped,
            "strict_shapes": depth.joined_shapes([shapes]),
            "shot_us": round(shot_ns / 1000, 2), "floor_us": round(floor_ns / 1000, 2), **booted}


def joined_platform(one: dict[str, Any] | None, other: dict[str, Any] | None) -> dict[str, Any] | None:
    """What two self-tests of the same platform found, at its worst."""
    if one is None or other is None:
        return one or other
    lists = {name: list(dict.fromkeys([*one.get(name, []), *other.get(name, [])]))
             for name in ("exposed", "lost")}
    alike = max(one.get("thread_alike", 0), other.get("thread_alike", 0))
    return {**one, **other, "kept": min(one["kept"], other["kept"]), **lists,
            **({"thread_alike": alike} if alike else {})}


def overall(summaries: list[Summary], missing: Sequence[str] = ()) -> Summary:
    """The summary over all targets. `missing` lists what was expected and is not there, one line each."""
    first = summaries[0]
    total = {name: sum(s[name] for s in summaries) for name in COUNTS}
    apart = cross_failures(summaries)
    failures = [*apart, *(failure for s in summaries for failure in s["failures"])][:MAX_FAILURES]
    result = {name: first[name] for name in IDENTITY}
    result |= {"targets": [{k: v for k, v in s.items() if k not in ("failures", "skipped", "values",
                                                                    *IDENTITY)} for s in summaries],
               **total, "failed": sum(s["failed"] for s in summaries) + len(apart), "failures": failures,
               "skipped": [{"target": s["target"], **skip} for s in summaries for skip in s["skipped"]],
               "missing": list(missing), "wall_s": round(max(s["wall_s"] for s in summaries), 2),
               "interrupted": any(s["interrupted"] for s in summaries)}
    result["exit"] = FAILED if verdict(result)[0] != PASSED else PASSED
    return result


def cross_failures(summaries: list[Summary]) -> list[dict[str, Any]]:
    """Abstract programs whose final values are not the same on all targets: a failure of oracle "cross"
    each."""
    found = []
    for width, what in enumerate(("32-bit", "64-bit")):
        seen: dict[str, dict[str, list[str]]] = {}
        for s in summaries:
            for case, values in s.get("values", {}).items():
                if values[width]:
                    seen.setdefault(case, {}).setdefault(values[width], []).append(s["target"])
        for case, by_value in seen.items():
            if len(by_value) > 1:
                got = "; ".join(f"{value} on {' '.join(names)}" for value, names in by_value.items())
                found.append({"id": f"all/{case}", "oracle": "cross",
                              "expected": f"the same {what} values on all targets",
                              "got": got, "repro": "make repro ID='" + next(iter(by_value.values()))[0]
                              + f"/{case}'"})
    return found


def read_summary(folder: Path) -> Summary:
    """The summary over all targets of a results folder."""
    return json.loads((folder / SUMMARY).read_text(encoding="utf-8"))


def verdict(total: Summary) -> tuple[int, str]:
    """The exit code and the line that says what it means."""
    if total["interrupted"]:
        return FAILED, (f"failed: interrupted after {total['cases']} cases"
                        + (f", {count(total['failed'], 'failure')} so far" if total["failed"] else ""))
    if total["failed"]:
        names = [s["target"] for s in total["targets"] if s["failed"]]
        return FAILED, (f"failed: {count(total['failed'], 'failure')} on "
                        f"{', '.join(names) or 'the targets compared'}")
    if total["missing"]:
        return FAILED, f"failed: missing {'; '.join(total['missing'])}"
    if total["covered_pcs"] < total["reportable_pcs"]:
        return FAILED, f"failed: {total['covered_pcs']} of {total['reportable_pcs']} reportable PCs covered"
    return PASSED, (f"passed: {count(len(total['targets']), 'target')}, {count(total['cases'], 'case')}, "
                    f"{count(total['shots'], 'shot')}, all {total['reportable_pcs']} reportable PCs covered")


def count(n: int, noun: str) -> str:
    return f"{n} {noun}{'' if n == 1 else 's'}"


def print_json(data: Any) -> None:
    print(json.dumps(data, indent=1, ensure_ascii=False))
