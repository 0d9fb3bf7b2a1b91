"""check-go on binaries of other systems: what is left out and what is refused, by a fake everypc-go; and a
fault planted into programs that the installed Go builds for Windows and macOS."""
from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from conftest import CONTEXT, Project, last_line, real_targets
from go_tables import replaced, to_the_return
from test_gocheck import gone, tool_calls  # noqa: F401  (gone is a fixture)

from driver.go import toolchain

ROOT = Path(__file__).resolve().parents[2]
TOOL = ROOT / "build/host/everypc-go"
FUNCTIONS = ("main.bigFrame", "main.mixed")   # of cases/go/controls.go


@pytest.mark.parametrize(("kind", "system"), [("PE", "Windows"), ("Mach-O", "macOS")])
def test_what_is_not_modelled_is_left_out(gone: Project, kind: str, system: str) -> None:  # noqa: F811
    gone.world["go"]["app"]["format"] = kind
    done = gone.run("check-go", "app")
    assert done.returncode == 0, done
    assert f"arm64-app: skipped tls: how code finds its thread on {system} is not modelled" in done.stdout
    assert "clobber,sp,below-sp,restart,llsc,return,fp,roots" in tool_calls(gone)[-1]
    done = gone.run("check-go", "app", "--checks", "tls")
    assert done.returncode == 2 and "is not modelled" in last_line(done)


def test_it_is_not_run(gone: Project) -> None:  # noqa: F811
    gone.world["go"]["app"]["format"] = "PE"
    done = gone.run("check-go", "app", "--confirm")
    assert done.returncode == 2 and "app is a PE file, which does not run here" in last_line(done)


def _check(path: Path) -> tuple[dict[str, Any], set[tuple[str, str, int]]]:
    done = subprocess.run([TOOL, "check", "--jobs", "2", path], capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return lines[-1]["summary"], {(line["finding"]["check"], line["finding"]["function"],
                                   line["finding"]["offset"])
                                  for line in lines if "finding" in line}


@pytest.mark.guest
@pytest.mark.long
@pytest.mark.skipif(not shutil.which("go"), reason="no Go toolchain is installed to build such a program")
@pytest.mark.parametrize(("target", "system", "kind"), [("amd64", "windows", "PE"),
                                                        ("arm64", "darwin", "Mach-O")])
def test_a_fault_planted_into_a_real_program(tmp_path: Path, target: str, system: str, kind: str) -> None:
    subprocess.run(["make", "-s", "go-tool"], cwd=ROOT, check=True)
    goroot = toolchain.goroot(CONTEXT, None)
    path = toolchain.build(CONTEXT, real_targets()[target], goroot, "controls", "build",
                           str(ROOT / toolchain.CONTROLS), system)
    info = subprocess.run([TOOL, "info", path], capture_output=True, text=True, check=True).stdout
    assert f"format       {kind}\n" in info and f"target       {target}\n" in info
    told = subprocess.run([TOOL, "funcs", path], capture_output=True, text=True, check=True).stdout
    functions = {f["name"]: f for f in map(json.loads, told.splitlines()) if f["name"] in FUNCTIONS}
    assert set(functions) == set(FUNCTIONS)
    summary, before = _check(path)
    assert summary["damaged"] == summary["sp_unknown"] == 0 and summary["no_code"] == 1   # the build ID
    assert not [one for one in summary["unknown"] if one["reached"]]
    tried, copy = 0, tmp_path / "planted"
    for name in FUNCTIONS:
        runs = functions[name]["sp_delta"]
        for k in to_the_return(runs):
            start, end, value = runs[k]
            image = replaced(path.read_bytes(), runs, [*runs[:k], (start, end, value + 8), *runs[k + 1:]])
            if not value or image is None:
                continue
            copy.write_bytes(image)
            assert {found[:2] for found in _check(copy)[1] - before} == {("sp", name)}
            tried += 1
    assert tried
