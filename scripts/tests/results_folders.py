"""Results folders that a test writes down itself: as many cases as all targets have, and whatever went
wrong."""
from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from driver.go import records
from driver.report import results

HEAD = {"runner": "qemu-user 7.2.22", "runner_given": "qemu", "mode": "pin", "depth": "quick", "seed": 1,
        "seeds": "", "shards": "1/1", "revision": "0123abc",
        "case_selection": "", "sut": "", "wall_s": 1.0, "interrupted": False}
EXPLANATION = {"target": "arm64", "at": 12,
               "progs": [{"prog": 0, "text": "MOVD R2, 8(R1)", "source": "c.progs:5"},
                                                      {"prog": 1, "text": "ADD R2, R3",
                                                       "source": "c.progs:6"}],
               "lines": [{"offset": 8, "bytes": "220400f9", "text": "str x2, [x1, #8]", "prog": 0,
                          "value": -3},
                         {"offset": 12, "bytes": "6300028b", "text": "add x3, x3, x2", "prog": 1, "value": -3,
                          "sp_delta": 0, "here": True}],
               "action": {"kind": "injected", "by": "handler", "resume": 8, "text": "the call was injected"},
               "differences": [{"what": "x2", "expected": "0x1a", "got": "0x1b", "bits": "0x01"}], "more": 0,
               "notes": []}


def case(name: str, verdicts: str, fails: int = 0, shots: int = 7) -> dict[str, Any]:
    n = len(verdicts)
    return {"ev": "case", "index": 0, "case": name, "progs": 1, "pcs": n, "reportable": n, "covered": n,
            "shots": shots,
            "resumed": n, "restarted": 0, "entry_restarted": 0, "refused": 0, "failures": fails,
            "offsets": " ".join(f"{4 * k:x}" for k in range(n)), "verdicts": verdicts}


def fail(shot: str, **more: Any) -> dict[str, Any]:
    return {"ev": "fail", "id": shot, "oracle": "state", "expected": "x2=0x1a", "got": "x2=0x1b",
            "prog": "ADD R2, R3",
            "source": "cases/arm64/c.progs:6", "why": "marked restart, <b>it</b> comes out wrong",
            "blame": "table",
            **more}


def write(folder: Path, targets: dict[str, list[dict[str, Any]]], **head: Any) -> Path:
    """A check's results; `targets` has the events of cases and failures by target."""
    summaries = []
    for target, events in targets.items():
        (folder / target).mkdir(parents=True, exist_ok=True)
        path = folder / target / "events.jsonl"
        end = {"ev": "end", "shot_ns": 50_000, "floor_ns": 40_000}
        path.write_text("".join(json.dumps(event) + "\n" for event in [*events, end]))
        summaries.append(results.summarise(path, {"target": target, **HEAD, **head}))
        results.write_json(folder / target / "summary.json", summaries[-1])
    results.write_json(folder / "summary.json", results.overall(summaries))
    return folder


def all_targets(folder: Path) -> Path:
    """17,000 cases, 119,000 shots, on twelve targets, of which arm64 has failures."""
    names = ["arm64", *(f"target{k}" for k in range(2, 13))]
    red = [fail(f"arm64/red.{k}@+0xc#0", explanation=EXPLANATION) for k in range(60)]
    targets = {name: [case(f"add.ADD_{k:#x}_R1_R2", "irru"[:1 + k % 4] * (1 + k % 7)) for k in range(1417)]
               for name in names}
    targets["arm64"] += [event for k, one in enumerate(red) for event in (one, case(f"red.{k}", "irrF", 1))]
    return write(folder, targets)


def go_finding(state: str, **more: Any) -> dict[str, Any]:
    code = [{"offset": 64, "text": "sub x29, sp, #8", "value": -1, "found": True, "file": "/src/fmt/scan.go",
             "line": 298}]
    return {"check": "fp", "function": "fmt.notSpace", "offset": 64, "pc": 64, "pcs": [64], "n_pcs": 1,
            "state": state,
            "argument": "", "fragile": None, "why": "x29 points below SP", "file": "/src/fmt/scan.go",
            "line": 298,
            "register": "x29", "code": code, **more}


def write_go(folder: Path, findings: list[dict[str, Any]]) -> None:
    """check-go's results of one binary."""
    go = folder / records.FOLDER
    (go / "arm64-app").mkdir(parents=True, exist_ok=True)
    (go / "arm64-app" / records.FINDINGS).write_text("".join(json.dumps(one) + "\n" for one in findings))
    counts = {state: sum(one["state"] == state for one in findings) for state in records.STATES}
    results.write_json(go / records.SUMMARY, {"revision": "0123abc", **counts, "functions": 1, "binaries": [
        {"name": "arm64-app", "target": "arm64", "go": "go1.19.8", "functions": 1, **counts}]})
