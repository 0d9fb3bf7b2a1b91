"""Windows targets: a probe runs under Wine, and each rule on suspending a thread has a fault that breaks it,
which the harness must find. The faults are put into what is under test, as a user would: SUT=dir."""
from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import everypc, real_targets

from driver.probe import wine

ROOT = Path(__file__).resolve().parents[2]
UNDER_TEST = ROOT / "harness/probe/windows/preempt_thread.c"
HERE = [t.name for t in real_targets().values() if t.runner == wine.WINE and not wine.missing(t)]

pytestmark = [pytest.mark.guest, pytest.mark.skipif(not HERE, reason="Wine is not installed")]

SUSPEND = """    if (SuspendThread(thread) == (DWORD)-1) { /* it is no longer there */
        ReleaseSRWLockExclusive(&suspend_lock);
        return (struct decision){REFUSE_UNWANTED, 0};
    }
"""
READ = "    BOOL read = GetThreadContext(thread, &c);\n"
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
    "the context is set when the thread runs": (SET + RESUME, RESUME + SET, "ResumeThread comes last"),
}


def _failures(sut: Path, results: Path) -> list[dict]:
    done = everypc("check", "--arch", HERE[0], "--cases", "guard.*", "--results", str(results),
                   "--sut", str(sut), "--no-setup")
    events = results / HERE[0] / "events.jsonl"
    assert events.exists(), done.stdout + done.stderr
    assert done.returncode in (0, 1), done.stdout + done.stderr
    return [e for e in map(json.loads, events.read_text().splitlines()) if e["ev"] == "fail"]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_suspending_is_found(fault: str, tmp_path: Path) -> None:
    old, new, said = FAULTS[fault]
    text = UNDER_TEST.read_text()
    assert text.count(old) == 1
    headers = '#include "arch.h"\n#include "mcontext.h"\n'
    (tmp_path / "preempt_thread.c").write_text(headers + text.replace(old, new))
    found = _failures(tmp_path, tmp_path / "results")
    assert any(said in f"{e['oracle']}: {e['expected']}, {e['got']}" for e in found), found


def test_the_code_under_test_passes_as_sut(tmp_path: Path) -> None:
    (tmp_path / "preempt_thread.c").write_text(UNDER_TEST.read_text())
    assert _failures(tmp_path, tmp_path / "results") == []
