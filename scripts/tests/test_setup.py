"""What ci/setup would install on a machine where packages are missing: apt, dpkg and the linker's list are
played."""
from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# libLLVM, of which loong64 needs 16 or a later one.
KNOWS_16_AND_19 = """\
case $2 in
libllvm16) echo '  Candidate: 1:16.0.6-15~deb12u1' ;;
libllvm19) echo '  Candidate: 1:19.1.7-3~deb12u1' ;;
esac"""
KNOWS_19 = """\
case $2 in
libllvm16) echo '  Candidate: (none)' ;;
libllvm19) echo '  Candidate: 1:19.1.7-3~deb12u1' ;;
esac"""
KNOWS_NOTHING = ":"        # as before the first apt-get update


def planned(folder: Path, target: str, **programs: str) -> list[str]:
    """The packages that the commands of ci/setup --print would install; the programs' bodies are sh."""
    for name, body in {"apt_get": ":", "dpkg_query": ":", **programs}.items():
        path = folder / name.replace("_", "-")
        path.write_text(f"#!/bin/sh\n{body}\n", encoding="ascii")
        path.chmod(0o755)
    done = subprocess.run([ROOT / "ci/setup", "--print", target], capture_output=True, text=True, check=False,
                          env={**os.environ, "PATH": f"{folder}:{os.environ['PATH']}"})
    assert done.returncode == 0, done.stderr
    return [word for line in done.stdout.splitlines() if " install " in line
            for word in line.partition(" install ")[2].split() if not word.startswith("-")]


@pytest.mark.parametrize("apt_cache, package", [
    (KNOWS_16_AND_19, "libllvm16"), (KNOWS_19, "libllvm19"), (KNOWS_NOTHING, "libllvm16")],
    ids=("knows two", "knows one", "knows none"))
def test_a_library_is_named_by_its_package(tmp_path: Path, apt_cache: str, package: str) -> None:
    packages = planned(tmp_path, "loong64", apt_cache=apt_cache, ldconfig=":")
    assert [name for name in packages if "llvm" in name.lower()] == [package]


@pytest.mark.parametrize("library, wants", [
    ("libLLVM-16.so.1 (libc6,x86-64) => /a/libLLVM-16.so.1", False),
    ("libLLVM.so.19.1 (libc6,x86-64) => /a/libLLVM.so.19.1", False),
    ("libLLVM-14.so.1 (libc6,x86-64) => /a/libLLVM-14.so.1", True)],
    ids=("16", "19", "14"))
def test_a_library_that_is_there(tmp_path: Path, library: str, wants: bool) -> None:
    packages = planned(tmp_path, "loong64", apt_cache=KNOWS_16_AND_19,
                       ldconfig=f"printf '\\t%s\\n' '{library}'")
    assert ("libllvm16" in packages) == wants


def test_a_target_that_needs_no_library(tmp_path: Path) -> None:
    packages = planned(tmp_path, "arm64", apt_cache=KNOWS_16_AND_19, ldconfig=":")
    assert not [name for name in packages if "llvm" in name]
