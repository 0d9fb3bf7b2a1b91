"""Explanations: from a probe's events to the object that reports hold, and to lines of text."""
from __future__ import annotations

import io
import json
from typing import Any

import pytest
from conftest import Project
from rich.console import Console

from driver.probe import explanation
from driver.report import console, explained

BYTES = "6300028b"


def _code(*marks: int) -> list[dict[str, Any]]:
    """Progs of one instruction each, with these marks, which the encoded table has too."""
    progs = [{"ev": "code", "prog": k, "text": f"ADD R{k}, R{k}", "source": f"a.progs:{k + 2}", "mark": mark}
             for k, mark in enumerate(marks)]
    insns = [{"ev": "insn", "pc": 4 * k, "bytes": BYTES, "prog": k, "value": mark, "sp_delta": 0,
              "reportable": 1} for k, mark in enumerate(marks)]
    return progs + insns


def _shot(verdict: str = "ok", **more: object) -> dict[str, Any]:
    return {"ev": "shot", "pc": "+0x4", "visit": 1, "verdict": verdict, **more}


FAIL = {"ev": "fail", "id": "arm64/a.x@+0x4#0", "oracle": "state", "expected": "x2=0x1a", "got": "x2=0x1b",
        "prog": "ADD R1, R1"}
DIFFERS = {"ev": "differs", "what": "x2", "expected": "0x1a", "got": "0x1b", "bits": "0x01"}
SECOND = {"ev": "differs", "what": "arena+8", "expected": "0x00ff", "got": "0x00fe", "bits": "0x0001",
          "more": 3}


def _explain(events: list[dict[str, Any]], failure: dict[str, Any] | None = FAIL) -> dict[str, Any]:
    return explanation.of_events("arm64", events, failure, 4)


def test_a_failure_with_all_that_differs() -> None:
    one = _explain([*_code(-3, -3, -1), DIFFERS, SECOND, FAIL, _shot("state", resume="+0")])
    assert explanation.names(one) == ["x2", "arena+8"] and one["more"] == 3 and one["notes"] == []
    assert one["action"]["kind"] == "injected" and one["action"]["resume"] == 0
    assert "the start of the restart range" in one["action"]["text"]
    assert [line["offset"] for line in one["lines"] if line.get("here")] == [4]
    assert one["progs"][1] == {"prog": 1, "text": "ADD R1, R1", "source": "a.progs:3", "mark": -3}
    json.dumps(one)


def test_the_shot_that_failed_is_explained_and_no_other() -> None:
    other = {**DIFFERS, "what": "x9"}
    one = _explain([*_code(-1, -1), other, {**FAIL, "oracle": "frame"}, _shot("frame", resume="+8"),
                    DIFFERS, FAIL, _shot("state", resume="+4"), other, FAIL, _shot("state", resume="+0")])
    assert explanation.names(one) == ["x2"] and one["action"]["resume"] == 4
    assert "the same PC" in one["action"]["text"]


def test_a_shot_that_passed() -> None:
    one = _explain([*_code(-1, -2), _shot(refusal=6, refused="unsafe point")], None)
    assert one["differences"] == [] and one["action"]["kind"] == "refused"
    assert "unsafe point" in one["action"]["text"] and one["notes"] == []


def test_a_failure_that_did_not_happen_again_says_so() -> None:
    one = _explain([*_code(-1, -1), _shot(resume="+4")])
    assert "did not fail so" in one["notes"][0]
    assert one["differences"] == [{"what": "x2", "expected": "0x1a", "got": "0x1b", "bits": "0x01"}]


def test_without_a_shot_the_table_says_what_the_handler_is_to_do() -> None:
    for marks, resume, said in (((-1, -3), 4, "restart 1"), ((-3, -3), 0, "go on at +0x0"),
                                ((-4, -3), 4, "go on at +0x4"), ((-1, -5), 0, "restart at entry"),
                                ((-1, -2), None, "refuse")):
        action = _explain(_code(*marks))["action"]
        assert action["by"] == "table" and action["resume"] == resume and said in action["text"]


def test_a_signal_in_the_injected_call_has_its_first_one_by_the_table() -> None:
    one = _explain([*_code(-1, -3), _shot()], None)
    assert one["action"]["by"] == "table" and one["action"]["resume"] == 4


def test_a_case_that_failed_as_a_whole_is_listed() -> None:
    one = explanation.of_events("arm64", [*_code(-1, -3), _shot(resume="+0")], None, None)
    assert one["at"] is None and one["action"] is None and len(one["lines"]) == 2
    assert not any(line.get("here") for line in one["lines"]) and explained.plain(one)


def test_a_trial_goes_on_where_the_oracle_says() -> None:
    trial = {"ev": "trial", "action": "restart at the entry", "resume": 0, "refuted": "x"}
    one = _explain([*_code(-1, -1), _shot(resume="+4"), DIFFERS, {**FAIL, "oracle": "truth"}, trial],
                   {**FAIL, "oracle": "truth"})
    assert one["action"]["kind"] == "tried" and one["action"]["resume"] == 0


def test_the_window_is_the_prog_its_neighbours_and_the_resume_pc() -> None:
    many = _code(*[-1] * 100)
    one = explanation.of_events("arm64", [*many, _shot(resume="+200")], None, 200)
    assert [line["prog"] for line in one["lines"]] == [49, 50, 51]
    far = explanation.of_events("arm64", [*many, _shot(resume="+0")], None, 200)
    assert [line["prog"] for line in far["lines"]] == [0, 49, 50, 51]
    assert "    ..." in [line.strip("| ").rjust(7) for line in explained.plain(far)]


def test_a_table_that_is_not_its_marks() -> None:
    events = _code(-1, -1)
    events[-1]["value"] = -3
    text = "\n".join(explained.plain(_explain(events)))
    assert "restart 1 (not safe)" in text


@pytest.mark.parametrize(("expected", "got", "bits"), [
    ("x2=0x10", "x2=0x11", "0x01"), ("v1=0x0f_00", "v1=0x0e_01", "0x01_01"),
    ("SP=0x10", "SP=0x110", "0x100"), ("2 below", "3 below", None), ("x1=0x1", "x2=0x1", None)])
def test_two_lines_that_give_one_register(expected: str, got: str, bits: str | None) -> None:
    found = explanation.difference(expected, got)
    assert (found and found["bits"]) == bits


def test_what_such_lines_name() -> None:
    for text, what in (("x2=0x1", "x2"), ("what push_call left in r31=0x1", "what push_call left in r31"),
                       ("then a signal at +0x8: x2=0x1", "x2")):
        found = explanation.difference(text, text)
        assert found and found["what"] == what


def test_the_drawing() -> None:
    one = _explain([*_code(-3, -3, -1), DIFFERS, FAIL, _shot("state", resume="+0")])
    for line in one["lines"]:
        line["text"] = "add x3, x3, x2"
    assert explained.plain(one) == [
        "code:                                               table            SP delta",
        "       ADD R0, R0    // a.progs:2",
        "+->       +0x0  6300028b  add x3, x3, x2            restart 1        0",
        "|      ADD R1, R1    // a.progs:3",
        "+--  >    +0x4  6300028b  add x3, x3, x2            restart 1        0",
        "       ADD R2, R2    // a.progs:4",
        "          +0x8  6300028b  add x3, x3, x2            safe             0",
        "action:    the call was injected, and the thread went on at +0x0, the start of the restart range",
        "differs:             expected  got",
        "           x2        0x1a      0x1b  bit 0",
        "                                  ^",
    ]


def test_the_drawing_has_colours_of_its_own() -> None:
    """And not that of the line which it is appended to."""
    one = _explain([*_code(-3, -1), DIFFERS, FAIL, _shot("state", resume="+0")])
    made = console.text("FAIL a", style="bold magenta").append_text(explained.rich(one))
    out = Console(file=io.StringIO(), force_terminal=True, color_system="standard", no_color=False, width=200)
    out.print(made)
    first, *rest = out.file.getvalue().splitlines()
    assert "35m" in first and "action:" in "".join(rest) and not any("35m" in line for line in rest)


def test_check_and_its_reports_explain(project: Project) -> None:
    project.does(add_2="fail")
    done = project.run("check", "--arch", "arm64")
    failure = project.summary()["failures"][0]
    assert failure["explanation"]["lines"] and failure["expected"] == "x2=0x1 <ok> \x01"
    for text in (done.stdout, (project.results / "summary.md").read_text(),
                 (project.results / "junit.xml").read_text()):
        assert "+--  >    +0x4" in text.replace("&gt;", ">") and "x2        0x1       0x2  bits 0-1" in text
    assert "\x1b[" not in done.stdout and "not disassembled" in done.stdout   # the fakes have no everypc-asm


def test_explain_shows_what_passed(project: Project) -> None:
    done = project.run("explain", "arm64/add.2@+0x4#1")
    assert done.returncode == 0 and done.stdout.startswith("ok arm64/add.2@+0x4#1\n")
    assert "ADD $0x1234, R1, R2    // cases/arm64/add.progs:12" in done.stdout
    project.does(add_2="fail")
    done = project.run("explain", "arm64/add.2@+0x4#1")
    assert done.returncode == 1 and "differs:" in done.stdout


def test_repeat_counts(project: Project) -> None:
    done = project.run("repro", "arm64/add.2@+0x4#1", "--repeat", "3")
    assert done.stdout.splitlines()[-1] == "passed: arm64/add.2@+0x4#1 passes now in 3 runs (3 shots)"
    project.does(add_2="fail")
    done = project.run("repro", "arm64/add.2@+0x4#1", "--repeat", "2")
    assert done.stdout.splitlines()[-1] == "failed: arm64/add.2@+0x4#1 fails in 2 of 2 runs (1 failure)"
