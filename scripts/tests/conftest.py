"""A project made of fakes: a make, a QEMU and probes whose behaviour a test writes down as a small
"world"."""
from __future__ import annotations

import functools
import importlib.machinery
import importlib.util
import json
import os
import pkgutil
import re
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import rich.console
import rich.progress
import rich.table
import rich.text  # noqa: F401 - imported before the fork, for the driver

SCRIPTS = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(SCRIPTS))

from driver import children, cli  # noqa: E402
from driver.build import setup, targets  # noqa: E402
from driver.build.targets import Target  # noqa: E402
from driver.context import Context  # noqa: E402
from driver.errors import SetupError  # noqa: E402
from driver.probe import events  # noqa: E402
from driver.publish import page  # noqa: E402

FAKES = SCRIPTS.parent / "build/test/fakes"   # what is compiled of them
PATH = f"{FAKES}:{Path(__file__).with_name('fakes')}"

CONTEXT = Context(SCRIPTS.parent, children.StopRequest(), jobs=2, may_install=False)   # of the real project


@functools.cache
def real_targets() -> dict[str, Target]:
    """The real project's targets that QEMU or this machine runs, by name: those that what is the same on
    each target is tried on."""
    return {target.name: target for target in targets.load(CONTEXT) if not target.runner}


def windows_targets() -> dict[str, Target]:
    """The others."""
    return {target.name: target for target in targets.load(CONTEXT) if target.runner == targets.WINE}


def qemu(target: str, cpu: str = "") -> list[str]:
    """What stands before a real target's probe on the command line. `cpu`: another model than the target's
    own."""
    one = real_targets()[target]
    return [one.emulator, *(["-cpu", cpu or one.cpu] if cpu or one.cpu else [])]


def target_row(name: str, **facts: str) -> dict[str, str]:
    """What a fake make lists of a target."""
    return {"name": name, "arch": name.removesuffix("le"), "family": "1", "triple": "fake",
            "qemu": "qemu-fake", "native": "",
            "packages": f"gcc-{name} libc6-dev-{name}", **facts}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--matrix", action="store_true", help="also each kind of fault on each target")


def pytest_configure(config: pytest.Config) -> None:
    for name, what in (("guest", "builds and runs real probes or real Go binaries"),
                       ("long", "takes seconds, since the driver runs many times or waits"),
                       ("matrix", "one more of a kind; without --matrix, left out")):
        config.addinivalue_line("markers", f"{name}: {what}; `make test-quick` leaves it out")
    if not hasattr(config, "workerinput"):   # one of the processes that run the tests
        done = subprocess.run(["make", "-s", "fakes"], cwd=SCRIPTS.parent, capture_output=True, text=True,
                              check=False)
        if done.returncode != 0:
            pytest.exit(f"the fakes can't be built:\n{done.stdout}{done.stderr}", 2)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The long ones first, so that no CPU waits for the last of them."""
    if not config.getoption("--matrix"):
        items[:] = [item for item in items if item.get_closest_marker("matrix") is None]
    items.sort(key=lambda item: all(item.get_closest_marker(name) is None for name in ("guest", "long")))


def _load_driver() -> Any:
    """scripts/everypc as a module."""
    loader = importlib.machinery.SourceFileLoader("everypc_script", str(SCRIPTS / "everypc"))
    spec = importlib.util.spec_from_loader(loader.name, loader)
    assert spec
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    package = importlib.import_module(module.main.__module__.partition(".")[0])
    # what it imports when it needs it, too
    for each in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        importlib.import_module(each.name)
    return module


_DRIVER = _load_driver()
# Once, before the forks.
cli.parser()
if page.available():
    page.compile_templates()


class Forked:
    """The driver in a process of its own, forked from this one, with what the tests use of subprocess.Popen.
    Most of a short run's time would go into Python's start and the imports, and there are hundreds of
    runs."""

    def __init__(self, args: tuple[str, ...], cwd: Path, env: dict[str, str],
                 first: Callable[[], None] | None = None) -> None:
        """`first`: what the new process does first of all."""
        self.args, self.returncode, self._files = args, None, [tempfile.TemporaryFile() for _ in range(2)]
        self.pid = os.fork()
        if self.pid == 0:
            status = 70
            try:
                if first:
                    first()
                status = self._run(cwd, env)
            finally:
                os._exit(status)

    def _run(self, cwd: Path, env: dict[str, str]) -> int:
        null = os.open(os.devnull, os.O_RDONLY)
        for number, fd in enumerate([null, *(file.fileno() for file in self._files)]):
            os.dup2(fd, number)
        sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w"), open(2, "w", errors="backslashreplace")
        os.chdir(cwd)
        os.environ.clear()
        os.environ.update(env)
        try:
            return int(_DRIVER.main(list(self.args)))
        except SystemExit as end:
            return end.code if isinstance(end.code, int) else int(end.code is not None)
        except BaseException:
            traceback.print_exc()
            return 1
        finally:
            sys.stdout.flush()
            sys.stderr.flush()

    def wait(self, timeout: float) -> int:
        deadline = time.monotonic() + timeout
        while self.returncode is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.returncode = os.waitstatus_to_exitcode(status)
            elif time.monotonic() > deadline:
                raise subprocess.TimeoutExpired(self.args, timeout)
            else:
                time.sleep(0.005)
        return self.returncode

    def communicate(self, timeout: float) -> tuple[str, str]:
        self.wait(timeout)
        for file in self._files:
            file.seek(0)
        out, err = (file.read().decode() for file in self._files)
        return out, err

    def send_signal(self, number: int) -> None:
        os.kill(self.pid, number)


def _install_nothing() -> None:
    """In the driver's process: a test that lacks something fails or is skipped, and changes no machine."""
    def refuse(_context: Context, *words: str) -> Any:
        raise SetupError(f"a test would run: ci/setup {' '.join(words)}")
    setattr(setup, "_call", refuse)


def everypc(*args: str) -> subprocess.CompletedProcess[str]:
    """Runs the real project's driver, beside those of other tests: what it says of them is left out."""
    proc = Forked(args, SCRIPTS.parent, dict(os.environ), first=_install_nothing)
    out, err = proc.communicate(timeout=600)
    err = re.sub(r"^waiting for another run.*\n", "", err, flags=re.M)
    return subprocess.CompletedProcess(args, proc.returncode, out, err)


class Project:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.results = root / "results"
        self.world: dict[str, Any] = {"targets": [target_row("arm64"), target_row("mips"),
                                                  target_row("mipsle", family="0")],
                                      "cases": [{"name": f"add.{k}"} for k in range(7)]}
        self.env = {**os.environ, "EVERYPC_ROOT": str(root), "EVERYPC_WORLD": str(root / "world.json"),
                    "CI": "1", "PATH": f"{PATH}:{os.environ['PATH']}"}

    def does(self, **behaviours: str) -> None:
        """`does(add_3="crash")` makes the case add.3 crash."""
        for case in self.world["cases"]:
            case["does"] = behaviours.get(case["name"].replace(".", "_"), case.get("does", "pass"))

    def start(self, *args: str, first: Callable[[], None] | None = None) -> Forked:
        (self.root / "world.json").write_text(json.dumps(self.world))
        return Forked(args, self.root, self.env, first)

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
        return [json.loads(line)
                for line in (self.root / results / target / "events.jsonl").read_text().splitlines()]

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
