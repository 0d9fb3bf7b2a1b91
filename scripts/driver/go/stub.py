"""What a Go binary's own stub (runtime.asyncPreempt) does not preserve: taken out of the binary, built into a
probe in place of ours, and measured at every PC of its own. Kept by the stub's bytes: the binaries of one
toolchain share it."""
from __future__ import annotations

import hashlib
import json
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .. import children
from ..build import probes
from ..build.casefiles import Selection
from ..build.targets import Target
from ..context import Context
from ..errors import DriverError
from ..probe import events, runner
from ..report import results
from . import tool

FOLDER = Path("build/go/stubs")
CASES = "insn/measure.S"


@dataclass(frozen=True)
class Measured:
    """What was found, and the file that `everypc-go check --lost` reads."""

    path: Path
    # names of registers that lose something, those that the runtime keeps left out
    lost: tuple[str, ...]
    kept_below: tuple[int, ...]    # bytes below SP that survive, as distances: 1 is the byte at SP - 1
    shots: int
    stub_pcs: int


def measure(context: Context, target: Target, binary: Path) -> Measured:
    """Measures the stub of `binary`. Raises UsageError if it has none that can be moved, DriverError if it
    crashes."""
    found: list[dict[str, Any]] = []
    folders, variable = _take(context, target, binary)
    for folder in folders:
        cached = folder / "measured.json"
        probe = _build(context, target, folder)
        if not cached.exists() or cached.stat().st_mtime < probe.stat().st_mtime:
            results.write_json(cached, _run(context, target, probe))
        found.append(json.loads(cached.read_text()))
    return _write(context.root / FOLDER / f"{folders[0].name}-lost.json", target,
                  found if variable else found[:1], found)


def _take(context: Context, target: Target, binary: Path) -> tuple[list[Path], bool]:
    """The folders of its stub: a second one where its branches depend on data, which is inverted there; and
    whether that data is variable, so that a program may go either way."""
    root = context.root
    scratch = root / FOLDER / f".{target.name}-{os.getpid()}.S"
    scratch.parent.mkdir(parents=True, exist_ok=True)
    folders, depends = [], ""
    options: tuple[list[str], ...] = ([], ["--switched"])
    for option in options:
        said = tool.call(context, "stub", *option, str(binary), "-o", str(scratch)).out.strip()
        depends = depends or said
        text = scratch.read_text()
        code = re.sub(r"/\*.*?\*/", "", text)   # without the addresses in comments
        folder = root / FOLDER / f"{target.name}-{hashlib.sha256(code.encode()).hexdigest()[:12]}"
        folder.mkdir(exist_ok=True)
        if not (folder / "preempt.S").exists():
            (folder / "preempt.S").write_text(text)
        folders.append(folder)
        if depends == "depends on nothing":
            break
    scratch.unlink()
    return folders, depends == "depends on variables"


def _build(context: Context, target: Target, folder: Path) -> Path:
    cases = Selection(files=(context.root / "arch" / target.arch / CASES,))
    return probes.build(context, [target], probes.Recipe(1, cases, folder))[target.name]


def _run(context: Context, target: Target, probe: Path) -> dict[str, Any]:
    done = context.run(runner.Qemu().start(context, target, probe).argv(probe, ["--measure"]), timeout_s=300)
    seen = [events.parse(line) for line in done.out.splitlines() if line.strip()]
    failed = [e for e in seen if e["ev"] == "fail"]
    end = next((e for e in seen if e["ev"] == "measured"), None)
    nested: events.Event = next((e for e in seen if e["ev"] == "nested"), {})
    if failed:
        raise DriverError(f"{target.name}: the binary's stub fails at {failed[0]['id']}: "
                          f"{failed[0]['oracle']}, "
                          f"{failed[0]['expected']}; got {failed[0]['got']}")
    if done.status != 0 or end is None or end["shots"] == 0:
        raise DriverError(f"{target.name}: the binary's stub could not be measured: "
                          f"{children.status_text(done.status)}")
    return {"lost": [{name: e[name] for name in ("reg", "size", "unit", "bits")} for e in seen
                     if e["ev"] == "lost"],
            "kept_below": sorted(-int(text) for text in end["kept_below"]),
            "shots": end["shots"] + end["nested"],
            "stub_pcs": nested.get("stub_covered", 0), "not_measured": end["not_measured"]}


def _write(path: Path, target: Target, counted: list[dict[str, Any]],
           found: list[dict[str, Any]]) -> Measured:
    """Joins what was found on the ways through the stub that a program may go; `found` has the others too."""
    parts = _lost(counted)
    below = set.intersection(*(set(one["kept_below"]) for one in counted))
    lost = {reg: sorted(p) for reg, p in parts.items() if reg not in target.kept}
    results.write_json(path, {
        "target": target.name, "lost": [{"reg": reg, "parts": p} for reg, p in lost.items()],
        "lost_the_other_way": sorted(set(_lost(found)) - set(parts)),
        "kept_by_runtime": [reg for reg in parts if reg in target.kept], "kept_below": sorted(below),
        # without a gap: what everypc-go takes
        "kept_below_sp": next(n for n in range(4097) if n + 1 not in below),
        "not_measured": sorted(set().union(*(one["not_measured"] for one in found)))})
    return Measured(path, tuple(lost), tuple(sorted(below)), sum(one["shots"] for one in found),
                    max(one["stub_pcs"] for one in found))


def _lost(found: list[dict[str, Any]]) -> dict[str, set[int]]:
    """The units of each register that loses something."""
    parts: dict[str, set[int]] = {}
    for one in found:
        for reg in one["lost"]:
            lost = {k // reg["unit"] for k in range(reg["size"]) if reg["bits"][2 * k:2 * k + 2] != "00"}
            parts.setdefault(reg["reg"], set()).update(lost)
    return parts
