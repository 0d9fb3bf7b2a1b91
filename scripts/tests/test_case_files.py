"""Case files that a user gets wrong, through the real assemblers: one line that says file, line, and what;
exit code 2. And where a failure is: the line of the PROG, or of what stands for it."""
from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from conftest import everypc

pytestmark = pytest.mark.guest

ROOT = Path(__file__).resolve().parents[2]

HEAD = '\t.include "cases.inc"\n'
NOP = "\tPROG safe\n\tnop\n"

WRONG = [
    ("arm64", "no.S", "\tnop\n", "no.S: no cases in it"),
    ("arm64", "mark.S", f"{HEAD}\tCASE a\n\tPROG happy\n\tnop\n\tEND_CASE a\n",
     "mark.S:3: a: PROG happy: the marks are"),
    ("arm64", "nomark.S", f"{HEAD}\tCASE a\n\tPROG\n\tnop\n\tEND_CASE a\n",
     "nomark.S:3: a PROG without a mark"),
    ("arm64", "open.S", f"{HEAD}\n\tCASE a\n{NOP}", "open.S:3: CASE a without its END_CASE"),
    ("arm64", "end.S", f"{HEAD}\tCASE a\n{NOP}\tEND_CASE b\n", "end.S:5: END_CASE b ends CASE a of line 2"),
    ("arm64", "twice.S", f"{HEAD}\tCASE a\n{NOP}\tEND_CASE a\n\tCASE a\n{NOP}\tEND_CASE a\n",
     "twice.S:6: CASE a is already there"),
    ("arm64", "init.S", f'{HEAD}\tINIT "R1 = 4"\n\tCASE a\n{NOP}\tEND_CASE a\n',
     "init.S:2: INIT outside CASE"),
    ("arm64", "reg.S", f'{HEAD}\tCASE a\n\tINIT "R99 = 4"\n{NOP}\tEND_CASE a\n',
     "reg.S:3: unknown register R99"),
    ("arm64", "call.S", f'{HEAD}\tCASE a\n{NOP}\tPROG safe, "call"\n\tsvc #0\n\tEND_CASE a\n',
     "call.S:5: a+0x4 (call), svc #0: a case can't hold a system call"),
    ("amd64", "call.S", f"{HEAD}\tCASE a\n{NOP}\tPROG safe\n\tsyscall\n\tEND_CASE a\n",
     "call.S:5: a+0x1 (safe), syscall"),
    ("amd64", "zmm.S", f"{HEAD}\tCASE a\n\tPROG safe\n\tvaddps %zmm1, %zmm2, %zmm3\n\tEND_CASE a\n",
     "zmm.S:3: a+0x0"),
    ("arm64", "word.S", f"{HEAD}\tCASE a\n\tPROG safe\n\tBLOCKS maybe\n\tsvc #0\n\tEND_CASE a\n",
     "word.S:4: BLOCKS maybe: not behind a PROG, or neither EINTR nor RESTART"),
    ("arm64", "two.S", f"{HEAD}\tCASE a\n\tPROG safe\n\tBLOCKS EINTR\n\tsvc #0\n\tnop\n\tEND_CASE a\n",
     "two.S:3: safe: BLOCKS, but its PROG is not one system call"),
    ("arm", "thumb.S", f"{HEAD}\tCASE a\n{NOP}\t.thumb\n\tPROG safe\n\tnop\n\tnop\n\t.arm\n\tEND_CASE a\n",
     "thumb.S:6: safe: a case can't hold Thumb code"),
    ("riscv64", "rvv.S", f"{HEAD}\t.option arch, +v\n\t.macro v\n\tvadd.vv v1, v2, v3\n\t.endm\n\tCASE "
                         f"a\n\tPROG safe\n\tv\n"
     "\tEND_CASE a\n", "rvv.S:7: a+0x0 (safe), an instruction: a case can't hold an instruction that works "
                       "on the vector"),
    ("amd64", "call.progs", "ADDQ $1, AX\nSYSCALL\n",
     "call.progs:2: SYSCALL: a case can't hold a system call"),
    ("arm64", "noend.progs", "ADD $1, R1\n\nTEXT a(SB)\n\tADD $1, R1\n",
     "noend.progs:3: TEXT a without its END"),
    ("arm64", "op.progs", "ADD $1, R1\nADDD $1, R1\n",
     "op.progs:2: arm64 knows no operation ADDD; did you mean ADD"),
    ("arm64", "many.progs", "TEXT a(SB)\n" + "ADD $1, R1\n" * 97 + "END\n",
     "many.progs:97: more than 94 Progs in one case; make two of it"),
]


def _check(target: str, folder: Path, file: Path) -> subprocess.CompletedProcess[str]:
    return everypc("check", "--arch", target, "--cases", str(file), "--results", str(folder / "results"),
                   "--no-setup")


@pytest.mark.parametrize(("target", "name", "text", "message"), WRONG,
                         ids=[f"{row[0]}-{row[1]}" for row in WRONG])
def test_what_is_wrong_is_said_with_its_line(target: str, name: str, text: str, message: str,
                                             tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_text(text)
    done = _check(target, tmp_path, file)
    assert done.returncode == 2, done.stdout + done.stderr
    assert done.stderr.startswith(f"usage: {tmp_path}/{message}")
    assert done.stderr.count("\n") == 1, done.stderr


SPELT = """\t.include "cases.inc"
\tCASE spelt
\tINIT "R1 = arena"
\tPROG -3
\tldr x2, [x1]
\tadd x2, x2, #1
\tstr x2, [x1]

\tPROG -3, "behind the store"
\tadd x3, x3, x2
\tEND_CASE spelt
"""
PROGS = "TEXT a(SB)\n\tPCDATA $0, $-3\n\tMOVD 8(R1), R2\n\tADD $1, R2\n\tMOVD R2, 8(R1)\n\tADD R2, R3\nEND\n"


@pytest.mark.parametrize(("name", "text", "case_line", "prog_line"), [
    ("hand.S", SPELT, 2, 9),
    ("macro.S", SPELT.replace("\tCASE", "\t.macro all\n\tCASE").replace("END_CASE spelt",
                                                                        "END_CASE spelt\n\t.endm\n\n\n\tall"),
                                                                        16, 16),
    ("text.progs", PROGS, 1, 6),
], ids=["hand", "macro", "text"])
def test_a_failure_has_its_own_line(name: str, text: str, case_line: int, prog_line: int,
                                    tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_text(text)
    assert _check("arm64", tmp_path, file).returncode == 1
    events = [json.loads(line) for line in (tmp_path / "results/arm64/events.jsonl").read_text().splitlines()]
    sources = {e["source"] for e in events if e["ev"] == "fail"}
    assert f"{file}:{prog_line}" in sources and sources <= {f"{file}:{prog_line}", f"{file}:{case_line}"}
