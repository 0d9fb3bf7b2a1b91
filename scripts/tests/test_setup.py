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
# What ci/setup has set and defined where it reads that file.
LLVM_PACKAGES = f"""\
has() {{ command -v "$1" >/dev/null; }}
fact() {{ echo loong64 16; }}
. {ROOT}/ci/unpack.sh
llvm_packages"""


def output(folder: Path, *command: str, **programs: str) -> str:
    """Of the command, where these programs are found first; their bodies are sh."""
    for name, body in programs.items():
        path = folder / name.replace("_", "-")
        path.write_text(f"#!/bin/sh\n{body}\n", encoding="ascii")
        path.chmod(0o755)
    done = subprocess.run(command, capture_output=True, text=True, check=False,
                          env={**os.environ, "PATH": f"{folder}:{os.environ['PATH']}"})
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("apt_cache, package", [
    (KNOWS_16_AND_19, "libllvm16"), (KNOWS_19, "libllvm19"), (KNOWS_NOTHING, "libllvm16")],
    ids=("two", "one", "none"))
def test_a_library_is_named_by_its_package(tmp_path: Path, apt_cache: str, package: str) -> None:
    assert output(tmp_path, "sh", "-c", LLVM_PACKAGES, apt_cache=apt_cache, apt_get=":",
                  ldconfig=":") == f"{package}\n"


def test_what_apt_knows_and_cannot_install_is_not_named(tmp_path: Path) -> None:
    refuses = 'case "$*" in *libllvm16*) echo "E: Unable to correct problems" >&2; exit 100 ;; esac'
    assert output(tmp_path, "sh", "-c", LLVM_PACKAGES, apt_cache=KNOWS_16_AND_19, apt_get=refuses,
                  ldconfig=":") == "libllvm19\n"


@pytest.mark.parametrize("library, wanted", [
    ("libLLVM-16.so.1 (libc6,x86-64) => /a/libLLVM-16.so.1", ""),
    ("libLLVM.so.19.1 (libc6,x86-64) => /a/libLLVM.so.19.1", ""),
    ("libLLVM-14.so.1 (libc6,x86-64) => /a/libLLVM-14.so.1", "libllvm16\n")], ids=("16", "19", "14"))
def test_a_library_that_is_there(tmp_path: Path, library: str, wanted: str) -> None:
    assert output(tmp_path, "sh", "-c", LLVM_PACKAGES, apt_cache=KNOWS_16_AND_19, apt_get=":",
                  ldconfig=f"printf '\\t%s\\n' '{library}'") == wanted


@pytest.mark.parametrize("target, wanted", [("arm64", []), ("loong64", ["libllvm16"])])
def test_a_new_machine(tmp_path: Path, target: str, wanted: list[str]) -> None:
    commands = output(tmp_path, str(ROOT / "ci/setup"), "--print", target, apt_cache=KNOWS_NOTHING,
                      apt_get=":", dpkg_query=":", ldconfig=":").splitlines()
    first, *rest = commands
    assert first.endswith("apt-get update")
    packages = [word for line in rest for word in line.split()]
    assert [name for name in packages if "llvm" in name] == wanted
