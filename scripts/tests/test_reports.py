"""Kinds of faults that public bug reports describe, each in its wrong and its right form, in quick depth.
The lies of arch/<arch>/test have more of the wrong ones."""
from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import SCRIPTS, everypc, real_targets

pytestmark = pytest.mark.guest

ROOT = Path(__file__).resolve().parents[2]

INCREMENT = """\
	PCDATA $0, $-2
	MOVD thread(SB), R1
	MOVD 8(R1), R2
	ADD $1, R2, R2
	MOVD R2, 8(R1)
	MOVD ZR, R1
	MOVD ZR, R2
"""
BETWEEN = """\
	PCDATA $0, $-1
	MOVD ZR, R3
"""
COUNTERS = f"""
TEXT forbidden(SB)
{INCREMENT}{BETWEEN}END
TEXT twice(SB)
{INCREMENT}{BETWEEN}{INCREMENT}END
"""
LINK_FIRST = """
TEXT stored_first(SB)
	MOVD.W R30, -32(RSP)
	MOVD R1, 8(RSP)
	MOVD.P 32(RSP), R30
	ADD $1, R1
END
TEXT part_of_a_function(SB)
	FRAGMENT
	SUB $32, RSP
	MOVD R30, (RSP)
	ADD $32, RSP
END
"""
NO_RETRY = """
TEXT no_retry(SB)
	INIT R6 = arena+64
	LDXR (R6), R5
	ADD $1, R5
	STXR R5, (R6), R7
	MOVD ZR, R5
END
"""
MASKING_PUSH_CALL = """
#include "arch.h"
#include "mcontext.h"

void push_call(ucontext_t *uc, uintptr_t target_pc, uintptr_t resume_pc)
{
    uintptr_t *sp = (uintptr_t *)(ctx_sp(uc) & ~(uintptr_t)15);
    *--sp = resume_pc;
    ctx_set_sp(uc, (uintptr_t)sp);
    ctx_set_pc(uc, target_pc);
}
"""
CLOBBERING_PUSH_CALL = """
#include "arch.h"
#include "mcontext.h"

void push_call(ucontext_t *uc, uintptr_t target_pc, uintptr_t resume_pc)
{
    uintptr_t *sp = (uintptr_t *)ctx_sp(uc);
    *--sp = resume_pc;
    ctx_set_sp(uc, (uintptr_t)sp);
    ctx_set_pc(uc, target_pc);
    uc->uc_mcontext.gregs[3] ^= 1; /* r11 */
}
"""


def _check(target: str, cases: Path | str, tmp_path: Path, *more: str) -> tuple[int, list[dict]]:
    done = everypc("check", "--arch", target, "--cases", str(cases), "--results", str(tmp_path / "results"),
                   "--no-setup", *more)
    events = tmp_path / "results" / target / "events.jsonl"
    assert events.exists(), done.stdout + done.stderr
    return done.returncode, [e for line in events.read_text().splitlines()
                             if (e := json.loads(line))["ev"] == "fail"]


@pytest.mark.parametrize("text", [COUNTERS, LINK_FIRST], ids=["counters", "link_first"])
def test_the_right_form_passes(text: str, tmp_path: Path) -> None:
    (tmp_path / "right.progs").write_text(text)
    assert _check("arm64", tmp_path / "right.progs", tmp_path) == (0, [])


def test_what_no_signal_survives_is_not_the_emulators_fault(tmp_path: Path) -> None:
    (tmp_path / "exclusive.progs").write_text(NO_RETRY)
    code, failures = _check("arm64", tmp_path / "exclusive.progs", tmp_path)
    assert code == 1
    blamed = [f for f in failures if "blame" in f]
    assert blamed
    assert all(f["blame"] == "lowering" and "no signal is survived here" in f["why"] for f in blamed)


@pytest.mark.parametrize(("target", "before", "insn", "rule"), [
    ("amd64", "call  async_preempt2", "pushq $0x7f80; ldmxcsr (%rsp); leaq 8(%rsp), %rsp", "MXCSR"),
    ("amd64", "call  async_preempt2", "pushq $0x17f; fldcw (%rsp); leaq 8(%rsp), %rsp", "x87 control word"),
    ("386", "call  async_preempt2", "pushl $0x7f80; ldmxcsr (%esp); leal 4(%esp), %esp", "MXCSR"),
    ("riscv64", "jal  x1, async_preempt2", "addi gp, gp, 16", "gp is"),
    ("ppc64", "bl   async_preempt2", "addi %r2, %r2, 16", "R2 is")],
    ids=["amd64-mxcsr", "amd64-fcw", "386-mxcsr", "riscv64-gp", "ppc64-r2"])
def test_what_a_call_must_keep_is_named(target: str, before: str, insn: str, rule: str,
                                        tmp_path: Path) -> None:
    """The stub has changed it when it calls."""
    stub = (SCRIPTS.parent / "arch" / real_targets()[target].arch / "probe/preempt.S").read_text()
    assert stub.count(before) == 1
    (tmp_path / "sut").mkdir()
    (tmp_path / "sut" / "preempt.S").write_text(stub.replace(before, f"{insn}\n    {before}"))
    code, failures = _check(target, "guard.idle", tmp_path, "--sut", str(tmp_path / "sut"))
    assert code == 1
    assert failures
    assert all(f["oracle"] == "frame" and rule in f["expected"] for f in failures)
    assert all(f["blame"] == "stub" for f in failures if "blame" in f)


def test_a_call_against_the_abi_is_named(tmp_path: Path) -> None:
    """The stub keeps the direction flag that the interrupted code has set."""
    stub = (ROOT / "arch/x86/64/probe/preempt.S").read_text()
    (tmp_path / "sut").mkdir()
    (tmp_path / "sut" / "preempt.S").write_text(stub.replace("    cld\n", ""))
    (tmp_path / "std.S").write_text('\t.include "cases.inc"\n\tCASE std\n\tPROG safe\n\tstd\n\tPROG '
                                    'safe\n\tcld\n'
                                    "\tEND_CASE std\n")
    code, failures = _check("amd64", tmp_path / "std.S", tmp_path, "--sut", str(tmp_path / "sut"))
    assert code == 1
    assert failures
    assert all(f["oracle"] == "frame" and "DF=0" in f["expected"] and f["blame"] == "stub" for f in failures)


@pytest.mark.parametrize(("push_call", "what"), [(MASKING_PUSH_CALL, "SP at the injected call"),
                                                 (CLOBBERING_PUSH_CALL, "r11 behind push_call")],
                         ids=["masks_sp", "clobbers"])
def test_push_call_is_blamed(push_call: str, what: str, tmp_path: Path) -> None:
    (tmp_path / "sut").mkdir()
    (tmp_path / "sut" / "push_call.c").write_text(push_call)
    code, failures = _check("amd64", "add.ADDQ_1_AX", tmp_path, "--sut", str(tmp_path / "sut"))
    assert code == 1
    assert failures
    assert all(f["oracle"] == "frame" and f["expected"].startswith(what) for f in failures)
    assert all(f["blame"] == "handler" and "push_call" in f["why"] for f in failures if "blame" in f)
