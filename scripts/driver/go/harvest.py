"""A Go binary's own sequences, run: everypc-go takes one of each shape out of it, and each goes through the
whole harness on the binary's target, with the binary's marks. What fails there is a finding like those of
everypc-go's checks."""
from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..build.casefiles import Selection
from ..build.targets import Target
from ..context import Context
from ..errors import DriverError
from ..probe import prepare, runs
from ..probe.runner import Qemu
from ..probe.shard import Shard
from ..report import record, results
from ..unfinished import Unfinished
from . import tool
from .findings import HARVEST, Finding

FOLDER = Path("build/go/harvest")
SOURCE = "harvest.S"
SUBFOLDER = "harvest"   # of a binary's results
SHAPES, ALL = "shapes", "all"
RESTART = -3   # marks from here on down restart
_CASE = re.compile(r"\n\tCASE\t(\S+)\n(.*?)\n\tEND_CASE ", re.DOTALL)
_INSN = re.compile(r'\tPROG\t(-\d), "(.*)"\n\t\.byte\t(\S+)')


@dataclass
class Harvest:
    """What was taken out of a binary."""

    path: Path                                                       # the cases
    counts: dict[str, Any] = field(default_factory=dict)             # the tool's summary
    sequences: dict[str, dict[str, Any]] = field(default_factory=dict)   # of each case, by its name

    @property
    def cases(self) -> int:
        return len(self.sequences)


def take(context: Context, binary: Path, what: str = SHAPES) -> Harvest:
    """Takes the sequences out: one of each shape, or ALL runs of bytes. They lie in a folder named by what is
    in them."""
    root = context.root
    scratch = root / FOLDER / f".{hashlib.sha256(str(binary).encode()).hexdigest()[:12]}.S"
    scratch.parent.mkdir(parents=True, exist_ok=True)
    found = Harvest(scratch)
    try:
        for line in tool.read(context, "harvest", *(["--all"] if what == ALL else []), str(binary), "-o",
                              str(scratch)):
            if "summary" in line:
                found.counts = line["summary"]
            elif "case" in line.get("sequence", {}):
                found.sequences[line["sequence"]["case"]] = line["sequence"]
        if not found.counts:
            raise DriverError(f"{binary}: everypc-go harvest printed no summary")
        text = scratch.read_bytes()
    finally:
        scratch.unlink(missing_ok=True)
    folder = root / FOLDER / f"{found.counts['target']}-{hashlib.sha256(text).hexdigest()[:12]}"
    folder.mkdir(exist_ok=True)
    found.path = folder / SOURCE
    if not found.path.exists():
        found.path.write_bytes(text)
    return found


def run(context: Context, target: Target, found: Harvest, folder: Path,
        watch: Callable[[list[runs.TargetRun]], None] = lambda _: None) -> results.Summary:
    """Runs the cases at full depth; leaves events and summaries in `folder`. Returns the summary."""
    options = prepare.RunOptions(arch=target.name, mode="pin", cases=None, seed=1, shard=Shard(1, 1),
                                 runner=Qemu(),
                                 results=folder, depth="full")
    prepared = prepare.plans(context, options, [target], Selection(files=(found.path,)))
    work = Unfinished(folder, "harvest", context.jobs)
    work.begin({}, False, lambda _: None)
    recorder = record.Recorder(context, prepared, options, work)
    total = recorder.total(runs.all_targets(context, prepared.plans, work.folder, options.shard, watch))
    work.finish()
    return total


def findings(found: Harvest, total: results.Summary) -> list[Finding]:
    """A finding for each PC where something failed, whatever the case and the oracle: "sp-delta" first, which
    others follow from."""
    code = _code(found)
    listed: dict[tuple[str, int], Finding] = {}
    for failure in sorted(total["failures"], key=lambda f: f["oracle"] != "sp-delta"):
        case, _, at = failure["id"].partition("/")[2].partition("@")
        name, offset = case.partition(".")[2], int(at.partition("#")[0] or "0", 16)
        one = _finding(failure, found.sequences.get(name, {}), offset, code.get(name, []))
        known = listed.setdefault((one["function"], one["offset"]), one)
        known["oracles"] = sorted({*known["oracles"], failure["oracle"]})
    return list(listed.values())


def _code(found: Harvest) -> dict[str, list[dict[str, Any]]]:
    """The instructions of each case: offset, text and mark."""
    cases: dict[str, list[dict[str, Any]]] = {}
    for name, text in _CASE.findall(found.path.read_text()):
        cases[name], offset = [], 0
        for value, insn, data in _INSN.findall(text):
            cases[name].append({"offset": offset, "text": insn, "value": int(value)})
            offset += data.count(",") + 1
    return cases


def _check(failure: dict[str, Any]) -> str:
    """Which of everypc-go's checks should have found it in the code, if any."""
    if failure["oracle"] == "sp-delta":
        return "sp"
    return "restart" if failure.get("mark", -1) <= RESTART else HARVEST


def _finding(failure: dict[str, Any], sequence: dict[str, Any], at: int,
             code: list[dict[str, Any]]) -> Finding:
    start = sequence.get("offset", 0)
    why = f"run on its own, {failure['oracle']}: expected {failure['expected']}; got {failure['got']}"
    if "blame" in failure:
        why += f" (to blame: {failure['blame']})"
    return {"check": _check(failure), "function": sequence.get("function", failure["id"]),
            "pc": sequence.get("pc", 0) + at, "offset": start + at,
            "pcs": [sequence.get("pc", 0) + at], "n_pcs": 1, "why": why, "fragile": None, "oracles": [],
            "repro": failure["repro"],
            "code": [line | {"offset": start + line["offset"]}
                     | ({"found": True} if line["offset"] == at else {}) for line in code]}
