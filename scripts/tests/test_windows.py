"""Windows targets: a probe runs under Wine, and each rule on suspending a thread has a fault that breaks it,
which the harness must find. The faults are put into what is under test, as a user would: SUT=dir."""
from __future__ import annotations

import json
from pathlib import Path

import built
import pytest
from conftest import CONTEXT, windows_targets

from driver.probe import wine

ROOT = Path(__file__).resolve().parents[2]
UNDER_TEST = ROOT / "harness/probe/windows/preempt_thread.c"
HERE = [t.name for t in windows_targets().values() if not wine.missing(t)]

pytestmark = [pytest.mark.guest, pytest.mark.xdist_group("wine"),
              pytest.mark.skipif(not HERE, reason="Wine is not installed")]

HEADERS = '#include "arch.h"\n#include "mcontext.h"\n'
SUSPEND = """    if (SuspendThread(thread) == (DWORD)-1) { /* it is no longer there */
        ReleaseSRWLockExclusive(&suspend_lock);
        return (struct decision){REFUSE_UNWANTED, 0};
    }
"""
READ = "    BOOL read = GetThreadContext(thread, &c);\n"
LOCK = "    AcquireSRWLockExclusive(&suspend_lock);\n"
UNLOCK = "    ReleaseSRWLockExclusive(&suspend_lock);\n"
SET = "    if (d.refusal == INJECT)\n        SetThreadContext(thread, &c);\n"
RESUME = "    ResumeThread(thread);\n"

# What is replaced by what, and what of the first failure's texts says so.
FAULTS = {
    "the context is read before the suspension": (
        SUSPEND + READ, READ + SUSPEND, "SuspendThread comes first"),
    "whether it is wanted is not looked at again": (
        SUSPEND + READ,
        "    bool wanted = t->want_preempt;\n" + SUSPEND + READ + "    t->want_preempt = wanted;\n",
        "decision"),
    "SP is aligned down": (
        SET, "    if (d.refusal == INJECT)\n        ctx_set_sp(&c, ctx_sp(&c) & -(uintptr_t)64);\n" + SET,
        "SP at the injected call"),
    "registers are written that were not read": (
        SET, "    c.ContextFlags |= CONTEXT_INTEGER;\n" + SET, "behind push_call"),
    "the thread is left suspended": (RESUME, "    if (d.refusal == INJECT)\n    " + RESUME, "left suspended"),
    "the thread is resumed twice": (RESUME, RESUME + RESUME, "suspended by someone else"),
    "an exception is not looked for": (
        "UCONTEXT_BUSY)", "UCONTEXT_SYSTEM_CALL)", "guard.in_exception"),
    "a system call is not looked for": ("UCONTEXT_BUSY)", "UCONTEXT_EXCEPTION)", "guard.in_system_call"),
    "neither is asked for": (" | UCONTEXT_ASK", "", "guard.in_exception"),
    "there is no lock": (LOCK + SUSPEND + READ + UNLOCK,
                         "    (void)suspend_lock;\n" + SUSPEND.replace("    " + UNLOCK, "") + READ,
                         "suspend each other"),
    "the lock is given back too early": (READ + UNLOCK, UNLOCK + READ, "suspend each other"),
    "the context is set when the thread runs": (SET + RESUME, RESUME + SET, "ResumeThread comes last"),
}


def _failures(folder: Path, text: str) -> list[dict]:
    """Of the guard cases, with `text` as what is under test."""
    (folder / UNDER_TEST.name).write_text(text)
    probe = built.probe(HERE[0], [], folder, drawn=1) / "probe"
    start = wine.Wine().start(CONTEXT, windows_targets()[HERE[0]], probe)
    done = CONTEXT.run(start.argv(probe, ["--cases", "guard.*"]), timeout_s=600)
    found = [json.loads(line) for line in done.out.splitlines()]
    assert found and found[-1]["ev"] == "end" and sum(e["ev"] == "case" for e in found) > 10, done
    return [e for e in found if e["ev"] == "fail"]


@pytest.mark.parametrize("fault", [
    fault if k == 0 else pytest.param(fault, marks=pytest.mark.matrix) for k, fault in enumerate(FAULTS)])
def test_a_fault_in_suspending_is_found(fault: str, tmp_path: Path) -> None:
    old, new, said = FAULTS[fault]
    text = UNDER_TEST.read_text()
    assert text.count(old) == 1
    found = _failures(tmp_path, HEADERS + text.replace(old, new))
    assert any(said in f"{e['id']}: {e['oracle']}: {e['expected']}, {e['got']}" for e in found), found


def test_the_code_under_test_passes_as_sut(tmp_path: Path) -> None:
    assert _failures(tmp_path, UNDER_TEST.read_text()) == []
