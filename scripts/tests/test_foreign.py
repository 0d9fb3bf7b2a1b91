"""Code out of binaries, run by the harness: the sequences in arch/<arch>/test/foreign pass with the marks
that the binary has, those that say "MUST FAIL AS mark" go wrong with that one; and a binary's stub without
one of its saves is measured to lose just that."""
from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import built
import ports
import pytest
from conftest import CONTEXT, qemu, real_targets
from test_lies import ROOT
from test_truth import NOT_THE_STUB, _command, _probe

from driver.go import toolchain

pytestmark = pytest.mark.guest

FOREIGN = {path.stem: path for path in (ROOT / "arch").glob("**/test/foreign/*.S")}
TARGETS = sorted(FOREIGN)
_FLIP = re.compile(r"/\* MUST FAIL AS (-\d) \*/\n\tCASE\t(\S+)\n(.*?)\tEND_CASE", re.DOTALL)


@pytest.mark.parametrize("target", TARGETS)
def test_sequences_pass_with_their_own_marks(target: str) -> None:
    events = _probe(target, [FOREIGN[target]], *NOT_THE_STUB)
    assert not [e for e in events if e["ev"] == "fail"]
    ran = [e for e in events if e["ev"] == "case"]
    assert len(ran) == FOREIGN[target].read_text().count("\tCASE\t") and all(e["shots"] > 0 for e in ran)
    assert not [e for e in events if e["ev"] == "skip"]


@pytest.mark.parametrize("target", TARGETS)
def test_sequences_fail_with_another_mark(target: str, tmp_path: Path) -> None:
    text = FOREIGN[target].read_text()
    flips = _FLIP.findall(text)
    if not flips:
        pytest.skip(f"none of the sequences of {target} has a mark that it would not bear")
    for mark, _, body in flips:
        text = text.replace(body, re.sub(r"PROG\t-\d", f"PROG\t{mark}", body))
    changed = tmp_path / f"{target}.S"
    changed.write_text(text)
    assert _failing(target, changed) == {case for _, case, _ in flips}


def _failing(target: str, file: Path) -> set[str]:
    """The cases that fail. Each is run by a process of its own, since a wild store may end that, or spoil
    another case."""
    command = [*_command(target, built.probe(target, [file])), "--depth", "full", *NOT_THE_STUB]
    failing: set[str] = set()
    cases = file.read_text().count("\tCASE\t")
    for k in range(cases):
        done = subprocess.run([*command, "--shard", f"{k + 1}/{cases}"], capture_output=True, text=True,
                              timeout=300)
        events = [json.loads(line) for line in done.stdout.splitlines(keepends=True) if line.endswith("}\n")]
        case, = [e["case"] for e in events if e["ev"] == "begin"]
        if done.returncode != 0 or any(e["ev"] == "fail" for e in events):
            failing.add(case.partition(".")[2])
    return failing


def _lost(target: str, folder: Path, stub: str) -> dict[str, str]:
    """The bits that a probe with this stub measures as lost, by register."""
    sut = folder / "sut"
    sut.mkdir(parents=True)
    (sut / "preempt.S").write_text(stub)
    out = built.probe(target, [ROOT / f"arch/{real_targets()[target].arch}/insn/measure.S"], sut)
    done = subprocess.run([*qemu(target), str(out / "probe"), "--measure"], capture_output=True, text=True,
                          check=True)
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert next(e for e in told if e["ev"] == "measured")["shots"] > 0
    assert not [e for e in told if e["ev"] == "fail"]
    return {e["reg"]: e["bits"] for e in told if e["ev"] == "lost"}


def _more(planted: dict[str, str], sound: dict[str, str]) -> set[str]:
    return {reg for reg, bits in planted.items() if bits != sound.get(reg)}


def _without(text: str, save: str) -> str:
    """The save before it is done twice instead: what is restored is then whatever lay there."""
    lines = text.splitlines()
    at = next(k for k, line in enumerate(lines) if save in line)
    lines[at] = lines[at - 1]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("target", ports.first_with_key("save"))
def test_a_save_that_is_dropped_is_measured(target: str, tmp_path: Path) -> None:
    save = ports.expected(target, "save")
    text = (ROOT / "arch" / real_targets()[target].arch / "probe/preempt.S").read_text()
    sound = _lost(target, tmp_path / "sound", text)
    assert _more(_lost(target, tmp_path / "planted", _without(text, save["line"])),
                 sound) == set(save["loses"])


@pytest.mark.parametrize("target", ports.first_with_key("go_save"))
def test_a_save_that_is_dropped_from_a_binarys_stub_is_measured(target: str, tmp_path: Path) -> None:
    if not shutil.which("go"):
        pytest.skip("there is no go here to build a binary with")
    binary, stub = _program(target, tmp_path), tmp_path / "preempt.S"
    subprocess.run([ROOT / "build/host/everypc-go", "stub", binary, "-o", stub], check=True,
                   capture_output=True)
    save = ports.expected(target, "go_save")
    text = stub.read_text()
    sound = _lost(target, tmp_path / "sound", text)
    assert _more(_lost(target, tmp_path / "planted", _without(text, save["line"])),
                 sound) == set(save["loses"])


def _program(target: str, folder: Path) -> Path:
    """The controls of cases/go, as the installed toolchain builds them."""
    subprocess.run(["make", "-s", "go-tool"], cwd=ROOT, check=True, capture_output=True)
    goroot = toolchain.goroot(CONTEXT, None)
    env = toolchain.environment(goroot, real_targets()[target], **toolchain.folders(ROOT, goroot))
    subprocess.run([goroot / "bin/go", "build", "-o", folder / "controls", "cases/go/controls.go"],
                   cwd=ROOT, check=True, env=env, capture_output=True)
    return folder / "controls"
