"""What a Go binary's own stub (runtime.asyncPreempt) does not preserve: taken out of the binary, built into a
probe in place of ours, and measured at every PC of its own. Kept by the stub's bytes: the binaries of one
toolchain share it."""
from __future__ import annotations

import hashlib
import json
import os
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from .. import children
from ..build import probes
from ..build.casefiles import Selection
from ..build.targets import NATIVE, Target
from ..context import Context
from ..errors import DriverError
from ..probe import events, runner
from ..report import results
from . import tool
from .stub_read import Reader

FOLDER = Path("build/go/stubs")
CASES = "insn/measure.S"
_FLAGS, _VARIABLES = "flags", "variables"
# What instructions of a stub need, as /proc/cpuinfo has it, by a sign in their text.
_NEEDS = {"avx512f": "zmmword"}


@dataclass(frozen=True)
class Measured:
    """What was found, and the file that `everypc-go check --lost` reads."""

    path: Path
    # names of registers that lose something, those that the runtime keeps left out
    lost: tuple[str, ...]
    kept_below: tuple[int, ...]    # bytes below SP that survive, as distances: 1 is the byte at SP - 1
    shots: int
    stub_pcs: int
    settings: str = ""             # of the CPU's flags that the stub asks: which were measured, and where
    here: bool = False             # on this machine, in place of QEMU, which has no such CPU
    # registers that no CPU here has, whose fate was read in the stub's code; or why it could not be
    read: tuple[str, ...] = ()
    unread: str = ""


@dataclass(frozen=True)
class _Place:
    """Where a stub is measured; `file` has the result, as what is lost there may differ by the CPU."""

    on: runner.Runner
    file: str
    text: str


_QEMU = _Place(runner.Qemu(), "measured.json", "under QEMU")
_HERE = _Place(runner.Native(NATIVE), "measured-here.json", "on this machine")


def measure(context: Context, target: Target, binary: Path) -> Measured:
    """Measures the stub of `binary`. Raises UsageError if it has none that can be moved, DriverError if it
    crashes."""
    found: list[dict[str, Any]] = []
    folders, depends = _take(context, target, binary)
    reader = Reader(context, binary)
    path = context.root / FOLDER / f"{folders[0].name}-lost.json"
    if depends == _FLAGS:
        found, said = _by_flags(context, target, folders, reader)
        # What uses more of the CPU than a setting saves runs where the stub saves it: the last one counts.
        return _write(path, target, found[-1:], found, reader, said)
    for i, folder in enumerate(folders):
        one, place = _measured(context, target, folder)
        reader.complete(["--switched"] if i else [], one, _lost([one]))
        found.append(one)
    measured = _write(path, target, found if depends == _VARIABLES else found[:1], found, reader)
    return replace(measured, here=place is _HERE)


def _measured(context: Context, target: Target, folder: Path) -> tuple[dict[str, Any], _Place]:
    probe = _build(context, target, folder)
    place = _place(context, target, probe)
    cached = folder / place.file
    if not cached.exists() or cached.stat().st_mtime < probe.stat().st_mtime:
        results.write_json(cached, _run(context, target, probe, place.on))
    return json.loads(cached.read_text()), place


def _place(context: Context, target: Target, probe: Path) -> _Place:
    """This machine, where it runs the target's programs and has registers that QEMU's CPU lacks: what is
    executed need not be read."""
    if not (target.runs_natively and any(map(_has, _NEEDS))):
        return _QEMU
    return _QEMU if _HERE.on.refuses(context, _HERE.on.start(context, target, probe), probe) else _HERE


def _by_flags(context: Context, target: Target, folders: list[Path],
              reader: Reader) -> tuple[list[dict[str, Any]], str]:
    """Of one setting of the flags after the other, beginning with none set: what QEMU or this machine has.
    What neither has can't be measured: it is read, and the text says so."""
    found, said = [], []
    for flags, folder in enumerate(folders):
        name = f"{flags} of {len(folders) - 1} flags set"
        needs = next((word for word, sign in _NEEDS.items() if _reaches(folder, sign)), "")
        if needs and not (_has(needs) and _place(context, target, _build(context, target, folder)) is _HERE):
            lacks = f"neither QEMU 7.2 nor this machine has {needs}"
            read = reader.instead(["--flags", str(flags)])
            found += [read] if read else []
            said.append(f"{name}: read, not executed: {lacks}" if read
                        else f"{name}: NOT measured: {lacks}; {reader.why}")
            continue
        one, place = _measured(context, target, folder)
        reader.complete(["--flags", str(flags)], one, _lost([one]))
        found.append(one)
        said.append(f"{name}: measured {place.text}")
    return found, "; ".join(said)


def _reaches(folder: Path, sign: str) -> bool:
    return sign in (folder / "preempt.S").read_text()


def _has(feature: str) -> bool:
    try:
        return re.search(rf"^flags\b.*\b{feature}\b", Path("/proc/cpuinfo").read_text(), re.M) is not None
    except OSError:
        return False


def _take(context: Context, target: Target, binary: Path) -> tuple[list[Path], str]:
    """The folders of its stub, and what its branches depend on. On data: a second folder has it inverted, and
    variable data may send a program either way. On flags of the CPU: a folder for each setting."""
    root = context.root
    scratch = root / FOLDER / f".{target.name}-{os.getpid()}.S"
    scratch.parent.mkdir(parents=True, exist_ok=True)
    folders: list[Path] = []
    waiting: list[list[str]] = [[]]
    depends = ""
    while waiting:
        option = waiting.pop(0)
        said = tool.call(context, "stub", *option, str(binary), "-o", str(scratch)).out.strip()
        if not depends:
            depends = said.removeprefix("depends on ")
            if flags := re.fullmatch(r"(\d+) flags of the CPU", depends):
                waiting = [["--flags", str(n + 1)] for n in range(int(flags[1]))]
                depends = _FLAGS
            elif depends != "nothing":
                waiting = [["--switched"]]
        text = scratch.read_text()
        code = re.sub(r"/\*.*?\*/", "", text)   # without the addresses in comments
        folder = root / FOLDER / f"{target.name}-{hashlib.sha256(code.encode()).hexdigest()[:12]}"
        folder.mkdir(exist_ok=True)
        if not (folder / "preempt.S").exists():
            (folder / "preempt.S").write_text(text)
        folders.append(folder)
    scratch.unlink()
    return folders, depends


def _build(context: Context, target: Target, folder: Path) -> Path:
    cases = Selection(files=(context.root / "arch" / target.arch / CASES,))
    return probes.build(context, [target], probes.Recipe(1, cases, folder))[target.name]


def _run(context: Context, target: Target, probe: Path, on: runner.Runner) -> dict[str, Any]:
    done = context.run(on.start(context, target, probe).argv(probe, ["--measure"]), timeout_s=300)
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
            "stub_pcs": nested.get("stub_covered", 0), "not_measured": end["not_measured"],
            "lacking": end["lacking"]}


def _write(path: Path, target: Target, counted: list[dict[str, Any]],
           found: list[dict[str, Any]], reader: Reader, settings: str = "") -> Measured:
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
                    max(one["stub_pcs"] for one in found), settings,
                    read=tuple(reader.registers), unread=_unread(counted, reader))


def _unread(counted: list[dict[str, Any]], reader: Reader) -> str:
    """The registers of which nothing is known, and why."""
    lacking = dict.fromkeys(reg for one in counted if "read" not in one for reg in one.get("lacking", []))
    return f"{' '.join(lacking)}: {reader.why}" if lacking else ""


def _lost(found: list[dict[str, Any]]) -> dict[str, set[int]]:
    """The units of each register that loses something."""
    parts: dict[str, set[int]] = {}
    for one in found:
        for reg in one["lost"]:
            lost = {k // reg["unit"] for k in range(reg["size"]) if reg["bits"][2 * k:2 * k + 2] != "00"}
            parts.setdefault(reg["reg"], set()).update(lost)
        for name, read in one.get("read", {}).items():
            parts.setdefault(name, set()).update(read)
    return parts
