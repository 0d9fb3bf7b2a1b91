"""What the tests expect of each port, as its arch/<arch>/test/port.json has it; every key may be missing there:

registers   one of each kind, for the test that spares each in turn
lesser_cpu  a CPU model of QEMU's and registers that it lacks
stub_cpus   models that together run each instruction of the injected call; else the default one does
regtmp      the register that Go's assembler marks for the injected call's sake, and whether it restarts those Progs
truth       Progs, their marks, and what is found at their PCs behind the first
save        a line of preempt.S that saves registers, and what is lost without it
go_save     the same for the stub of Go 1.19's controls, as capstone writes it
"""
from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
ARCH = ROOT / "arch"
_LINES = subprocess.run(["make", "-s", "targets"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
FOLDER: dict[str, str] = dict(line.split("\t")[:2] for line in _LINES)   # of each target, below arch/ and cases/
FIRST: dict[str, str] = {arch: target for target, arch in reversed(FOLDER.items())}   # a port's first target


def expected(target: str, key: str, default: Any = None) -> Any:
    path = ARCH / FOLDER[target] / "test/port.json"
    return json.loads(path.read_text()).get(key, default) if path.exists() else default


def with_key(key: str) -> list[str]:
    """The targets whose port has it."""
    return [target for target in FOLDER if expected(target, key) is not None]


def first_with_key(key: str) -> list[str]:
    return [target for target in FIRST.values() if expected(target, key) is not None]
