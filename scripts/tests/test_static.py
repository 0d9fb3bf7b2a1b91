"""The static check of cases: what it says beside execution, and that it finds the wrong one of each pair of
hand-written cases on every architecture. That it agrees with execution on the lies is in test_lies, and on
the tree's cases in `make test-targets`."""
from __future__ import annotations

import subprocess
from pathlib import Path

import built
import ports
import pytest
from conftest import CONTEXT, everypc, last_line, real_targets

from driver.go import static, tool
from driver.go.static import Checked, Disagreement, Known

ROOT = Path(__file__).resolve().parents[2]


def _known(tmp_path: Path, *rows: str) -> Known:
    (tmp_path / "cases").mkdir()
    (tmp_path / static.FILE).write_text("".join("\t".join(row.split("|")) + "\n" for row in rows))
    return Known(tmp_path)


def _checked(*findings: str) -> Checked:
    return Checked("arm64", {}, [{"function": case, "check": check}
                                 for case, check in (one.split(" ") for one in findings)])


def _fail(case: str, oracle: str, blame: str = "table") -> dict[str, str]:
    return {"ev": "fail", "id": f"arm64/{case}@+0x4#0", "oracle": oracle, "blame": blame}


def test_agreement_is_by_case(tmp_path: Path) -> None:
    failed = static.failing([_fail("a", "state"), _fail("a", "sp-delta"), _fail("b", "state"),
                             _fail("c", "coverage"), _fail("d", "frame", "handler"), {"ev": "end"}])
    assert failed == {"a": ["state", "sp-delta"], "b": ["state"]}
    one = _checked("a restart", "e clobber", "e sp")
    assert static.compare(_known(tmp_path), one, failed) == [Disagreement("arm64", "e", "clobber, sp", ""),
                                                             Disagreement("arm64", "b", "", "state")]
    assert static.agreed(one, failed) == 1


def test_a_row_explains_a_difference(tmp_path: Path) -> None:
    known = _known(tmp_path, "arm* mips|f.*|restart|why", "*|x|-|why")
    assert known.explains("arm64", "f.a", "restart") and not known.explains("arm64", "f.a", "sp")
    assert not known.explains("ppc64", "f.a", "restart")
    assert static.compare(known, _checked(), {"x": ["state"], "y": ["state"]}) == [
        Disagreement("arm64", "y", "", "state")]


@pytest.mark.guest
@pytest.mark.parametrize("target", ports.FIRST.values())
def test_the_wrong_one_of_each_pair_is_found_and_no_right_one(target: str) -> None:
    tool.build(CONTEXT)
    files = sorted((ROOT / "arch" / real_targets()[target].arch / "test/mutants").glob("*.S"))
    known = Known(ROOT)
    one = static.check(CONTEXT, known, target, built.probe(target, files) / "probe", None)
    found = {finding["function"] for finding in one.findings}
    assert len(found) > 10 and all(case.endswith("_wrong") for case in found)
    missed = one.summary["cases"] - 2 * len(found)   # each wrong one has its right one
    unseen = {row["cases"] for row in known.rows if row["finds"] == static.NOTHING
              and row["cases"].endswith("_wrong")}
    assert 0 <= missed <= 2 * len(unseen)


@pytest.mark.guest
def test_every_mutant_of_the_marking_predicates_is_found_but_equivalent_ones() -> None:
    """On the one target whose mutants `make test` builds and that has a REGTMP."""
    folder = "build/mips/seed-1-mutants"
    subprocess.run(["make", "-s", "mutants-probe", "TARGET=mips", f"OUT={folder}", "MUTANTS=1"], cwd=ROOT,
                   check=True, capture_output=True)
    tool.build(CONTEXT)

    def mutants(kind: str, *more: str) -> set[str]:
        lines = tool.read(CONTEXT, "cases", "--alternatives", *more, str(ROOT / folder / "mutants"))
        return {one[kind]["mutant"] for one in lines if kind in one}

    # `make mutants` finds it equivalent, too: what it marks otherwise is sound under both marks
    equivalent = {"unsafe before restartable"}
    marked = mutants("case", "--tables")
    assert marked >= equivalent and mutants("finding") == marked - equivalent


@pytest.mark.guest
def test_a_finding_fails_the_check_and_shows_the_code(tmp_path: Path) -> None:
    file = tmp_path / "twice.progs"
    file.write_text("TEXT twice(SB)\n\tPCDATA $0, $-3\n\tADD $1, R1\n\tADD $2, R1\nEND\n")
    done = everypc("check", "--arch", "arm64", "--static", "--cases", str(file), "--results",
                   str(tmp_path / "results"), "--no-setup")
    assert done.returncode == 1 and last_line(done).startswith("failed: 1 finding of the static check; see ")
    assert "FAIL arm64/twice.twice+0x4\n  check:     restart\n" in done.stdout
    assert "> +0x0004  add x1, x1, #2" in done.stdout and "twice.progs:4" in done.stdout
