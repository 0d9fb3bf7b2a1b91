"""A new architecture needs no more than tier 1 of arch/arch.h: riscv64's files of that tier under another
name, its two templates and a word in the Makefile's list, in a copy of the tree, pass `make check`."""
from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.guest

ROOT = Path(__file__).resolve().parents[2]
MODEL, NAME = "riscv64", "newarch"
TIER_1 = ("target.mk", "target.c", "probe/regs.h", "probe/mcontext.h", "probe/frame.h", "probe/tls.h",
          "probe/case.inc", "probe/enter.S", "probe/push_call.c", "probe/preempt.S", "asm/optab.c",
          "asm/optab.h",
          "asm/sp.c", "asm/marks.c")
TEMPLATES = ("random.tmpl", "cross.tmpl")
MOST_LINES = 900


def port(tree: Path) -> None:
    """Copies the model's files, renamed as a porter would: what the port defines, not the names of its
    tools."""
    for file in TIER_1:
        text = (ROOT / "arch" / MODEL / file).read_text()
        if file == "target.mk":
            text = re.sub(rf"^(TARGETS.*|{MODEL}\.arch.*){MODEL}$", rf"\1{NAME}", text, flags=re.M)
            text = re.sub(rf"^{MODEL}\.", f"{NAME}.", text, flags=re.M)
        elif not file.endswith((".S", ".inc")):
            names = rf"\b{MODEL}_|(?<=_){MODEL}\b|\"{MODEL}\""
            text = re.sub(names, lambda found: found[0].replace(MODEL, NAME), text)
        (tree / "arch" / NAME / file).parent.mkdir(parents=True, exist_ok=True)
        (tree / "arch" / NAME / file).write_text(text)
    (tree / "cases" / NAME).mkdir()
    for file in TEMPLATES:
        shutil.copy(ROOT / "cases" / MODEL / file, tree / "cases" / NAME)


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not shutil.which("riscv64-linux-gnu-gcc"):
        pytest.skip("no compiler for riscv64")
    tree = tmp_path_factory.mktemp("port") / "everypc"
    made = {str(ROOT): ("build", "results", ".git")}   # what is not of the tree; scripts/driver/build is
    shutil.copytree(ROOT, tree, ignore=lambda folder, _: made.get(folder, ()), symlinks=True)
    # Copies keep their times, so make reuses the host assembler's objects for all but the new files.
    if (ROOT / "build/host/obj").is_dir():
        shutil.copytree(ROOT / "build/host/obj", tree / "build/host/obj")
    makefile = tree / "Makefile"
    makefile.write_text(re.sub(r"^(ARCHES := .*)$", rf"\1 {NAME}", makefile.read_text(), flags=re.M))
    port(tree)
    return tree


def make(tree: Path, *args: str) -> str:
    command = ["make", "--no-print-directory", *args]
    done = subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_tier_1_passes(tree: Path) -> None:
    out = make(tree, "check", f"ARCH={NAME}")
    last = out.splitlines()[-1]
    passed = r"passed: 1 target, (\d+) cases, (\d+) shots, all (\d+) reportable PCs covered"
    found = re.fullmatch(passed, last)
    assert found and all(int(n) > 0 for n in found.groups()), out


def test_says_what_is_lacking(tree: Path) -> None:
    def lacks(target: str) -> str:
        return make(tree, "-s", "--eval", f"lacks: ; @echo $({target}.lacks)", "lacks").strip()
    assert lacks(NAME) == "mutants binaries live" and lacks(MODEL) == ""


def test_size() -> None:
    lines = sum((ROOT / "arch" / MODEL / file).read_text().count("\n") for file in TIER_1)
    assert lines <= MOST_LINES
