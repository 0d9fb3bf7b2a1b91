"""`everypc live` at what is hard to interrupt: the runtime itself, which blocks signals, and programs that
fork, exec, use signals themselves, print much, and end badly."""
from __future__ import annotations

from pathlib import Path

import pytest
from live_programs import build, fire, needs_go

pytestmark = [pytest.mark.guest, needs_go]
# Threads begin and end in these, with all signals blocked; handlers run in these.
RUNTIME = tuple(word for name in ("minit*", "mstart*", "newosproc*", "newm*", "clone*", "sig*", "rt_sig*",
                                  "rtsigprocmask*", "doSigPreempt", "mexit")
                for word in ("--func", f"runtime.{name}"))


# s390x: the trap raises another signal.
@pytest.mark.parametrize("target", [pytest.param(name, marks=pytest.mark.xdist_group(name))
                                    for name in ("arm64", "mips", "s390x")])
def test_the_runtime_refuses_each_shot_and_goes_on(target: str, tmp_path: Path) -> None:
    fired = fire(tmp_path, build(target, "plain"), *RUNTIME)
    assert fired.code == 0, fired.err
    result = fired.result
    assert result["fired"] == result["refused"] > 100 and result["injected"] == 0
    assert result["blocked"] > 100   # in the handler, and where a thread begins
    assert set(result["reserved_functions"]) == {"runtime.clone", "runtime.rtsigprocmask",
                                                 "runtime.rt_sigaction"}
    assert "note: runtime.clone has no shot: a new thread has data below SP" in fired.err


@pytest.mark.parametrize("target", [pytest.param(name, marks=pytest.mark.xdist_group(name))
                                    for name in ("amd64", "arm64")])
def test_a_program_of_many_deeds(target: str, tmp_path: Path) -> None:
    deeds = build(target, "deeds")
    fired = fire(tmp_path / "much", deeds, "--func", "main.*", "--func", "syscall.*",
                 args=("start", "urg", "trap", "shout", "replace"))
    assert fired.code == 0, fired.err
    assert fired.result["failed"] == 0 and fired.result["output_compared"] and fired.result["injected"] > 100
    lines = fired.out.splitlines()
    assert (lines[0], lines[2], lines[3]) == ("a child", "got urgent I/O condition",
                                              "got trace/breakpoint trap")
    # The last line has no end, and what the program has become prints behind it.
    assert len(lines) == 305 and lines[-1] == (4 << 20) * "x" + "another program"


@pytest.mark.xdist_group("arm64")
@pytest.mark.parametrize(("deed", "said"), [("deadlock", "all goroutines are asleep"), ("die", "SIGTRAP")])
def test_a_program_that_ends_badly_by_itself(deed: str, said: str, tmp_path: Path) -> None:
    fired = fire(tmp_path, build("arm64", "deeds"), args=(deed,))
    assert fired.code == 2 and said in fired.err   # the program's own
    assert fired.result["failed"] == 0 and fired.result["injected"] > 20
