"""check --watch: what a changed file touches, and that a save runs it again."""
from __future__ import annotations

import signal
import time
from pathlib import Path

import pytest
from conftest import Project, target_row
from driver.build import changes
from driver.build.casefiles import Selection
from driver.build.targets import Target

ALL = ["arm64", "amd64", "386", "mips", "mipsle"]


@pytest.mark.parametrize(("path", "names", "is_case"), [
    ("cases/arm64/add.progs", ["arm64"], True), ("cases/x86/64/add.progs", ["amd64"], True),
    ("cases/mips/random.tmpl", ["mips", "mipsle"], False),
    ("arch/x86/common/probe/frame.h", ["amd64", "386"], False), ("arch/x86/32/asm/optab.c", ["386"], False),
    ("arch/arch.h", ALL, False), ("harness/probe/fire.c", ALL, False), ("arch/arm64/test/lies.S", [], False),
    ("harness/go/flow/cfg.c", [], False), ("cases/riscv64/add.progs", [], False),
    ("scripts/driver/cli.py", [], False)])
def test_what_a_changed_file_touches(path: str, names: list[str], is_case: bool, tmp_path: Path) -> None:
    arches = {"amd64": "x86/64", "386": "x86/32", "mipsle": "mips"}
    chosen = [Target(name, arches.get(name, name), qemu="q") for name in ALL]
    file = tmp_path / path
    file.parent.mkdir(parents=True)
    file.touch()
    part = changes.touched(tmp_path, [file], chosen, Selection(), None)
    assert part == (changes.Touched(tuple(names), (file,) if is_case else ()) if names else None)


def _until(path: Path, what: str) -> None:
    deadline = time.monotonic() + 60
    while what not in (path.read_text() if path.exists() else ""):
        assert time.monotonic() < deadline, f"no {what!r} in {path}"
        time.sleep(0.05)


@pytest.mark.long
def test_watching_runs_what_a_save_touches(project: Project) -> None:
    project.world["targets"] = [target_row("arm64"), target_row("mips")]
    file = project.root / "cases/arm64/add.progs"
    file.write_text("ADD R1, R2\n")
    proc = project.start("check", "--watch")
    errors = Path(f"/proc/self/fd/{proc._files[1].fileno()}")
    _until(errors, "watching ")
    file.write_text("ADD R1, R2, R3\n")
    _until(errors, "changed: cases/arm64/add.progs: again on arm64\npassed: 1 target")
    proc.send_signal(signal.SIGINT)
    proc.communicate(timeout=60)
    assert project.summary("arm64", "results/watch")["case_selection"] == "cases/arm64/add.progs"
    assert project.summary("arm64")["case_selection"] == "" and not (project.results / "watch/mips").exists()
    assert proc.returncode == 0
