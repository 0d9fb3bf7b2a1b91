"""The list of targets as make prints it, and what becomes of a port that lacks a tier."""
from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest
from conftest import Project, last_line, real_targets, target_row
from test_gocheck import binary, gone  # noqa: F401  (gone is a fixture)

from driver.build.targets import missing_tools, read
from driver.errors import BuildError


def test_lines_are_read_by_key() -> None:
    text = ("a.arch=x/32\na.qemu=qemu-a\na.native=-\na.family=1\na.later=a=b\na.lacks=mutants binaries\n"
            "b.qemu=qemu-b\nb.arch=b\nb.cpu=\nb.packages=gcc-b libc-b\nb.literal=0x10 2\n")
    one, other = read(text)
    assert (one.name, one.arch, one.family, one.native, one.lacks) == ("a", "x/32", True, "",
                                                                       ("mutants", "binaries"))
    assert (other.family, other.cpu, other.packages, other.literal) == (False, "", ("gcc-b", "libc-b"),
                                                                        (16, 2))
    assert one.compiler == "gcc"


@pytest.mark.parametrize("text", ["a\tb\n", "a.arch\n", "a.arch=\na.qemu=q\n", "a.arch=a\n",
                                  "a.arch=a\na.qemu=q\na.literal=x\n"])
def test_other_lines_are_refused(text: str) -> None:
    with pytest.raises(BuildError, match="make -s targets"):
        read(text)


NEXT = "a.arch=a\na.triple=t\na.qemu=qemu-a\na.qemu_from=9\na.unpack=gcc-t libc-t\na.llvm=16\n"


def unpacked(root: Path, name: str, prints: str = "") -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\necho '{prints}'\n")
    path.chmod(0o755)
    return path


def test_what_was_unpacked_comes_before_what_is_installed(tmp_path: Path) -> None:
    one = dataclasses.replace(read(NEXT)[0], root=tmp_path)
    assert (one.compiler, one.emulator, one.unpack) == ("t-gcc", "qemu-a", ("gcc-t", "libc-t"))
    gcc = unpacked(tmp_path, "build/tools-next/bin/t-gcc")
    qemu = unpacked(tmp_path, "build/qemu-next/qemu-a", "qemu-a version 10.0.1")
    assert (one.compiler, one.emulator) == (str(gcc), str(qemu))
    assert [what for what in missing_tools(one, "qemu") if "LLVM" not in what] == []
    other = read("b.arch=b\nb.triple=t\nb.qemu=qemu-a\n")[0]
    assert (other.compiler, other.emulator) == ("t-gcc", "qemu-a")


def test_a_qemu_that_is_too_old_is_missing(tmp_path: Path) -> None:
    one = dataclasses.replace(read(NEXT)[0], root=tmp_path)
    unpacked(tmp_path, "build/tools-next/bin/t-gcc")
    unpacked(tmp_path, "build/qemu-next/qemu-a", "qemu-a version 7.2.22")
    assert "qemu-a of version 9 or newer" in missing_tools(one, "qemu")
    assert not any("qemu" in what for what in missing_tools(one, "native"))


def test_all_leaves_out_what_is_not_to_be_had(project: Project) -> None:
    project.world["targets"] = [target_row("arm64"), target_row("mips", triple="none", unpack="gcc-none")]
    done = project.run("check", "--arch", "all", "--no-setup")
    assert done.returncode == 0 and "skipped mips: missing: none-gcc" in done.stderr, done
    assert done.stdout.splitlines()[-1].startswith("passed: 1 target")
    done = project.run("check", "--arch", "mips", "--no-setup")
    assert done.returncode == 2 and "missing: none-gcc" in last_line(done), done


def test_the_real_list() -> None:
    assert len(real_targets()) >= 12
    assert all(target.packages or not target.triple for target in real_targets().values())


def test_check_says_what_a_port_lacks(project: Project) -> None:
    project.world["targets"] = [target_row("arm64"), target_row("mips", lacks="mutants binaries")]
    done = project.run("check")
    assert done.returncode == 0, done
    for tier in ("tier 2, mutants", "tier 3, binaries"):
        assert f"mips: the port lacks {tier}" in done.stdout
    assert "arm64: the port" not in done.stdout


def test_what_needs_the_tier_skips_the_target(gone: Project) -> None:  # noqa: F811
    gone.world["targets"] = [target_row("arm64"), target_row("mips", lacks="mutants binaries")]
    gone.world["go"]["other"] = binary(target="mips")
    done = gone.run("check-go", "app", "other")
    assert done.returncode == 0 and "skipped mips: the port lacks tier 3" in done.stderr
    total = json.loads((gone.results / "go/summary.json").read_text())
    assert [one["target"] for one in total["binaries"]] == ["arm64"]
    for command in (["check-go", "other"], ["compare-go", "other", "other"], ["mutants", "--arch", "mips"]):
        done = gone.run(*command)
        assert done.returncode == 2, done
        assert "nothing can be done for mips: the port lacks tier" in last_line(done)
