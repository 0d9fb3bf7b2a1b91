"""everypc fuzz: seeds, what is kept of them, findings told apart by shape. Over fakes, but for the
last test."""
from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from conftest import Project, everypc, last_line
from driver.fuzz import corpus, novelty
from driver.fuzz.corpus import Corpus


def fuzz(project: Project, *more: str) -> object:
    for number, case in enumerate(project.world["cases"]):
        case["name"] = f"random.s1.{number}"
    return project.run("fuzz", "--arch", "arm64", *more)


def kept(project: Project) -> dict[str, object]:
    return json.loads((project.root / "results/fuzz/arm64/corpus.json").read_text())


def test_a_later_run_goes_on_where_the_last_one_ended(project: Project) -> None:
    done = fuzz(project, "--rounds", "2")
    assert done.returncode == 0, kept(project)["findings"]
    assert last_line(done).startswith("passed: 2 seeds of each of 1 target")
    first = kept(project)
    assert first["seeds"] == 2 and first["next_seed"] == 1 + 2 * novelty.CANDIDATES
    assert first["cases"] == 14 and first["shots"] == 2 * 84
    assert fuzz(project, "--rounds", "1").returncode == 0
    assert kept(project)["seeds"] == 3 and kept(project)["coverage"]["1 ADD -1"] == 3
    page = (project.root / "results/fuzz/fuzz.md").read_text()
    assert "| arm64 | 3 | 21 |" in page and "`ADD R1, R2`" in page
    assert "| 8 | ADD SUB.P | `add {1}, 8` |" in page and "| 1 | ADD SUB.P |" not in page
    assert not (project.root / "results/fuzz/.unfinished").exists()


def test_failures_of_a_shape_are_one_finding(project: Project) -> None:
    project.does(add_2="fail", add_5="fail")
    done = fuzz(project, "--rounds", "2")
    assert done.returncode == 1 and last_line(done).startswith("failed: 1 finding, 1 of them new")
    (finding,) = kept(project)["findings"].values()
    assert (finding["shape"], finding["count"], finding["last_seed"] > finding["first_seed"]) == (
        "ADD $imm, reg, reg", 4, True)
    assert last_line(fuzz(project, "--rounds", "1")).startswith("failed: 1 finding, 0 of them new")


def test_a_corpus_is_of_one_system_under_test(project: Project) -> None:
    fuzz(project, "--rounds", "1")
    (project.root / "mine").mkdir()
    done = fuzz(project, "--rounds", "1", "--sut", "mine")
    assert done.returncode == 2 and "name another folder with --results" in done.stderr + done.stdout
    path = project.root / "results/fuzz/arm64/corpus.json"
    path.write_text("{")
    done = fuzz(project, "--rounds", "1")
    assert done.returncode == 2 and "not a corpus" in done.stderr + done.stdout


def test_hours_are_hours(project: Project) -> None:
    done = fuzz(project, "--hours", "x")
    assert done.returncode == 2 and "'x' is not a number of hours above 0" in done.stderr


def test_what_was_rarely_fired_at_is_preferred() -> None:
    _, drawn = novelty.parse("1\nADD\tadd {1}\nrandom.s3.0\t1\tADD\t-1\tADD R1, R2\n"
                             "random.s4.0\t2\tSUB\t-3\tSUB R1, R2\n")
    seen = Corpus("arm64", coverage={"1 ADD -1": 5})
    assert drawn[4].worth(seen) > drawn[3].worth(seen) > 0


def test_findings_minimised_to_the_same_progs_are_the_same() -> None:
    one = Corpus("arm64", findings={"a": {"oracle": "state", "blame": "stub"},
                                    "b": {"oracle": "state", "blame": "stub"},
                                    "c": {"oracle": "state", "blame": "table"}})
    text = "// found by fuzz\nTEXT minimal(SB)\n\tINIT R1 = 7\n\tADD $0x1234, R1, R2 // one\nloop:\nEND\n"
    assert corpus.minimal_shapes(text) == ["ADD $imm, reg, reg"]
    for finding in one.findings.values():
        one.join(finding, corpus.minimal_shapes(text))
    assert [finding.get("same_as") for finding in one.findings.values()] == [None, "a", None]


def test_a_fault_of_the_stub_is_one_finding_whatever_the_prog() -> None:
    one = Corpus("arm64")

    def failure(prog: str) -> dict[str, object]:
        return {"oracle": "state", "id": "x", "prog": prog, "mark": -1, "expected": "x21=0x1",
                "got": "x21=0x2"}

    first = one.add(failure("ADD R1, R2"), 1)
    one.add(failure("SUB R1, R2"), 1)
    assert first is not None and len(one.distinct()) == 2
    first |= {"blame": "stub", "tried": True}
    one.spread(first)
    assert one.distinct() == [first]
    assert one.add(failure("CMP R1, R2"), 2) is None and first["count"] == 2


@pytest.mark.guest
@pytest.mark.long
@pytest.mark.matrix   # half a minute of CPU time
def test_a_planted_fault_is_found_and_minimised(tmp_path: Path) -> None:
    """A stub that loses a register: whatever Prog it shows at, one is left of it."""
    sut = tmp_path / "sut"
    sut.mkdir()
    root = Path(__file__).resolve().parents[2]
    stub = (root / "arch/arm64/probe/preempt.S").read_text()
    broken = stub.replace("ldp  x20, x21,", "ldp  x20, xzr,")
    assert broken != stub
    (sut / "preempt.S").write_text(broken)
    done = everypc("fuzz", "--arch", "arm64", "--rounds", "1", "--programs", "3", "--most", "1",
                   "--budget", "60", "--sut", str(sut), "--results", str(tmp_path / "fuzz"))
    assert done.returncode == 1, done.stdout + done.stderr
    found = json.loads((tmp_path / "fuzz/arm64/corpus.json").read_text())["findings"]
    tried = [one for one in found.values() if one.get("tried")]
    assert len(tried) == 1 and tried[0]["blame"] == "stub" and "x21" in tried[0]["expected"]
    assert "TEXT minimal" in Path(tried[0]["minimised"]).read_text()
    shutil.rmtree(tmp_path / "fuzz")
