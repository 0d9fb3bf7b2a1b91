"""everypc-go's command line: help, and what it says where its arguments are wrong."""
from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

TOOL = Path(__file__).resolve().parents[2] / "build/host/everypc-go"
COMMANDS = ("info", "funcs", "check", "harvest", "stub", "shapes", "effects", "claims")


def run(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([TOOL, *args], capture_output=True, text=True, check=False)


def test_help_lists_every_command() -> None:
    done = run("--help")
    assert done.returncode == 0 and all(f"\n  {name} " in done.stdout for name in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_has_help_and_says_how_it_is_used(command: str) -> None:
    done = run(command, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"usage: everypc-go {command} ")
    done = run(command)
    assert done.returncode == 2 and not done.stdout
    line, = done.stderr.splitlines()   # the driver shows the last one
    assert line.startswith(f"everypc-go: {command}: ") and f"; usage: everypc-go {command} " in line


def test_an_unknown_command() -> None:
    done = run("nosuch")
    assert done.returncode == 2 and "unknown command nosuch; everypc-go --help lists" in done.stderr
