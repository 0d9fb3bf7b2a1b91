"""Signals in a system call, on every target: what only they find, calls that they can't reach, and what the
case language refuses."""
from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import everypc, real_targets

pytestmark = pytest.mark.guest

PAIR = '\t.include "cases.inc"\n#include "common/test/call_pair.inc"\n'
QUICK = """\t.include "cases.inc"
#include <asm/unistd.h>
\tCASE quick
\tPROG safe, "its number"
\tmov x8, #__NR_getpid
\tPROG safe, "getpid"
\tBLOCKS RESTART
\tsvc #0
\tEND_CASE quick
"""
# 2 ms on the way to the call, by the clock: a signal in 5 ms, for a PC behind it, would come into it.
LATE = """\t.include "cases.inc"
#include "common/probe/call_cases.inc"
\t.purgem CALL_TIME
\t.macro CALL_TIME
\tmrs x24, cntfrq_el0
\tmov x25, #500
\tudiv x24, x24, x25
\tmrs x25, cntvct_el0
\tadd x24, x24, x25
1:\tmrs x25, cntvct_el0
\tcmp x25, x24
\tb.lo 1b
\tmov x24, #0
\tmov x25, #0
\tstp x20, x21, [x19]
\t.endm
\tCALL_SLEEP late, entry
"""


def _check(target: str, folder: Path, text: str, *more: str) -> tuple[int, list[dict]]:
    file = folder / "blocked.S"
    file.write_text(text)
    done = everypc("check", "--arch", target, "--cases", str(file), "--results", str(folder / "results"),
                   "--no-setup", *more)
    events = folder / "results" / target / "events.jsonl"
    assert events.exists(), done.stdout + done.stderr
    return done.returncode, [json.loads(line) for line in events.read_text().splitlines()]


@pytest.mark.parametrize("target", sorted(real_targets()))
def test_what_is_wrong_only_after_eintr_is_found(target: str, tmp_path: Path) -> None:
    code, events = _check(target, tmp_path, PAIR)
    assert code == 1
    fails = [e for e in events if e["ev"] == "fail"]
    assert {e["oracle"] for e in fails} == {"state"} and {e["blame"] for e in fails} == {"table"}
    assert all("_wrong@" in e["id"] and e["id"].endswith(":blocked") for e in fails), fails


def test_no_shot_behind_a_call_comes_into_it(tmp_path: Path) -> None:
    _, events = _check("arm64", tmp_path, LATE)
    fails = [e["id"] for e in events if e["ev"] == "fail"]
    assert fails and all(one.endswith(":blocked") for one in fails), fails


def test_a_call_that_does_not_block_is_said_to(tmp_path: Path) -> None:
    code, events = _check("arm64", tmp_path, QUICK)
    fail = next(e for e in events if e["ev"] == "fail")
    assert code == 1
    assert fail["oracle"] == "coverage" and fail["got"].startswith("none: the call does not block")


def test_mode_free_leaves_it_out_and_says_so(tmp_path: Path) -> None:
    code, events = _check("arm64", tmp_path, PAIR, "--mode", "free")
    skips = [e for e in events if e["ev"] == "skip"]
    assert code == 0 and len(skips) == 2 and all("blocks in a system call" in e["why"] for e in skips)


def test_a_shot_in_the_call_is_repeated_by_its_id(tmp_path: Path) -> None:
    _, events = _check("arm64", tmp_path, PAIR)
    shot = next(e["id"] for e in events if e["ev"] == "fail")
    done = everypc("repro", shot, "--cases", str(tmp_path / "blocked.S"), "--no-setup")
    assert done.returncode == 1 and f"{shot} fails" in done.stdout
    done = everypc("repro", shot.replace("_wrong", "_right"), "--cases", str(tmp_path / "blocked.S"),
                   "--no-setup")
    assert done.returncode == 0, done.stdout + done.stderr
