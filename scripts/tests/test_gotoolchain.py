"""check-go on a toolchain, with a fake one: which programs are built for which targets, its assembler
against ours."""
from __future__ import annotations

import json
import shutil
from typing import Any

import pytest
from conftest import FAKES, PATH, SCRIPTS, Project, last_line
from test_gocheck import KNOWN, binary, finding, gone, triage  # noqa: F401  (gone is a fixture)

from driver.build.targets import Target
from driver.commands import check_go
from driver.go import assembler, toolchain as toolchains, triage as known_findings
from driver.tsv import read_rows

SOURCE = "\n".join(['TEXT ·a(SB), $0', "\tADD $1, R1", "\tADD $0x12345678, R1, R2", "\tRET"]) + "\n"
TSV = ("line\tcase\tprog\tstart\tend\tmark\trelocated\n2\ta\tADD $1, R1\t0\t4\t-1\t0\n"
       "3\ta\tADD $0x12345678, R1, R2\t4\t8\t-3\t0\n")
LISTING = ("a STEXT size=12 args=0x0 locals=0x0\n\t0x0000 00000 (part.s:2)\tADD\t$1, R1\n\t0x0004 00004 "
           "(part.s:3)\tPCDATA\t$0, $-3\n"
           "\t0x0004 00004 (part.s:3)\tADD\t$305419896, R1, R2\n\t0x0008 00008 (part.s:4)\tPCDATA\t$0, $-1\n"
           "\t0x0008 00008 (part.s:4)\tRET\n\t0x0000 21 04 00 91 aa bb cc dd ff ff ff ff\n")


@pytest.fixture
def toolchain(gone: Project) -> Project:  # noqa: F811
    (gone.root / "goroot" / "bin").mkdir(parents=True)
    (gone.root / "goroot" / "src").mkdir()
    shutil.copy(FAKES / "fake-go", gone.root / "goroot" / "bin" / "go")
    (gone.root / "arch/mips/insn").mkdir(parents=True)
    (gone.root / "arch/mips/insn/measure.S").touch()
    gone.world["go"] = {name: binary() for name in toolchains.PROGRAMS}
    gone.world["toolchain"] = {"listing": LISTING}
    gone.world["gosource"] = {"cases.s": SOURCE, "cases.tsv": TSV, "cases-ours.bin": "21040091aabbccdd"}
    return gone


def check(project: Project, *more: str, arch: str = "arm64") -> Any:
    return project.run("check-go", "--goroot", "goroot", "--arch", arch, *more)


def go_calls(project: Project) -> list[list[str]]:
    return [json.loads(line) for line in (project.root / "world.json.gocalls").read_text().splitlines()]


@pytest.mark.long
def test_all_its_programs_are_checked(toolchain: Project) -> None:
    done = check(toolchain)
    assert done.returncode == 0, done
    assert last_line(done).startswith("passed: 7 binaries, 21 functions")
    built = [call for call in go_calls(toolchain) if call[1] in ("build", "test")]
    assert {call[0] for call in built} == {"arm64"}
    assert ([call[-1].rpartition("/")[2] for call in built]
            == ["controls.go", "gofmt", "asm", "go", "compile", "runtime", "big"])
    assert "go1.19.8 in " in done.stdout
    total = json.loads((toolchain.results / "go" / "summary.json").read_text())
    assert [one["name"] for one in total["binaries"]] == [f"arm64-{name}" for name in toolchains.PROGRAMS]
    assert ([(p["target"], p["progs"], p["same_bytes"], p["same_marks"]) for p in total["progs"]]
            == [("arm64", 2, 2, 2)])


def test_some_programs_for_several_targets(toolchain: Project) -> None:
    done = check(toolchain, "--programs", "gofmt", arch="arm64 mips")
    assert done.returncode == 0, done
    assert [call[0] for call in go_calls(toolchain) if call[1] == "build"] == ["arm64", "mips"]
    done = check(toolchain, "--programs", "gofmt nosuch")
    assert done.returncode == 2 and "there is no 'nosuch'" in last_line(done)


def test_what_its_assembler_does_otherwise_is_told_and_fails_nothing(toolchain: Project) -> None:
    toolchain.world["gosource"]["cases-ours.bin"] = "21040091aabbccd0"
    toolchain.world["gosource"]["cases.tsv"] = TSV.replace("\t-1\t", "\t-2\t")
    (toolchain.root / "cases" / "go" / "toolchains.tsv").write_text("arm64\tmark\tADD $#, R?\tgo1.19*\tours "
                                                                    "is careful\n")
    done = check(toolchain, "--programs", "gofmt")
    assert done.returncode == 0, done
    assert ("arm64 bytes: 1 of ADD $#, Ra, Rb: ADD $0x12345678, R1, R2: Go aabbccdd, ours aabbccd0 (no "
            "reason is known)"
            in done.stdout)
    assert "arm64 mark: 1 of ADD $#, Ra: ADD $1, R1: Go -1, ours -2 (ours is careful)" in done.stdout
    progs = json.loads((toolchain.results / "go" / "arm64-progs.json").read_text())
    assert (progs["same_bytes"], progs["same_marks"], progs["stricter"]) == (1, 1, 1)
    toolchain.world["toolchain"]["version"] = "go1.24"
    assert "ours -2 (no reason is known)" in check(toolchain, "--programs", "gofmt").stdout


def test_the_distance_to_a_literal_is_no_difference() -> None:
    arm64 = Target("arm64", "arm64", literal=(0x3b000000, 0x18000000, 0x00ffffe0))
    go, ours = bytes.fromhex("1b01001841683bf8"), bytes.fromhex("db00001841683bf8")
    assert assembler.without_distance(arm64, go) == assembler.without_distance(arm64, ours) != go
    another_register = bytes.fromhex("1b01001842683bf8")
    assert assembler.without_distance(arm64, go) != assembler.without_distance(arm64, another_register)
    assert assembler.without_distance(Target("x", "x"), go) == go


def test_the_reasons_are_well_formed() -> None:
    rows = read_rows(SCRIPTS.parent / check_go.REASONS, check_go.COLUMNS)
    assert rows
    for row in rows:
        assert row["what"] in ("bytes", "mark") and all(row.values()), row
    known = known_findings.read(SCRIPTS.parent / known_findings.FILE)
    assert (known.judge("arm64", "go1.19.8", "sp", "main.f", "add sp, sp, #; > add sp, sp, #, lsl #")[0]
            == "known")
    assert (known.judge("arm64", "go1.25.1", "sp", "main.f", "add sp, sp, #; > add sp, sp, #, lsl #")[0]
            == "new")
    assert known.judge("arm", "go1.24.4", "sp", "main.f", "pop {lr}; > b #")[0] == "known"
    assert known.judge("arm", "go1.27.3", "sp", "main.f", "pop {lr}; > b #")[0] == "new"
    assert (known.judge("arm64", "go1.19.8", "clobber", "main.f", "adr x27, #; > stp x29, x27, [sp, #]")[0]
            == "known")
    assert (known.judge("arm64", "go1.24.4", "clobber", "main.f", "adr x27, #; > stp x29, x27, [sp, #]")[0]
            == "new")


@pytest.mark.long
def test_a_control_that_is_not_found_is_told(toolchain: Project) -> None:
    triage(toolchain)
    assert "triage.tsv:2: matched nothing here: sp on arm64" in check(toolchain, "--programs",
                                                                      "controls").stdout
    toolchain.world["go"]["controls"] = binary(finding())
    done = check(toolchain, "--programs", "controls")
    assert done.returncode == 0 and "1 known" in last_line(done) and "matched nothing" not in done.stdout
    triage(toolchain, KNOWN.replace("go1.1[4-9]*", "go1.18*"))
    assert check(toolchain, "--programs", "controls").returncode == 1


def test_a_toolchain_that_does_not_build(toolchain: Project) -> None:
    toolchain.world["toolchain"]["fails"] = ["asm"]
    done = check(toolchain)
    assert done.returncode == 125 and last_line(done) == "could not build: arm64: asm: asm.go:1: no"


def test_usage(toolchain: Project) -> None:
    done = toolchain.run("check-go", "--goroot", "nosuch", "--arch", "arm64")
    assert done.returncode == 2 and "there is no bin/go in it" in last_line(done)
    (toolchain.root / "goroot/src").rename(toolchain.root / "goroot/elsewhere")
    (toolchain.root / "goroot/src").symlink_to("nowhere")   # as Debian's package is without that of sources
    done = check(toolchain)
    assert done.returncode == 2 and "there is no src/ in it" in last_line(done), done
    assert "golang-VERSION-src" in last_line(done) and "Traceback" not in done.stderr
    (toolchain.root / "goroot/src").unlink()
    (toolchain.root / "goroot/elsewhere").rename(toolchain.root / "goroot/src")
    assert check(toolchain, arch="vax").returncode == 2
    assert "leave out the binaries" in last_line(check(toolchain, "gofmt"))


def test_the_installed_toolchain(toolchain: Project) -> None:
    toolchain.env["PATH"] = f"{toolchain.root / 'goroot' / 'bin'}:{toolchain.env['PATH']}"
    done = toolchain.run("check-go", "--arch", "arm64", "--programs", "gofmt")
    assert done.returncode == 0 and f"go1.19.8 in {toolchain.root / 'goroot'}" in done.stdout


def test_no_toolchain(toolchain: Project) -> None:
    (toolchain.root / "bin").mkdir()
    (toolchain.root / "bin" / "gcc").symlink_to("/bin/true")
    toolchain.env["PATH"] = f"{PATH}:{toolchain.root / 'bin'}"
    done = toolchain.run("check-go", "--arch", "arm64", "--no-setup")
    assert done.returncode == 2
    assert (last_line(done)
            == "set-up: missing: go; install with: apt-get install -y golang-go (or name a toolchain: "
               "GOROOT=path)")
