"""The adversary on itself: on every target's CPU it turns over every bit that a stub could lose, and where
it would not, a check says so."""
from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import built
import ports
import pytest
from conftest import qemu, real_targets
from test_lies import ARCH

pytestmark = pytest.mark.guest


def _probe(target: str) -> Path:
    return built.probe(target, [ARCH / real_targets()[target].arch / "test/lies.S"]) / "probe"   # any will do


def _told(target: str, probe: Path, *args: str, cpu: str = "") -> tuple[dict, list[dict]]:
    """The event "adversary", and the failures."""
    done = subprocess.run([*qemu(target, cpu), str(probe), "--platform", *args], capture_output=True,
                          text=True, check=True)
    seen = [json.loads(line) for line in done.stdout.splitlines()]
    told, = [e for e in seen if e["ev"] == "adversary"]
    return told, [e for e in seen if e["ev"] == "fail"]


@pytest.mark.parametrize("target", real_targets())
def test_every_bit_is_turned_over_or_a_check_says_so(target: str) -> None:
    probe = _probe(target)
    told, fails = _told(target, probe)
    in_none = ports.expected(target, "in_no_qemu", "")
    assert fails == [] and len(told["spared"]) <= 4
    assert all(re.fullmatch(in_none, register) for register in told["lacking"])
    assert 0 < told["stub_frame"] <= 4096 - 1024
    for register in ports.expected(target, "registers", []):
        told, fails = _told(target, probe, "--spare", register)
        noticed = {e["got"].split(": ")[1].split("=")[0] for e in fails if e["oracle"] == "platform"}
        # A bit that may stay, and does from each state, is taken for one that this CPU lacks.
        lacking = {name for name in told["lacking"] if not re.fullmatch(in_none, name)}
        assert noticed | lacking == {register}


@pytest.mark.parametrize("target", ports.with_key("lesser_cpu"))
def test_what_a_cpu_lacks_is_no_failure(target: str) -> None:
    lesser = ports.expected(target, "lesser_cpu")
    told, fails = _told(target, _probe(target), cpu=lesser["cpu"])
    assert fails == [] and set(lesser["lacks"]) <= set(told["lacking"])


def test_a_cpu_that_ignores_a_register_is_one() -> None:
    _, fails = _told("mips64", _probe("mips64"), cpu="5KEf")   # takes no writes of FCR31
    assert ["fcr31=0xff81f07f" in e["got"] for e in fails] == [True]


def test_there_must_be_such_a_register() -> None:
    done = subprocess.run([*qemu("arm"), str(_probe("arm")), "--platform", "--spare", "r99"],
                          capture_output=True,
                          text=True)
    assert done.returncode == 2 and "unknown register r99" in done.stderr
