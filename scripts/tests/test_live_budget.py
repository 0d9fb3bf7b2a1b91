"""`live --budget` and a program that does not end: it is told to, then killed, and the verdict says so."""
from __future__ import annotations

import os
import signal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from conftest import CONTEXT

from driver.live import program, report, runs, verdict
from driver.live.program import Ended, Look, Order
from driver.live.runs import Limits
from driver.live.shots import Shots
from driver.live.verdict import Run

MADE: Any = SimpleNamespace(shots=Path("shots.bin"), big_endian=False, program=Path("p"), prefix=[],
                            target=SimpleNamespace(name="amd64"))
_WAITS = "while :; do sleep 0.02; done"


def told(script: str) -> Ended:
    """It is told to end when it has said that it is up."""
    script = f"{script}; echo up; {_WAITS}"
    return program.run(CONTEXT, ["/bin/sh", "-c", script], dict(os.environ), None, quiet=True,
                       watch=lambda look: Order.END if look.wall_s > 0.3 else Order.GO_ON)


def test_a_program_is_told_to_end_and_may_say_goodbye() -> None:
    ended = told("trap 'echo bye; exit 3' TERM")
    assert (ended.status, ended.told, ended.hung) == (3, True, False)
    assert ended.printed[:2] == ("up", "bye")


def test_one_that_does_not_listen_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "GRACE_S", 0.5)
    ended = told("trap '' TERM")
    assert (ended.status, ended.told, ended.hung) == (-signal.SIGKILL, True, False)


def test_what_ends_by_itself_is_not_told() -> None:
    done = program.run(CONTEXT, ["/bin/true"], dict(os.environ), None, quiet=True,
                       watch=lambda _: Order.GO_ON)
    assert (done.status, done.told) == (0, False)


def orders(monkeypatch: pytest.MonkeyPatch, limits: Limits, without: Ended | None) -> list[Order]:
    """At 5, 10.5, 12 and 400 seconds of a run with shots for 10."""
    monkeypatch.setattr(runs.shots, "head", lambda *_: {"stop": 1, "fired": 7, "visited": 7})
    watch = runs._watch(MADE, limits, without)
    return [watch(Look(1, at, 0.0)) for at in (5.0, 10.5, 12.0, 400.0)]


def test_who_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    go, end = Order.GO_ON, Order.END
    itself, never = Ended(0, "", [], 9.0, 1.0), Ended(-15, "", [], 10.0, 1.0, told=True)
    limits = Limits(budget_s=10.0, told=True)
    assert orders(monkeypatch, limits, never) == [go, go, end, end]
    assert orders(monkeypatch, limits, None)[:3] == [go, go, end], "nothing says that it ends"
    assert orders(monkeypatch, limits, itself) == [go, go, go, go], "it ends, and is compared"
    assert orders(monkeypatch, Limits(budget_s=10.0), never)[:3] == [go, go, go], "a package's tests"
    assert orders(monkeypatch, Limits(), None)[:3] == [go, go, go], "there is no budget"


def oracles(ended: Ended, plain: Ended | None) -> list[str]:
    run = Run(MADE, ["p"], Shots({"injected": 1, "scheduled": 1}, {}, [], 0), ended, plain)
    return [one.oracle for one in verdict.failures(run, hex)]


def test_an_end_that_was_asked_for_is_no_failure() -> None:
    plain = Ended(0, "plain", [], 1.0, 1.0)
    for status in (0, 3, -signal.SIGTERM, -signal.SIGKILL):
        assert oracles(Ended(status, "", [], 1.0, 1.0, told=True), plain) == []
        assert oracles(Ended(0, "", [], 1.0, 1.0), Ended(status, "plain", [], 1.0, 1.0, told=True)) == []
    assert oracles(Ended(2, "", ["fatal error: x"], 1.0, 1.0, told=True), plain) == ["crash"]
    assert oracles(Ended(-signal.SIGSEGV, "", [], 1.0, 1.0, told=True), plain) == ["crash"]


@pytest.mark.parametrize("status, said", [
    (-15, "passed: 3 shots at 3 of 4 PCs, 2 injected, 2 resumed, 1 refused; it was told to end when the "
          "budget was over (SIGTERM)"),
    (-9, "passed: 3 shots at 3 of 4 PCs, 2 injected, 2 resumed, 1 refused; it was told to end when the "
         "budget was over (SIGTERM), and killed 10 s later")])
def test_the_verdict_says_so(status: int, said: str) -> None:
    result = {"fired": 3, "executed": 3, "pcs": 4, "injected": 2, "resumed": 2, "refused": 1, "failed": 0,
              "signal": None, "interrupted": False, "told_to_end": True, "status": status}
    assert report.summary(result) == said
