"""Bisection over commits: a repository in which one commit breaks a table entry is searched in a worktree of
its own, also when the driver is killed on its way."""
from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest
from conftest import CONTEXT, SCRIPTS, Forked, everypc, last_line
from live_programs import build, needs_go

from driver.bisect import differences
from driver.bisect.trial import Built
from driver.go import toolchain

BUILD = SCRIPTS.parent / "build/bisect"
COMMITS, BROKEN, OTHER, UNBUILT = 64, 37, 20, (31, 32)   # 31 or 32 is the first that git tries

SOUND = """TEXT increment(SB)
	PCDATA $0, $-3
	MOVD 8(R1), R2
	ADD $1, R2
	MOVD R2, 8(R1)
	PCDATA $0, $-1
	ADD R2, R3
END
"""
LATE = SOUND.replace("	PCDATA $0, $-1\n	ADD R2, R3\n", "	ADD R2, R3\n	PCDATA $0, $-1\n")
SOUND_TOO = "TEXT other(SB)\n	ADD $1, R1\n	ADD $1, R1\nEND\n"
LIES_TOO = SOUND_TOO.replace("(SB)\n", "(SB)\n	PCDATA $0, $-3\n")


def _file(number: int) -> str:
    """counter.progs as commit `number` has it."""
    text = (f"// {number}\n" + (LATE if number >= BROKEN else SOUND)
            + (LIES_TOO if number >= OTHER else SOUND_TOO))
    return text + ("NOSUCH $1, R2\n" if number in UNBUILT else "")


def _git(repository: Path, *args: str, text: str = "") -> str:
    return subprocess.run(["git", "-C", str(repository), *args], input=text, check=True, capture_output=True,
                          text=True).stdout


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """64 commits on main, by one process, and an edit that is not committed."""
    made = tmp_path / "runtime"
    made.mkdir()
    _git(made, "init", "-q", "-b", "main")
    stream = []
    for k in range(COMMITS):
        title, file = f"Commit {k}", _file(k)
        stream.append(f"commit refs/heads/main\ncommitter A <a@example.org> {k + 1} +0000\n"
                      f"data {len(title)}\n{title}\nM 644 inline counter.progs\ndata {len(file)}\n{file}\n")
    _git(made, "fast-import", "--quiet", text="".join(stream))
    _git(made, "checkout", "-q", "main")
    (made / "counter.progs").write_text("the user's edit\n")
    return made


def _state(repository: Path) -> list[str]:
    """What must stay as it is."""
    return [_git(repository, *args.split())
            for args in ("symbolic-ref HEAD", "rev-parse HEAD", "status --short", "worktree list --porcelain",
                         "for-each-ref")]


def _args(repository: Path, *more: str) -> list[str]:
    return ["bisect", "--repo", str(repository), "--good", f"main~{COMMITS - 1}", "--bad", "main",
            "--id", "arm64/counter.increment@+0xc#0", "--cases", "counter.progs", "--no-setup", *more]


def _tried(older: set[Path]) -> int:
    """Commits whose verdict is known, of the bisection that was begun last."""
    kept = set(BUILD.glob("*/verdicts.json")) - older
    return max((len(json.loads(path.read_text())) for path in kept), default=0)


def _kill_after(args: list[str], commits: int) -> None:
    older = set(BUILD.glob("*/verdicts.json"))
    proc = Forked(tuple(args), SCRIPTS.parent, dict(os.environ))
    deadline = time.monotonic() + 300
    while _tried(older) < commits:
        assert proc.returncode is None and time.monotonic() < deadline
        time.sleep(0.02)
    proc.send_signal(signal.SIGKILL)
    proc.wait(60)


@pytest.mark.guest
def test_the_commit_is_found_though_the_driver_was_killed(repository: Path) -> None:
    before = _state(repository)
    _kill_after(_args(repository), 4)
    assert _state(repository)[:3] == before[:3]
    done = everypc(*_args(repository))
    assert done.returncode == 0, done.stderr
    assert f"Commit {BROKEN} is the first bad commit" in last_line(done)
    assert done.stderr.count("(known)") >= 4
    assert "skipped: counter.progs:15: arm64 knows no operation NOSUCH" in done.stderr
    assert "commits left, about" in done.stderr
    assert ("arm64/counter.increment +3: ADD R2, R3: safe is now restart, of the range before it "
            "(counter.progs:7)") in done.stdout
    assert "FAIL arm64/counter.increment@+0xc#0" in done.stdout and "blame:     table" in done.stdout
    assert _state(repository) == before
    again = next(line for line in done.stdout.splitlines() if line.startswith("again: "))
    assert f"--repo {repository} --id 'arm64/counter.increment@+0xc#0' --cases counter.progs" in again


@pytest.mark.guest
def test_one_commit_alone_has_the_exit_code_of_a_bisection(repository: Path) -> None:
    before = _state(repository)
    codes = [everypc("bisect", "--at", f"main~{COMMITS - 1 - k}", *_args(repository)[1:3],
                     *_args(repository)[7:]).returncode for k in (BROKEN, BROKEN - 1, UNBUILT[0])]
    assert codes == [1, 0, 125]
    assert _state(repository) == before


@pytest.mark.parametrize(("build", "said"), [
    ("echo no; exit 3", "could not build: echo no; exit 3: no"),
    ("cp counter.progs x", "could not build: usage: "),   # that is no program of Go
])
def test_what_a_command_does_not_build_is_skipped(repository: Path, build: str, said: str) -> None:
    done = everypc("bisect", "--repo", str(repository), "--at", "main", "--build", build, "--check-go", "x")
    assert done.returncode == 125 and last_line(done).startswith(said)


def test_ends_that_are_not_what_they_are_said_to_be(repository: Path) -> None:
    done = everypc(*_args(repository, "--bad", f"main~{COMMITS - 1 - UNBUILT[0]}"))
    assert done.returncode == 2 and last_line(done).startswith("usage: BAD ")
    assert "is skipped: counter.progs:15" in last_line(done)


@pytest.mark.parametrize(("args", "said"), [
    (("--good", "HEAD", "--repo", "{tmp}"), "is not a git repository"),
    (("--good", "nosuch"), "--good nosuch:"),
    ((), "--good REV"),
    (("--good", "HEAD", "--check-go", "x"), "--check-go and --live need --build"),
    (("--good", "HEAD", "--build", "true"), "--build is for"),
    (("--good", "HEAD", "--id", "nonsense"), "not a shot id"),
])
def test_what_makes_no_sense_is_refused(args: tuple[str, ...], said: str, tmp_path: Path) -> None:
    done = everypc("bisect", *(word.format(tmp=tmp_path) for word in args))
    assert done.returncode == 2 and said in last_line(done)


@needs_go
@pytest.mark.xdist_group("arm64")
def test_tables_of_what_a_toolchain_built_are_compared(tmp_path: Path) -> None:
    """Two programs take the place of one that toolchains of two commits have built."""
    trial = Built(CONTEXT, "./make.bash", ("gofmt",), (), "arm64", tmp_path)
    program = toolchain.built(CONTEXT.root, tmp_path) / "arm64/gofmt"
    program.parent.mkdir(parents=True)
    for name in ("loop", "frames"):
        program.write_bytes(build("arm64", name).read_bytes())
        trial.keep_functions(tmp_path, tmp_path / f"{name}.json")
    shutil.rmtree(program.parent.parent)
    said = differences.between(tmp_path / "loop.json", tmp_path / "frames.json", "")
    assert said[0].startswith("tables: ") and "not compared" not in said[0]
    assert any(line.startswith("  arm64/gofmt main.main: ") for line in said)
