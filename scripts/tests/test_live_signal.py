"""live --signal: a plain signal at every PC of C programs, some of whose handlers are broken. Builds the
agents and runs the programs."""
from __future__ import annotations

import json
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from conftest import CONTEXT, SCRIPTS, everypc, real_targets

from driver.errors import UsageError
from driver.live import signals

pytestmark = pytest.mark.guest
SOURCE = SCRIPTS.parent / "cases/live/counter.c"
PLAIN, ATOMIC, BLOCKED, JUMP, POINTER = range(1, 6)   # as the source has them
# Targets, and what their programs are run by. MIPS has other numbers of signals.
WAYS = [("amd64", "native"), ("amd64", "qemu"), ("arm64", "qemu"), ("mips64", "qemu")]
FLAGS = {"arm": ["-marm"]}   # else Thumb


def build(folder: Path, target: str, kind: int, *flags: str) -> Path:
    compiler = real_targets()[target].compiler
    if shutil.which(compiler) is None:
        pytest.skip(f"{compiler} is not installed")
    program = folder / f"counter{kind}"
    subprocess.run([compiler, "-O1", f"-DADD={kind}", *FLAGS.get(target, []), *flags, "-o", str(program),
                    str(SOURCE)], check=True)
    return program


def live(program: Path, *more: str) -> tuple[subprocess.CompletedProcess[str], dict[str, Any]]:
    folder = program.with_suffix(".results")
    done = everypc("live", "--no-setup", "--signal", "USR1", "--results", str(folder), *more, "--",
                   str(program))
    assert "Traceback" not in done.stderr, done.stderr
    assert (folder / "live.json").exists(), done.stderr
    return done, json.loads((folder / "live.json").read_text())


@pytest.fixture(params=WAYS, ids=["-".join(way) for way in WAYS])
def way(request: pytest.FixtureRequest) -> tuple[str, str]:
    if request.param[1] == "native" and not real_targets()[request.param[0]].runs_natively:
        pytest.skip("this machine runs no such program")
    return request.param


def test_a_lost_addition_is_found_and_repeated(way: tuple[str, str], tmp_path: Path) -> None:
    program = build(tmp_path, way[0], PLAIN)
    done, result = live(program, "--runner", way[1], "--func", "add_*")
    assert done.returncode == 1, done.stderr
    [one] = result["failures"]
    assert one["oracle"] == "verdict"
    assert one["function"].startswith("add_plainly+0x")
    assert all(line.startswith("add_plainly+0x") and line.endswith("alone, it does it")
               for line in one["suspects"])
    assert any(line.startswith(">") for line in one["code"])
    words = shlex.split(one["again"])
    assert words[:4] == ["everypc", "live", "--signal", "USR1"]
    again, single = live(program, "--runner", way[1], *words[4:words.index("--")])
    assert again.returncode == 1, again.stderr
    assert (single["fired"], single["failures"][0]["oracle"]) == (1, "verdict")
    assert single["failures"][0]["again"] == one["again"]


@pytest.mark.parametrize("kind", [ATOMIC, BLOCKED])
def test_its_sound_twin_passes(way: tuple[str, str], kind: int, tmp_path: Path) -> None:
    done, result = live(build(tmp_path, way[0], kind), "--runner", way[1])
    assert done.returncode == 0, done.stderr
    assert done.stdout == "0 lost\n"
    assert result["handled"] == result["entered"] == result["fired"] > 20
    by_name = {row["function"]: row for row in result["functions"]}
    assert by_name["handler"]["fired"] == 0, "the signal is blocked there"
    if kind == BLOCKED:
        assert by_name["add_plainly"]["executed"] > 0 and by_name["add_plainly"]["fired"] == 0
        assert result["blocked"] > 0


def test_a_crash_in_the_handler_is_found(way: tuple[str, str], tmp_path: Path) -> None:
    program = build(tmp_path, way[0], POINTER)
    done, result = live(program, "--runner", way[1], "--func", "move_pointer")
    assert done.returncode == 128 + 11, done.stderr
    [one] = result["failures"]
    assert one["oracle"] == "crash"
    assert one["function"].startswith("move_pointer+0x")
    place = one["suspects"][0].split(":")[0]
    assert live(program, "--runner", way[1], "--at", place)[0].returncode == 128 + 11


def test_handlers_that_jump_leave_nothing_behind(way: tuple[str, str], tmp_path: Path) -> None:
    """More of them than the agent keeps shots under way."""
    done, result = live(build(tmp_path, way[0], JUMP), "--runner", way[1], "--visits", "1,2,3,4,5,6,7,8")
    assert done.returncode == 0, done.stderr
    assert result["entered"] - result["handled"] > 64
    assert result["fired"] == result["entered"]
    assert "left by a jump" in done.stderr


@pytest.mark.parametrize("words, why", [
    (["--signal", "USR7"], "did you mean USR1"),
    (["--signal", "KILL"], "no program can have a handler"),
    (["--signal", "TRAP"], "the traps raise that signal themselves"),
    (["--signal", "USR1", "--inside"], "injects no call"),
    (["--signal", "USR1", "--func", "nothing"], "no function that was asked for"),
    ([], "--signal NAME fires a plain signal at any program")])
def test_what_is_refused(words: list[str], why: str, tmp_path: Path) -> None:
    done = everypc("live", "--no-setup", "--results", str(tmp_path / "out"), *words, "--",
                   str(build(tmp_path, "amd64", ATOMIC)))
    assert done.returncode == 2
    assert why in done.stderr, done.stderr


@pytest.mark.parametrize("flags, why", [(["-s"], "it is stripped"), (["-static"], "--func GLOB")])
def test_a_program_that_does_not_say_which_functions(flags: list[str], why: str, tmp_path: Path) -> None:
    done = everypc("live", "--no-setup", "--signal", "USR1", "--results", str(tmp_path / "out"), "--",
                   str(build(tmp_path, "amd64", ATOMIC, *flags)))
    assert (done.returncode, why in done.stderr) == (2, True), done.stderr


def test_a_static_program_with_a_glob(tmp_path: Path) -> None:
    done, result = live(build(tmp_path, "amd64", PLAIN, "-static", "-no-pie"), "--func", "add*")
    assert done.returncode == 1
    assert result["failures"][0]["function"].startswith("add_plainly+")


def test_thumb_code_is_refused(tmp_path: Path) -> None:
    done = everypc("live", "--no-setup", "--signal", "USR1", "--results", str(tmp_path / "out"), "--",
                   str(build(tmp_path, "arm", ATOMIC, "-mthumb")))
    assert (done.returncode, "another instruction set" in done.stderr) == (2, True), done.stderr


def test_a_signal_has_the_targets_own_number() -> None:
    for target, number in (("amd64", 10), ("mips", 16)):
        if shutil.which(real_targets()[target].compiler):
            assert signals.number(CONTEXT, real_targets()[target], "SIGUSR1") == number
    with pytest.raises(UsageError):
        signals.number(CONTEXT, real_targets()["amd64"], "0")
    assert signals.number(CONTEXT, real_targets()["amd64"], "cld") == 17, "an alias of CHLD"
