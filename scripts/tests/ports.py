"""What the tests expect of each port, as its arch/<arch>/test/port.json has it; every key may be missing
there:

registers   one of each kind, for the test that spares each in turn
lesser_cpu  a CPU model of QEMU's and registers that it lacks
in_no_qemu  registers that none of its models has, a regular expression
stub_cpus   models that together run each instruction of the injected call; else the default one does
regtmp      the register that Go's assembler marks for the injected call's sake, and whether it restarts
those Progs
truth       Progs, their marks, and what is found at their PCs behind the first
save        a line of preempt.S that saves registers, and what is lost without it
nop         the shortest instruction that does nothing, as a number in hexadecimal
go_save     the same for the stub of Go 1.19's controls, as capstone writes it
live        of Go's runtime: a register of each kind that its asyncPreempt keeps ("stub"; everypc-go effects'
names), what pushCall stores in order, if not SP, LR's slot, the resume PC, PC ("push_call"; only those that
hold something), and what takes a word from the stack where flags are popped ("instead_of_popping_flags", code
in hexadecimal)
"""
from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from conftest import real_targets

ROOT = Path(__file__).resolve().parents[2]
ARCH = ROOT / "arch"
# Of each target, below arch/ and cases/.
FOLDER: dict[str, str] = {name: target.arch for name, target in real_targets().items()}
FIRST: dict[str, str] = {arch: target for target, arch in reversed(FOLDER.items())}   # a port's first target


def expected(target: str, key: str, default: Any = None) -> Any:
    path = ARCH / FOLDER[target] / "test/port.json"
    return json.loads(path.read_text()).get(key, default) if path.exists() else default


def with_key(key: str) -> list[str]:
    """The targets whose port has it."""
    return [target for target in FOLDER if expected(target, key) is not None]


def first_with_key(key: str) -> list[str]:
    return [target for target in FIRST.values() if expected(target, key) is not None]
