"""What a run gives to others, each held to its public schema: JUnit (Jenkins' xunit plugin), SARIF 2.1.0
(OASIS), TAP 13 (Perl's TAP::Parser); GitHub's annotations, the history, comparisons."""
from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
import results_folders
from conftest import Project, last_line
from driver.publish import collect, problems, sarif

SCHEMAS = Path(__file__).with_name("schemas")


@pytest.fixture
def red(project: Project) -> Project:
    """A check with two failures, a crash and a skip, and what check-go found."""
    project.does(add_1="fail", add_3="crash", add_5="fail")
    project.world["skips"] = ["go.44 MOVD # RET"]
    assert project.run("check").returncode == 1
    results_folders.write_go(project.results, [
        results_folders.go_finding("new", file=str(project.root / "app/main.go"), line=7),
        results_folders.go_finding("known", offset=8)])
    return project


def test_junit_is_valid(red: Project) -> None:
    if not shutil.which("xmllint"):
        pytest.skip("no xmllint: apt-get install libxml2-utils")
    paths = [str(red.results / name) for name in ("junit.xml", "arm64/junit.xml")]
    done = subprocess.run(["xmllint", "--noout", "--schema", str(SCHEMAS / "junit-10.xsd"), *paths],
                          capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_sarif_is_valid_and_says_where(red: Project) -> None:
    jsonschema = pytest.importorskip("jsonschema", reason="no jsonschema: apt-get install python3-jsonschema")
    done = red.run("report", "--format", "sarif")
    log = json.loads(done.stdout)
    schema = json.loads((SCHEMAS / "sarif-schema-2.1.0.json").read_text())
    jsonschema.validate(log, schema)
    found = log["runs"][0]["results"]
    places = [(one["ruleId"], one["level"], physical["artifactLocation"]["uri"],
               physical["region"]["startLine"])
              for one in found for physical in [one["locations"][0].get("physicalLocation")] if physical]
    assert ("check/state", "error", "cases/arm64/add.progs", 12) in places
    assert ("check-go/fp", "error", "app/main.go", 7) in places
    assert ("check-go/fp", "note", "file:///src/fmt/scan.go", 298) in places
    assert len(found) == 8   # a crash has no line
    log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] = 0
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(log, schema)


def test_tap_is_read_as_it_is_meant(red: Project) -> None:
    (red.root / "t.tap").write_text(red.run("report", "--format", "tap").stdout)
    script = """
        use TAP::Parser;
        my $p = TAP::Parser->new({source => $ARGV[0]});
        while (my $r = $p->next) {
            print join('|', $r->type, $r->is_test ? ($r->is_ok, $r->has_skip, $r->description) : ''), "\\n";
        }
        print join(' ', $p->version, $p->tests_planned, scalar $p->failed, $p->parse_errors), "\\n";
    """
    done = subprocess.run(["perl", "-e", script, str(red.root / "t.tap")], capture_output=True, text=True,
                          check=True)
    lines = done.stdout.splitlines()
    assert lines[-1] == "13 16 6"   # and no error
    assert "test|1|1|- arm64/go.44 MOVD \\# RET" in lines
    assert "test|||- arm64/add.1" in lines and sum(line.startswith("yaml") for line in lines) == 6


def test_lines_of_go_test_json(red: Project) -> None:
    lines = [json.loads(line) for line in red.run("report", "--format", "test2json").stdout.splitlines()]
    assert all(set(line) <= {"Time", "Action", "Package", "Test", "Elapsed", "Output"} for line in lines)
    mine = [line for line in lines if line["Package"] == "everypc/arm64"]
    assert mine[0]["Action"] == "start" and mine[-1]["Action"] == "fail" and "Test" not in mine[-1]
    ends = {line["Test"]: line["Action"] for line in mine if "Test" in line and "Elapsed" in line}
    assert ends == {"go.44_MOVD_#_RET": "skip",
                    **{f"add.{k}": "fail" if k in (1, 3, 5) else "pass" for k in range(7)}}
    assert any("oracle: state" in line.get("Output", "") for line in mine if line.get("Test") == "add.1")
    begun = {line["Test"] for line in mine if line["Action"] == "run"}
    assert begun == set(ends)


def test_annotations_and_summary_in_github_actions(project: Project) -> None:
    project.does(add_1="fail")
    page = project.root / "step.md"
    page.write_text("before\n")
    project.env |= {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(page),
                    "GITHUB_WORKSPACE": str(project.root)}
    done = project.run("check", "--arch", "arm64")
    said = [line for line in done.stdout.splitlines() if line.startswith("::")]
    place = "file=cases/arm64/add.progs,line=12,title=check/state at arm64/add.1@+0x4#1"
    assert len(said) == 1 and said[0].startswith(f"::error {place}::ADD $0x1234, R1, R2: expected x2=0x1")
    assert "%0Amake repro ID=" in said[0]
    assert page.read_text().startswith("before\n# everypc: failed: 1 failure")
    assert json.loads(project.run("check", "--arch", "arm64", "--json").stdout)["failed"] == 1


def test_what_a_folder_lacks_or_has_damaged(project: Project) -> None:
    assert "no such results folder" in project.run("report", "nowhere").stderr
    project.run("check", "--arch", "arm64")
    (project.results / "mutants.json").write_text("{")
    done = project.run("check", "--arch", "arm64")
    assert done.returncode == 0 and "mutants.json: not JSON" in done.stderr
    assert "no report.html: " in done.stderr
    assert last_line(project.run("report")).startswith("usage: ")


def test_each_run_adds_a_line_to_the_history(project: Project) -> None:
    project.run("check", "--arch", "arm64")
    project.does(add_1="fail")
    project.run("check", "--arch", "arm64")
    lines = [json.loads(line) for line in (project.results / "history.jsonl").read_text().splitlines()]
    assert [(line["command"], line["failed"], line["cases"]) for line in lines] == [("check", 0, 7),
                                                                                    ("check", 1, 7)]
    summary = project.summary()
    assert lines[1]["over_floor_us"] == round(summary["shot_us"] - summary["floor_us"], 2)


def test_comparing_two_runs(tmp_path: Path, project: Project) -> None:
    ok, case = results_folders.case, results_folders.write
    old = case(tmp_path / "old",
               {"arm64": [ok("a", "i"), ok("b", "F", 1), ok("c", "F", 1), ok("e", "i")],
                "mips": [ok("a", "i")]})
    new = case(tmp_path / "new", {"arm64": [ok("a", "F", 1), ok("b", "i"), ok("c", "F", 1), ok("d", "F", 2)]})
    results_folders.write_go(old,
                             [results_folders.go_finding("known"),
                              results_folders.go_finding("new", offset=4)])
    results_folders.write_go(new,
                             [results_folders.go_finding("known"),
                              results_folders.go_finding("new", offset=8)])
    done = project.run("compare", str(old), str(new), "--json")
    made = json.loads(done.stdout)
    assert done.returncode == 1 and made["exit"] == 1
    assert made["newly_red"] == ["arm64/a", "arm64/d", "go:arm64-app/fp fmt.notSpace+0x8"]
    assert (made["newly_green"], made["still_red"], made["gone_targets"]) == (["arm64/b"], ["arm64/c"],
                                                                              ["mips"])
    assert made["gone"] == ["arm64/e", "go:arm64-app/fp fmt.notSpace+0x4"]
    back = project.run("compare", str(new), str(new))
    assert back.returncode == 0 and last_line(back).startswith("passed: nothing newly red; ")


def test_problems_of_programs_under_fire_have_places() -> None:
    code = {"lines": [{"offset": 0, "source": "/src/a.go:1"},
                      {"offset": 4, "source": "/src/a.go:2", "here": True}]}
    failure = {"id": "arm64/live:app/main.f+0x4#1", "oracle": "registers", "expected": "x1=1", "got": "x1=2",
               "again": "everypc live", "explanation": code}
    found = collect.Collected(Path(), live=[{"failures": [failure]}])
    assert [(one.rule, one.file, one.line)
            for one in problems.all_of(found)] == [("live/registers", "/src/a.go", 2)]
    assert sarif.log(problems.all_of(found), "")["runs"][0]["results"][0]["ruleId"] == "live/registers"
