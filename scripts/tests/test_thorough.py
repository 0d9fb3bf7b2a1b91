"""The adversary on itself: on every target's CPU it turns over every bit that a stub could lose, and where it would not, a check
says so."""
from __future__ import annotations

import json
import subprocess
from pathlib import Path

import built
import pytest
from test_lies import ARCH
from test_truth import _ROWS

pytestmark = pytest.mark.guest

# One register of each kind.
REGISTERS = {
    "arm64": ("x0", "x5", "x30", "nzcv", "fpcr", "fpsr", "dit", "v3", "z3", "p4", "ffr"),
    "amd64": ("rax", "r12", "eflags", "mxcsr", "fcw", "fsw", "ftw", "st3", "st3se", "y9"),
    "386": ("eax", "ebp", "eflags", "mxcsr", "fcw", "st3", "y7"),
    "arm": ("r0", "r10", "lr", "cpsr", "fpscr", "d17"),
    "mips": ("r1", "r4", "r31", "hi", "lo", "fcr31", "f5"),
    "ppc64": ("r0", "r2", "r12", "r31", "lr", "cr", "xer", "fpscr", "vrsave", "tar", "vscr", "vs3", "vs40"),
    "riscv64": ("x1", "x3", "x10", "f0", "fcsr"),
    "s390x": ("r0", "r14", "cc", "fpc", "a2", "a15", "v0", "v31"),
}
# A CPU that has less.
LESS = {"arm64": ("cortex-a57", {"fpcr", "dit", "z0", "z31", "p0", "p15", "ffr"}), "amd64": ("core2duo", {"y0", "y15"}),
        "386": ("coreduo", {"y0", "y7"}), "arm": ("cortex-a9", {"fpscr"})}


def _probe(target: str) -> Path:
    return built.probe(target, [ARCH / _ROWS[target][1] / "test/lies.S"]) / "probe"   # any cases will do


def _told(target: str, probe: Path, *args: str, cpu: str = "") -> tuple[dict, list[dict]]:
    """The event "adversary", and the failures."""
    row = _ROWS[target]
    own = row[7] if len(row) > 7 and row[7] != "-" else ""
    qemu = [row[4], *(["-cpu", cpu or own] if cpu or own else [])]
    done = subprocess.run([*qemu, str(probe), "--platform", *args], capture_output=True, text=True, check=True)
    seen = [json.loads(line) for line in done.stdout.splitlines()]
    told, = [e for e in seen if e["ev"] == "adversary"]
    return told, [e for e in seen if e["ev"] == "fail"]


@pytest.mark.parametrize("target", _ROWS)
def test_every_bit_is_turned_over_or_a_check_says_so(target: str) -> None:
    probe = _probe(target)
    told, fails = _told(target, probe)
    assert fails == [] and told["lacking"] == [] and len(told["spared"]) <= 4
    assert 0 < told["stub_frame"] <= 4096 - 1024
    for register in REGISTERS[_ROWS[target][1]]:
        told, fails = _told(target, probe, "--spare", register)
        noticed = {e["got"].split(": ")[1].split("=")[0] for e in fails if e["oracle"] == "platform"}
        # A bit that may stay, and does from each state, is taken for one that this CPU lacks.
        assert noticed | set(told["lacking"]) == {register}


@pytest.mark.parametrize("target", LESS)
def test_what_a_cpu_lacks_is_no_failure(target: str) -> None:
    cpu, lacking = LESS[target]
    told, fails = _told(target, _probe(target), cpu=cpu)
    assert fails == [] and lacking <= set(told["lacking"])


def test_a_cpu_that_ignores_a_register_is_one() -> None:
    _, fails = _told("mips64", _probe("mips64"), cpu="5KEf")   # takes no writes of FCR31
    assert ["fcr31=0xff81f07f" in e["got"] for e in fails] == [True]


def test_there_must_be_such_a_register() -> None:
    done = subprocess.run([_ROWS["arm"][4], str(_probe("arm")), "--platform", "--spare", "r99"], capture_output=True, text=True)
    assert done.returncode == 2 and "no register r99" in done.stderr
