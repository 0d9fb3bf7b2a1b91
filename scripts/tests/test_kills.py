"""kill -9, with real probes."""
from __future__ import annotations

import functools
import random
import subprocess
from pathlib import Path

import kills
import pytest
from conftest import SCRIPTS


@pytest.mark.guest
def test_real_runs_killed_at_random_moments(tmp_path: Path) -> None:
    """Two targets and a few cases: those that a full run has too, through the same code."""
    starts = kills.Starts(tmp_path / "qemu")

    def check(name: str, *more: str) -> subprocess.Popen[str]:
        return subprocess.Popen([str(SCRIPTS / "everypc"), "check", "--arch", "arm64,mips", "--cases",
                                 "go.1*", "--jobs", "2", "--qemu", str(starts.folder),
                                 "--results", str(tmp_path / name), *more], text=True,
                                 stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True)

    def whole(name: str, *more: str) -> dict[str, list[str]]:
        proc = check(name, *more)
        _, said = proc.communicate()
        assert proc.returncode == 0, said
        return kills.state(tmp_path / name)

    new = whole("undisturbed")
    total = sum(len(line) + 1 for lines in new.values() for line in lines)
    old = whole("killed", "--shard", "1/9")
    chance, resume, last, any_left = random.Random(1), [], dict[tuple[str, str], int](), False
    starts.hold({})
    for part, how in zip((0.1, 0.5, 0.95), kills.HOW, strict=True):
        kills.killed(functools.partial(check, "killed", *resume), tmp_path / "killed", int(part * total),
                     chance.random() / 50, how)
        starts.hold(last)
        kills.hold(tmp_path / "killed", old, new)
        resume, last = ["--resume"], kills.last_cases(tmp_path / "killed")
        any_left = any_left or bool(last)
    assert whole("killed", "--resume") == new
    starts.hold(last)
    assert any_left, "nothing to run again"
