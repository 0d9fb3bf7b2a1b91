"""What check refuses before it runs anything: bad arguments, and tools that are missing."""
from __future__ import annotations

import pytest
from conftest import Project, last_line, target_row


@pytest.mark.parametrize("args, text", [
    (["--arch", "vax"], "unknown target 'vax' in --arch; the targets are: all arm64 mips mipsle"),
    (["--arch", ","], "names no target"),
    (["--shard", "3/2"], "--shard '3/2': i must be from 1 to 2"),
    (["--shard", "0/2"], "--shard '0/2'"),
    (["--shard", "x"], "--shard 'x' is not i/n"),
    (["--seed", "-1"], "not a whole number"),
    (["--jobs", "0"], "not a positive whole number"),
    (["--mode", "wild"], "invalid choice: 'wild'"),
    (["--runner", "native", "--arch", "mips"], "mips cannot run natively"),
    (["--runner", "native"], "no target runs natively"),
    (["--sut", "nowhere"], "nowhere: no such folder"),
    (["--cases", "nowhere.progs"], "nowhere.progs: no such file"),
    (["--cases", "a*", "--cases", "b*"], "one glob over case names, not 2"),
    (["--hang-timeout", "0"], "seconds above 0"),
    (["--results", "file/below"], "cannot write there"),
])
def test_bad_arguments_give_one_clear_line_and_2(project: Project, args: list[str], text: str) -> None:
    (project.root / "file").write_text("")
    done = project.run("check", *args)
    assert done.returncode == 2
    assert done.stdout == "" and len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith("usage: ") and text in done.stderr


def test_a_missing_compiler_names_its_packages(project: Project) -> None:
    project.world["targets"] = [target_row("arm64", triple="nosuch-triple"), target_row("mips")]
    done = project.run("check")
    assert done.returncode == 2
    assert last_line(done) == ("set-up: missing: nosuch-triple-gcc; install with: apt-get install -y "
                               "gcc-arm64 libc6-dev-arm64 "
                               "(`make setup ARCH=\"arm64 mips\"` does the same)")


def test_a_missing_qemu_names_its_package(project: Project) -> None:
    project.world["targets"] = [target_row("arm64", qemu="qemu-nosuch")]
    done = project.run("check")
    assert done.returncode == 2 and "qemu-user" in last_line(done)
