"""Programs to fire at: those of cases/go/live, built by the installed Go."""
from __future__ import annotations

import functools
import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from conftest import CONTEXT, everypc, real_targets

from driver.go import toolchain

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "cases/go/live"
FOLDER = ROOT / "build/test/live"

needs_go = pytest.mark.skipif(not shutil.which("go"),
                              reason="no Go toolchain is installed, so there is no program to fire at")


@functools.cache
def build(target: str, name: str) -> Path:
    """The program's path. Its tests must be in one worker: xdist_group(target)."""
    subprocess.run(["make", "-s", "go-tool"], cwd=ROOT, check=True)
    goroot = toolchain.goroot(CONTEXT, None)
    path = FOLDER / target / name
    env = toolchain.environment(goroot, real_targets()[target], **toolchain.folders(ROOT, goroot))
    subprocess.run([goroot / "bin/go", "build", "-o", path, f"./{name}"], cwd=SOURCES, env=env, check=True)
    return path


def go_version() -> str:
    return toolchain.version(CONTEXT, toolchain.goroot(CONTEXT, None))


@dataclass(frozen=True)
class Fired:
    """What `everypc live` came to."""

    code: int
    out: str
    err: str
    result: dict[str, Any]

    @property
    def oracles(self) -> set[str]:
        return {one["oracle"] for one in self.result["failures"]}


def fire(folder: Path, program: Path, *options: str, args: tuple[str, ...] = ()) -> Fired:
    done = everypc("live", *options, "--results", str(folder), "--", str(program), *args)
    path = folder / "live.json"
    assert path.exists(), done.stderr
    return Fired(done.returncode, done.stdout, done.stderr, json.loads(path.read_text()))
