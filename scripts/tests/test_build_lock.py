"""Two runs in one tree: what one builds, the other waits for."""
from __future__ import annotations

import fcntl
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Project

from driver.build import lock
from driver.build.lock import building
from driver.children import StopRequest
from driver.context import Context
from driver.errors import Interrupted


def context(root: Path) -> Context:
    return Context(root, StopRequest())


def wait_for(what: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not what():
        assert time.monotonic() < deadline
        time.sleep(0.005)


@pytest.mark.parametrize("target", [None, "arm64"])
def test_a_second_check_waits_for_the_first_ones_build_and_says_so(project: Project,
                                                                   target: str | None) -> None:
    with building(context(project.root), target):
        proc = project.start("check", "--arch", "arm64")
        said = f"waiting for another run (process {os.getpid()}), which builds in this tree\n"
        wait_for(lambda: said.encode() in os.pread(proc._files[1].fileno(), 1000, 0))
        built = [call for call in project.calls() if "TARGET=arm64" in str(call)]
        assert not built
    _, err = proc.communicate(timeout=60)
    assert proc.returncode == 0 and err == said
    assert [call for call in project.calls() if "arm64" in str(call)]


def test_what_is_built_for_the_host_waits_for_targets_and_they_for_it(tmp_path: Path) -> None:
    here, order = context(tmp_path), list[str]()

    def build(target: str | None) -> None:
        with building(here, target):
            order.append(target or "host")

    for held, free, waits in ((None, [], ["arm64", None]), ("arm64", ["mips"], ["arm64", None])):
        order.clear()
        with building(here, held):
            for target in free:
                build(target)
            threads = [threading.Thread(target=build, args=(target,)) for target in waits]
            for thread in threads:
                thread.start()
            time.sleep(0.2)
            assert order == free
        for thread in threads:
            thread.join(60)
        assert len(order) == len(free) + len(waits)


def test_the_line_names_the_target(tmp_path: Path, capsys: pytest.CaptureFixture[str],
                                   monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "_SAID_AFTER_S", 0.0)
    path = tmp_path / "build/arm64/.lock"
    path.parent.mkdir(parents=True)
    path.write_text("12")
    with path.open("r+") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        threading.Timer(0.3, fcntl.flock, (other, fcntl.LOCK_UN)).start()
        with building(context(tmp_path), "arm64"):
            said = capsys.readouterr().err
    assert said == "waiting for another run (process 12), which builds for arm64 in this tree\n"


def test_a_short_wait_is_not_worth_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str],
                                          monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "_SAID_AFTER_S", 600.0)
    path = tmp_path / "build/arm64/.lock"
    path.parent.mkdir(parents=True)
    with path.open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        threading.Timer(0.1, fcntl.flock, (other, fcntl.LOCK_UN)).start()
        with building(context(tmp_path), "arm64"):
            assert capsys.readouterr().err == ""


def test_a_stop_ends_the_waiting(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    here = context(tmp_path)
    here.stop.ask("SIGINT")
    with building(here, "arm64"), pytest.raises(Interrupted, match="by SIGINT"), building(here, "arm64"):
        pass
    assert capsys.readouterr().err == "", "it is this run itself that builds"
