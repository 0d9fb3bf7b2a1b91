"""A project made of fakes: a make, a QEMU and probes whose behaviour a test writes down as a small "world"."""
from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SCRIPTS = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(SCRIPTS))

from driver import events  # noqa: E402

FAKES = Path(__file__).with_name("fakes")


def target_row(name: str, family: str = "1", triple: str = "fake", qemu: str = "qemu-fake", native: str = "-") -> list[str]:
    return [name, name.removesuffix("le"), family, triple, qemu, native, f"gcc-{name} libc6-dev-{name}"]


class Project:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.results = root / "results"
        self.world: dict[str, Any] = {"targets": [target_row("arm64"), target_row("mips"), target_row("mipsle", family="0")],
                                      "cases": [{"name": f"add.{k}"} for k in range(7)]}
        self.env = {**os.environ, "EVERYPC_ROOT": str(root), "EVERYPC_WORLD": str(root / "world.json"), "CI": "1",
                    "PATH": f"{FAKES}:{os.environ['PATH']}"}

    def does(self, **behaviours: str) -> None:
        """`does(add_3="crash")` makes the case add.3 crash."""
        for case in self.world["cases"]:
            case["does"] = behaviours.get(case["name"].replace(".", "_"), case.get("does", "pass"))

    def start(self, *args: str, **more: Any) -> subprocess.Popen[str]:
        (self.root / "world.json").write_text(json.dumps(self.world))
        return subprocess.Popen([sys.executable, str(SCRIPTS / "everypc"), *args], cwd=self.root, env=self.env, text=True,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more)

    def run(self, *args: str) -> subprocess.CompletedProcess[str]:
        proc = self.start(*args)
        try:
            out, err = proc.communicate(timeout=120)
        except subprocess.TimeoutExpired:
            proc.send_signal(signal.SIGTERM)
            raise
        assert "Traceback" not in err, err
        return subprocess.CompletedProcess(args, proc.returncode, out, err)

    def summary(self, target: str = "arm64", results: str = "results") -> dict[str, Any]:
        return json.loads((self.root / results / target / "summary.json").read_text())

    def events(self, target: str = "arm64", results: str = "results") -> list[dict[str, Any]]:
        return [json.loads(line) for line in (self.root / results / target / "events.jsonl").read_text().splitlines()]

    def timeless(self, target: str = "arm64", results: str = "results") -> list[str]:
        """The events but for what no two runs have alike."""
        return list(events.timeless(self.root / results / target / "events.jsonl"))

    def calls(self) -> list[dict[str, Any]]:
        """What make was asked for."""
        return [json.loads(line) for line in (self.root / "world.json.calls").read_text().splitlines()]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "cases" / "arm64").mkdir(parents=True)
    return Project(tmp_path)


def last_line(done: subprocess.CompletedProcess[str]) -> str:
    """The line that names the exit code's meaning: on standard error for a usage, set-up or build error."""
    text = done.stdout if done.returncode in (0, 1) and done.stdout.strip() else done.stderr
    return text.rstrip().splitlines()[-1]
