"""The cases of a target as the page holds them, in columns: 17,000 cases have to fit into a page. And what
the events say that a summary leaves out: failures by oracle."""
from __future__ import annotations

from pathlib import Path
from typing import Any

from ..probe import events

# The letters of a case's "verdicts" (results/README.md), in the order of the legend; name and meaning.
VERDICTS = {"i": ("resumed", "the call was injected, and the thread resumed at this PC"),
            "r": ("restarted", "the call was injected, and the thread restarted its range"),
            "e": ("at entry", "the call was injected, and the thread restarted at the entry"),
            "u": ("refused", "the table forbids it, and the handler injected no call"),
            "s": ("strict", "refused, though a trial showed that some action is right"),
            "F": ("failed", "an oracle failed here"),
            ".": ("not reached", "no signal hit this PC"),
            "-": ("not reportable", "no signal ever reports this PC: a delay slot")}


def columns(path: Path, most: int | None = None) -> dict[str, Any]:
    """Of an events.jsonl: `name`, `verdicts`, `offsets` (a number where it is the distance between all PCs),
    `shots` and `failed` of each case, and over all of them `oracles`, the failures by oracle, and `pcs`, the
    PCs by letter. Results of older versions have no verdicts: then these are empty. With `most`, so many
    cases, the first ones, and as many more that failed; `left` counts the rest."""
    made: dict[str, Any] = {"name": [], "verdicts": [], "offsets": [], "shots": [], "failed": [],
                            "oracles": {}, "pcs": dict.fromkeys(VERDICTS, 0), "left": 0}
    fails = 0
    for event in events.read(path):
        kind = event["ev"]
        if kind == "begin":
            fails = 0
        elif kind == "fail":
            fails += 1
            made["oracles"][event["oracle"]] = made["oracles"].get(event["oracle"], 0) + 1
        elif kind == "case":
            verdicts = event.get("verdicts", "")
            for letter in VERDICTS:
                made["pcs"][letter] += verdicts.count(letter)
            failed_here, fails = max(event["failures"], fails), 0
            if most is not None and len(made["name"]) >= most * (2 if failed_here else 1):
                made["left"] += 1
                continue
            made["name"].append(event["case"])
            made["verdicts"].append(verdicts)
            made["offsets"].append(_offsets(event.get("offsets", "")))
            made["shots"].append(event["shots"])
            made["failed"].append(failed_here)
    return made


def _offsets(text: str) -> str | int:
    numbers = [int(word, 16) for word in text.split()]
    step = numbers[1] - numbers[0] if len(numbers) > 1 else 0
    return step if numbers == [step * k for k in range(len(numbers))] else text


def failed(path: Path) -> dict[str, bool]:
    """Whether each case of an events.jsonl failed, by name."""
    one = columns(path)
    return {name: count > 0 for name, count in zip(one["name"], one["failed"])}
