"""results/history.jsonl: a line for each run that came to its end. It only grows, so that the page can draw
how counts, speed and score went."""
from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

from ..report.results import Summary

FILE = "history.jsonl"
Line = dict[str, Any]


def of_check(total: Summary) -> Line:
    """What is kept of a check's summary over all targets. `over_floor_us`: what a shot costs over a bare
    timer signal, microseconds, the mean over targets weighted by shots."""
    shots = max(1, total["shots"])
    over = sum((one["shot_us"] - one["floor_us"]) * one["shots"] for one in total["targets"]) / shots
    return {"command": "check", "revision": total["revision"], "mode": total["mode"], "depth": total["depth"],
            "cases_asked": total["case_selection"], "targets": [one["target"] for one in total["targets"]],
            **{name: total[name] for name in ("cases", "shots", "reportable_pcs", "covered_pcs", "failed")},
            "over_floor_us": round(over, 2), "wall_s": total["wall_s"]}


def of_mutants(total: dict[str, Any], revision: str) -> Line:
    every = total["targets"]
    all_, killed, equivalent = (sum(one[name] for one in every) for name in ("all", "killed", "equivalent"))
    return {"command": "mutants", "revision": revision, "which": total["which"],
            "targets": [one["target"] for one in every], "mutants": all_, "killed": killed,
            "equivalent": equivalent, "score": round(killed / max(1, all_ - equivalent), 4)}


def append(folder: Path, line: Line) -> None:
    """Adds a line with the time of now, UTC."""
    now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    with (folder / FILE).open("a", encoding="utf-8") as out:
        out.write(json.dumps({"time": now, **line}, ensure_ascii=False) + "\n")


def read(folder: Path) -> list[Line]:
    """The lines, the oldest first. One that is damaged, as by a full disk, is left out."""
    path = folder / FILE
    found: list[Line] = []
    for text in path.read_text(encoding="utf-8").splitlines() if path.exists() else []:
        try:
            line = json.loads(text)
        except ValueError:
            continue
        if isinstance(line, dict) and "command" in line:
            found.append(line)
    return found
