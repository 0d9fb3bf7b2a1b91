"""The harness on itself: cases whose tables lie must fail, on every target, each caught by the oracle that
it names. The cases are arch/<arch>/test/lies.*, their oracles the "MUST FAIL: case oracle" lines in them."""
from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from conftest import everypc, real_targets

ROOT = Path(__file__).resolve().parents[2]
ARCH = ROOT / "arch"

pytestmark = pytest.mark.guest


def _targets() -> list[tuple[str, str]]:
    return [(target.name, target.arch) for target in real_targets().values()]


def _expected(files: list[Path]) -> dict[str, str]:
    """Oracle by case name."""
    found = {}
    for file in files:
        for case, oracle in re.findall(r"MUST FAIL: (\S+) (\S+)", file.read_text()):
            found[f"{file.stem}.{case}"] = oracle
    return found


def _check(target: str, files: list[Path], results: Path, *more: str) -> tuple[int, list[dict]]:
    cases = [word for file in files for word in ("--cases", str(file))]
    done = everypc("check", "--arch", target, "--results", str(results), "--no-setup", *more, *cases)
    events = results / target / "events.jsonl"
    assert events.exists(), done.stdout + done.stderr
    if "--static" in more:
        assert "the static check and execution agree" in done.stdout, done.stdout
    return done.returncode, [json.loads(line) for line in events.read_text().splitlines()]


@pytest.mark.parametrize(("target", "arch"), _targets())
def test_every_lie_is_caught(target: str, arch: str, tmp_path: Path) -> None:
    """And the static check finds the same ones, without executing them."""
    files = sorted((ARCH / arch / "test").glob("lies.*"))
    expected = _expected(files)
    assert len(expected) >= 5, f"too few lies for {arch}: arch/{arch}/test/lies.S"
    code, events = _check(target, files, tmp_path, "--static", "too")
    assert code == 1
    ran = [e["case"] for e in events if e["ev"] == "case"]
    assert sorted(ran) == sorted(expected), "a case without its MUST FAIL line, or a line without its case"
    assert {e["blame"] for e in events if e["ev"] == "fail" and "blame" in e} == {"table"}
    for case, oracle in expected.items():
        caught = {e["oracle"] for e in events if e["ev"] == "fail"
                  and e["id"].startswith(f"{target}/{case}@")}
        assert oracle in caught, f"{case}: {oracle} said nothing, only {caught or 'nobody'} did"


@pytest.mark.parametrize(("target", "arch"), _targets())
def test_gos_unsound_marks_are_caught(target: str, arch: str, tmp_path: Path) -> None:
    holes = ROOT / "cases" / "go" / "holes.tsv"
    rows = [line.split("\t") for line in holes.read_text().splitlines()[1:]]
    mine = [row for row in rows if row[0] == target]
    if not mine:
        pytest.skip(f"no unsound mark is known for {target}")
    code, events = _check(target, [holes], tmp_path)
    assert code == 1
    failed = {e["id"].split("/go.")[1].split("_")[0] for e in events if e["ev"] == "fail"}
    assert failed == {row[1] for row in mine}
