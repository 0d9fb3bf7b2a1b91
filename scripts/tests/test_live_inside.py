"""`everypc live --inside`: what happens behind an injected call, each with a program that it is wrong for."""
from __future__ import annotations

from pathlib import Path

import pytest
from conftest import CONTEXT, everypc, real_targets
from live_programs import build, fire, go_version, needs_go
from test_live import OLD, each

from driver.live import plan

pytestmark = [pytest.mark.guest, needs_go]


# Arguments in registers, and on the stack; with a link register and without; both byte orders.
@pytest.mark.parametrize("target", each(["amd64", "arm64", "mips"]))
def test_the_runtime_finds_every_caller_and_the_stack_moves(target: str, tmp_path: Path) -> None:
    fired = fire(tmp_path, build(target, "plain"), "--inside=adversary,traceback,move")
    assert fired.code == 0, fired.err
    result = fired.result
    assert result["traced"] == result["tracebacks"] == result["injected"] - result["no_room"] > 100
    assert result["moves_asked"] >= result["moved"] > 2 and result["resumed"] == result["injected"]
    assert f"{result['traced']} tracebacks compared to the end" in fired.err


@pytest.mark.xdist_group("amd64")
def test_without_a_list_what_the_program_does_not_hold_is_left_out(tmp_path: Path) -> None:
    fired = fire(tmp_path, build("amd64", "frames"), "--inside", "--func", "main.main")
    assert "--inside is without gc: " in fired.err
    assert fired.result["inside"] == ["adversary", "traceback"] and fired.result["traced"]


@pytest.mark.xdist_group("arm64")
def test_the_runtime_loses_its_way_where_the_tables_do(tmp_path: Path) -> None:
    fired = fire(tmp_path, build("arm64", "frames"), "--inside=traceback", "--func", "main.arm64Frame")
    if not go_version().startswith(OLD):
        assert fired.code == 0
        return
    assert fired.code == 1 and fired.oracles == {"unwind", "traceback"}
    one = next(one for one in fired.result["failures"] if one["oracle"] == "traceback")
    assert "it ends in main.arm64Frame+0x" in one["got"] and "--inside=traceback --at" in one["again"]


@pytest.mark.xdist_group("amd64")
def test_the_runtime_finds_other_callers_than_the_tables(tmp_path: Path) -> None:
    lying = fire(tmp_path / "lying", build("amd64", "asm_sp"), "--inside=traceback")
    assert "traceback" in lying.oracles
    honest = fire(tmp_path / "honest", build("amd64", "asm_sp"), "--inside=traceback", args=("honest",))
    assert honest.code == 0 and honest.result["traced"] == honest.result["tracebacks"] > 10


@pytest.mark.xdist_group("amd64")
def test_an_address_on_the_stack_that_does_not_move_with_it(tmp_path: Path) -> None:
    program = build("amd64", "stack_address")
    fired = fire(tmp_path / "integer", program, "--inside=move")
    assert fired.code == 1 and fired.oracles == {"verdict"} and fired.result["moved"] > 5
    assert fire(tmp_path / "still", program).code == 0
    assert fire(tmp_path / "pointer", program, "--inside=move", args=("pointer",)).code == 0


@pytest.mark.xdist_group("amd64")
def test_another_thread_goes_on(tmp_path: Path) -> None:
    program = build("amd64", "thread_id")
    fired = fire(tmp_path / "any", program, "--inside=thread", "--func", "main.stays")
    assert fired.result["threads_changed"] > 4 * fired.result["threads_kept"]
    shown = fire(tmp_path / "shown", program, "--inside=thread", "--at", "main.between+0x0", "--visits",
                 "1,2")
    assert shown.code == 1 and shown.oracles == {"verdict"}
    assert fire(tmp_path / "still", program, "--func", "main.stays").code == 0
    locked = fire(tmp_path / "locked", program, "--inside=thread", "--func", "main.stays", args=("locked",))
    assert locked.code == 0 and locked.result["threads_changed"] == 0
    assert f"note: {locked.result['threads_kept']} calls were gone on with by the same thread" in locked.err


def test_programs_of_another_abi_have_an_agent_of_their_own() -> None:
    ppc64 = real_targets()["ppc64"]
    assert [plan.agent(CONTEXT, ppc64, flags).name for flags in (0, 1, 2)] == ["agent", "agent", "agent-2"]
    assert plan.agents(CONTEXT, ppc64)[1].name == "agent-2"


@pytest.mark.xdist_group("amd64")
def test_what_inside_takes(tmp_path: Path) -> None:
    done = everypc("live", "--results", str(tmp_path), "--inside=shrink", "--", str(build("amd64", "plain")))
    assert done.returncode == 2 and "there is no 'shrink'; it takes adversary, gc, traceback, move, thread" \
        in done.stderr
