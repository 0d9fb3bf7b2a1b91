"""A project made of fakes: a make, a QEMU and probes whose behaviour a test writes down as a small "world"."""
from __future__ import annotations

import functools
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

from driver import children  # noqa: E402
from driver.build import targets  # noqa: E402
from driver.build.targets import Target  # noqa: E402
from driver.context import Context  # noqa: E402
from driver.probe import events  # noqa: E402

FAKES = Path(__file__).with_name("fakes")


CONTEXT = Context(SCRIPTS.parent, children.StopRequest(), jobs=2, may_install=False)   # of the real project


@functools.cache
def real_targets() -> dict[str, Target]:
    """The real project's targets, by name."""
    return {target.name: target for target in targets.load(CONTEXT)}


def qemu(target: str, cpu: str = "") -> list[str]:
    """What stands before a real target's probe on the command line. `cpu`: another model than the target's own."""
    one = real_targets()[target]
    return [one.qemu, *(["-cpu", cpu or one.cpu] if cpu or one.cpu else [])]


def target_row(name: str, **facts: str) -> dict[str, str]:
    """What a fake make lists of a target."""
    return {"name": name, "arch": name.removesuffix("le"), "family": "1", "triple": "fake", "qemu": "qemu-fake", "native": "",
            "packages": f"gcc-{name} libc6-dev-{name}", **facts}


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
