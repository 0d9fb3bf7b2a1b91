"""Real failures explained, minimised and stopped at in GDB: a short part of what was tried by hand."""
from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from conftest import everypc

pytestmark = pytest.mark.guest

# A mark that reaches one Prog too far, among others that are right.
COUNTER = """\
TEXT count(SB)
	INIT R8 = 0x123456789abcdef
	FRAGMENT
	EOR R4, R8, R9
	PCDATA $0, $-3
	MOVD 24(R5), R11
	SUB $3, R11, R11
	MOVD R11, 24(R5)
	ORR R11, R4, R12
	PCDATA $0, $-1
	LSL $3, R12, R13
	ADD R13, R9, R15
END
"""
# Made by a macro, so that no line of the file is the case's.
ASSEMBLY = """\
	.include "cases.inc"
	.macro	LIE name
	CASE	\\name
	PROG	safe, "a store"
	movq	%rax, -8(%rsp)
	PROG	safe, "something else"
	leaq	1(%rcx), %rdx
	PROG	safe, "its load"
	movq	-8(%rsp), %rbx
	END_CASE \\name
	.endm
	LIE	below_sp
"""


def _check(target: str, file: Path, *more: str) -> tuple[int, list[dict[str, Any]]]:
    results = file.parent / f"results-{file.stem}"
    done = everypc("check", "--arch", target, "--results", str(results), "--no-setup", "--cases", str(file),
                   *more)
    lines = (results / target / "events.jsonl").read_text().splitlines()
    return done.returncode, [event for event in map(json.loads, lines) if event["ev"] == "fail"]


def _minimised(case: str, file: Path, *more: str) -> tuple[list[str], str]:
    """The lines of the case that is left, and what was printed."""
    path = file.parent / f"small{file.suffix}"
    done = everypc("minimise", case, "--no-setup", "--cases", str(file), "--output", str(path),
                   "--budget", "3600", *more)
    assert done.returncode == 0 and "nothing can be taken away" in done.stdout, done.stdout + done.stderr
    return [line.strip() for line in path.read_text().splitlines()[1:]], done.stdout


@pytest.mark.xdist_group("arm64")
def test_a_range_that_is_too_long(tmp_path: Path) -> None:
    file = tmp_path / "counter.progs"
    file.write_text(COUNTER)
    code, failures = _check("arm64", file)
    assert code == 1
    _explains_it(failures[0]["explanation"])
    left, _ = _minimised(failures[0]["id"], file)
    assert left[:2] == ["TEXT minimal(SB)", "PCDATA $0, $-3"] and len(left) <= 5, left
    code, again = _check("arm64", tmp_path / "small.progs")
    assert code == 1 and again[0]["oracle"] == failures[0]["oracle"]


def _explains_it(one: dict[str, Any]) -> None:
    here, = [line for line in one["lines"] if line.get("here")]
    assert here["text"] == "orr x12, x4, x11" and here["value"] == -3 and here["sp_delta"] == 0
    prog = one["progs"][[prog["prog"] for prog in one["progs"]].index(here["prog"])]
    assert prog["text"] == "ORR R11, R4, R12" and prog["source"].endswith("counter.progs:9")
    resumed, = [line for line in one["lines"] if line["offset"] == one["action"]["resume"]]
    assert resumed["text"] == "ldr x11, [x5, #0x18]"
    assert [each["what"] for each in one["differences"]][:2] == ["x11", "x12"]
    assert all(int(each["expected"], 16) ^ int(each["got"], 16) == int(each["bits"], 16)
               for each in one["differences"])


@pytest.mark.xdist_group("amd64")
def test_machine_code_that_a_macro_makes(tmp_path: Path) -> None:
    file = tmp_path / "lies.S"
    file.write_text(ASSEMBLY)
    left, said = _minimised("amd64/lies.below_sp", file)
    assert sum(line.startswith("PROG") for line in left) <= 2
    assert "differs:" in said and "table to blame" in said


@pytest.mark.xdist_group("arm64")
def test_a_stub_under_test(tmp_path: Path) -> None:
    stub = Path(__file__).parents[2] / "arch/arm64/probe/preempt.S"
    broken = stub.read_text().replace("stp  x8, x9, [sp, #80]", "stp  x8, x8, [sp, #80]")
    (tmp_path / "sut").mkdir()
    (tmp_path / "sut/preempt.S").write_text(broken)
    file = tmp_path / "any.progs"
    file.write_text("TEXT any(SB)\n\tEOR R4, R8, R9\n\tADD $0x123, R9, R10\nEND\n")
    left, said = _minimised("arm64/any.any", file, "--sut", str(tmp_path / "sut"))
    assert len(left) == 3 and "stub to blame" in said   # any Prog will do
    assert " x9 " in said.partition("differs:")[2]


@pytest.mark.xdist_group("arm64")
@pytest.mark.skipif(not shutil.which("gdb-multiarch"), reason="gdb-multiarch is not installed")
def test_gdb_stops_at_the_pc(tmp_path: Path) -> None:
    file, script = tmp_path / "counter.progs", tmp_path / "where.gdb"
    file.write_text(COUNTER)
    script.write_text('printf "offset %ld\\n", (long) $pc - (long) $entry\ninfo symbol handle_preempt\n')
    done = everypc("repro", "arm64/counter.count@+0xc#0", "--no-setup", "--cases", str(file),
                   f"--gdb={script}")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "offset 12" in done.stdout and "handle_preempt in section" in done.stdout


def test_what_cannot_be_minimised_is_one_line(tmp_path: Path) -> None:
    file = tmp_path / "right.progs"
    file.write_text("ADD $1, R1\n")
    for words, said in ((["arm64/right.ADD_1_R1@+0x0#0"], "passes now, so there is nothing to minimise"),
                        (["arm64/right.ADD@+0x0#0"], "did you mean"), (["nonsense"], "not a shot id")):
        done = everypc("minimise", *words, "--no-setup", "--cases", str(file))
        assert done.returncode == 2 and said in done.stderr, done.stderr
