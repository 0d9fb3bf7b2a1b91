"""The list of targets as make prints it, and what becomes of a port that lacks a tier."""
from __future__ import annotations

import json

import pytest
from conftest import Project, last_line, real_targets, target_row
from test_gocheck import binary, gone  # noqa: F401  (gone is a fixture)

from driver.build.targets import read
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
