"""Where the stub of a binary is measured: on this machine, if its CPU has registers that QEMU's lacks."""
from __future__ import annotations

import os

import pytest
from conftest import Project, target_row
from test_gocheck import gone, result  # noqa: F401  (gone is a fixture)

from driver.go import stub
from driver.probe import runner

HERE = ", as measured on this machine's CPU"


@pytest.mark.parametrize(("native", "has", "runs", "here"), [
    (os.uname().machine, True, True, True), (os.uname().machine, False, True, False),
    (os.uname().machine, True, False, False), ("another", True, True, False)],
    ids=("more registers", "no more registers", "another kernel", "another CPU"))
def test_where_it_is_measured(gone: Project, monkeypatch: pytest.MonkeyPatch, native: str,  # noqa: F811
                              has: bool, runs: bool, here: bool) -> None:
    gone.world["targets"] = [target_row("arm64", native=native)]
    monkeypatch.setattr(stub, "_has", lambda word: has and word == "avx512f")
    if not runs:
        monkeypatch.setattr(runner.Native, "refuses", lambda *_: "Exec format error")
    done = gone.run("check-go", "app")
    assert done.returncode == 0, done
    assert f"loses x27; keeps 2 bytes below SP{HERE if here else ''}\n" in done.stdout
    assert result(gone).get("stub_measured_here", False) == here


def test_each_place_keeps_its_own_result(gone: Project,  # noqa: F811
                                         monkeypatch: pytest.MonkeyPatch) -> None:
    gone.world["targets"] = [target_row("arm64", native=os.uname().machine)]
    for has, loses in ((False, "x27"), (True, "x26")):
        monkeypatch.setattr(stub, "_has", lambda _, has=has: has)
        gone.world["stub_loses"] = [loses]
        assert f"loses {loses};" in gone.run("check-go", "app").stdout
    monkeypatch.setattr(stub, "_has", lambda _: False)
    assert "loses x27;" in gone.run("check-go", "app").stdout
