"""The check-go command with a fake everypc-go: targets from the header, the measured stub, triage, results,
exit codes."""
from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
from conftest import Project, last_line

CODE = [{"offset": 0, "text": "add sp, sp, #0x8a0", "value": -1, "sp_delta": 32, "sp_moved": 32},
        {"offset": 4, "text": "add sp, sp, #0x13, lsl #12", "value": -1, "sp_delta": 32, "sp_moved": 16,
         "found": True},
        {"offset": 8, "text": "ret", "value": -1, "sp_delta": 0, "sp_moved": 0, "blame": True}]
COUNTS = {"functions": 3, "instructions": 90, "damaged": 0, "no_code": 0, "unknown": [], "sp_unknown": 0,
          "seconds": 0.1,
          "pcs": {"safe": 70, "unsafe": 20, "restart": 10, "restart_at_entry": 0, "filtered": 5},
          "violations": {"sp": 1}, "fragile": {"sp": 2, "tls": 1}}
KNOWN = ("sp\tarm64\tmain.*\tadd sp, sp, #; > add sp, sp, #, lsl #\tgo1.1[4-9]* "
         "go1.2[0-2]*\treal-upstream\tgolang/go#73259: two ADDs\n")


def finding(check: str = "sp", **more: Any) -> dict[str, Any]:
    return {"finding": {"check": check, "function": "main.big", "pc": 0x1004, "offset": 4, "pcs": [0x1004],
                        "n_pcs": 1,
                        "why": "the table says 32, and it has moved by 16", "register": "sp", "part": 0,
                        "fragile": None,
                        "code": CODE, **more}}


def binary(*lines: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"stub": "async_preempt:\n", "lines": [{"progress": {"done": 2, "of": 3}}, *lines,
                                                  {"summary": {**COUNTS}}],
            "status": int(bool(lines)), **more}


@pytest.fixture
def gone(project: Project) -> Project:
    """A project with a sound binary, app."""
    project.world |= {"go": {"app": binary()}, "stub_loses": ["x27"]}
    (project.root / "cases" / "go").mkdir()
    (project.root / "arch/arm64/insn").mkdir(parents=True)
    (project.root / "arch/arm64/insn/measure.S").touch()
    return project


def triage(project: Project, text: str = KNOWN) -> None:
    (project.root / "cases" / "go" / "triage.tsv").write_text("# a comment\n" + text)


def result(project: Project, name: str = "arm64-app") -> dict[str, Any]:
    return json.loads((project.results / "go" / name / "summary.json").read_text())


def junit_case(project: Project, name: str) -> ET.Element | None:
    return ET.parse(project.results / "go" / "junit.xml").getroot().find(f".//testcase[@name='{name}']")


def tool_calls(project: Project) -> list[list[str]]:
    return [json.loads(line) for line in (project.root / "world.json.tool").read_text().splitlines()]


def test_a_sound_binary_passes(gone: Project) -> None:
    done = gone.run("check-go", "app")
    assert done.returncode == 0, done
    assert (last_line(done)
            == "passed: 1 binary, 3 functions, no new violation, 3 fragile; see results/go-summary.md")
    assert "arm64-app: its injected call loses x27; keeps 2 bytes below SP" in done.stdout
    one = result(gone)
    assert (one["target"], one["go"], one["lost"], one["new"], one["fragile"]) == ("arm64", "go1.19.8",
                                                                                   ["x27"], 0, 3)
    check = next(call for call in tool_calls(gone) if call[0] == "check")
    lost = json.loads(Path(check[check.index("--lost") + 1]).read_text())
    assert lost["lost"] == [{"reg": "x27", "parts": [1]}] and lost["kept_below_sp"] == 1
    assert "clobber,sp,below-sp,restart,tls,llsc,return,fp,roots" in check


def test_a_violation_fails_and_is_told_in_full(gone: Project) -> None:
    gone.world["go"]["app"] = binary(finding())
    done = gone.run("check-go", "app")
    assert done.returncode == 1
    assert last_line(done) == "failed: 1 new violation in arm64-app; see results/go-summary.md"
    for text in ("VIOLATION sp main.big+0x4 in arm64-app", "register:  sp", "why:       the table says 32",
                 "PC:        0x1004",
                 "<->  >    +0x4    add sp, sp, #0x13, lsl #12  safe             32, moved 16",
                 "     *    +0x8    ret ", "action:    no shot was seen; by the table (safe)"):
        assert text in done.stdout, text
    told = [json.loads(line)
            for line in (gone.results / "go" / "arm64-app" / "findings.jsonl").read_text().splitlines()]
    assert [(f["check"], f["state"]) for f in told] == [("sp", "new")]
    case = junit_case(gone, "sp")
    assert case is not None and case.find("failure") is not None
    assert "32, moved 16" in (case.find("failure").text or "")  # type: ignore[union-attr]
    assert "`main.big+0x4`" in (gone.results / "go-summary.md").read_text()


def test_what_is_known_is_told_and_does_not_fail(gone: Project) -> None:
    gone.world["go"]["app"] = binary(finding())
    triage(gone)
    done = gone.run("check-go", "app")
    assert done.returncode == 0, done
    assert "1 known" in last_line(done) and "KNOWN VIOLATION sp main.big+0x4" in done.stdout
    assert "golang/go#73259: two ADDs" in done.stdout and "matched nothing" not in done.stdout
    assert gone.run("check-go", "app", "--no-triage").returncode == 1


@pytest.mark.parametrize("other", [{"version": "go1.25"}, {"lines": [finding("clobber")]},
                                   {"lines": [finding(function="os.f")]},
                                   {"lines": [finding(code=CODE[1:])]}, {"target": "mips"}])
def test_what_is_known_elsewhere_is_new_here(gone: Project, other: dict[str, Any]) -> None:
    (gone.root / "arch/mips/insn").mkdir(parents=True)
    (gone.root / "arch/mips/insn/measure.S").touch()
    gone.world["go"]["app"] = binary(*other.pop("lines", [finding()]), **other)
    triage(gone)
    done = gone.run("check-go", "app")
    assert done.returncode == 1, done
    assert "matched nothing here" not in done.stdout   # a word on that is for toolchains' programs


def test_false_alarms_are_counted(gone: Project) -> None:
    gone.world["go"]["app"] = binary(finding())
    triage(gone, KNOWN.replace("real-upstream", "false"))
    done = gone.run("check-go", "app")
    assert done.returncode == 0 and result(gone)["false"] == 1 and "known" not in last_line(done)


@pytest.mark.parametrize("line", ["sp\tarm64\n", KNOWN.replace("real-upstream", "maybe"),
                                  KNOWN.replace("arm64", "")])
def test_a_bad_line_in_the_triage_file(gone: Project, line: str) -> None:
    triage(gone, line)
    done = gone.run("check-go", "app")
    assert done.returncode == 2 and "triage.tsv:2:" in last_line(done)


def test_fragile_findings_are_listed_on_request(gone: Project) -> None:
    gone.world["go"]["app"] = binary(finding(fragile="assembly"), status=0)
    done = gone.run("check-go", "app", "--fragile", "--only", "main.*", "--checks", "sp")
    assert done.returncode == 0, done
    assert "FRAGILE sp main.big+0x4 in arm64-app" in done.stdout and "protected: assembly" in done.stdout
    assert result(gone)["fragile"] == 3   # of all that were counted, one was listed
    call = tool_calls(gone)[-1]
    assert "--fragile" in call
    assert call[call.index("--only") + 1] == "main.*"
    assert call[call.index("--checks") + 1] == "sp"
    assert not any(call[0] == "stub" for call in tool_calls(gone))   # no check that needs it


def test_a_binary_without_a_stub(gone: Project) -> None:
    del gone.world["go"]["app"]["stub"]
    done = gone.run("check-go", "app")
    assert done.returncode == 0, done
    assert "arm64-app: skipped clobber: what the injected call loses can't be measured:" in done.stdout
    assert "sp,below-sp,restart,tls,llsc,return,fp,roots" in tool_calls(gone)[-1]
    assert gone.run("check-go", "app", "--checks", "clobber").returncode == 2


def test_a_stub_that_fails_by_itself(gone: Project) -> None:
    gone.world["stub_fails"] = "two calls"
    done = gone.run("check-go", "app")
    assert done.returncode == 1 and "VIOLATION stub runtime.asyncPreempt+0x0 in arm64-app" in done.stdout
    assert "two calls" in done.stdout and result(gone)["by_check"]["stub"]["new"] == 1


def test_what_can_not_be_read_is_told_at_once(gone: Project) -> None:
    done = gone.run("check-go", "nosuch", "app", "other")
    assert done.returncode == 2
    assert ([line.rpartition("/")[2] for line in done.stderr.splitlines()]
            == ["nosuch: not a Go binary", "other: not a Go binary"])
    assert last_line(done).startswith("usage:")


def test_usage(gone: Project) -> None:
    assert "there is no check 'nosuch'" in gone.run("check-go", "app", "--checks", "nosuch").stderr
    gone.world["go"]["app"]["lines"][-1]["summary"]["functions"] = 0
    done = gone.run("check-go", "app", "--only", "nosuch")
    assert done.returncode == 2 and "there is no function whose name matches 'nosuch'" in last_line(done)


def test_a_tool_that_does_not_build_or_dies(gone: Project) -> None:
    gone.world["go"]["app"]["status"] = 7
    assert gone.run("check-go", "app").returncode == 125
    gone.world["go"]["app"] |= {"status": 0, "lines": []}
    done = gone.run("check-go", "app")
    assert done.returncode == 1 and "printed no summary" in last_line(done)
    gone.world["tool_failure"] = "harness/go/cfg.c:1: error: no"
    assert gone.run("check-go", "app").returncode == 125


def test_several_binaries_of_one_name(gone: Project) -> None:
    (gone.root / "b").mkdir()
    done = gone.run("check-go", "app", "b/app", "--json")
    assert done.returncode == 0, done
    assert [one["name"] for one in json.loads(done.stdout)["binaries"]] == ["arm64-app", "arm64-app-2"]
    assert len({call[-1] for call in tool_calls(gone) if call[0] == "check"}) == 2


def test_what_limits_the_verdict_is_told(gone: Project) -> None:
    incomplete(gone, *UNCHECKED)
    done = gone.run("check-go", "app")
    assert done.returncode == 0
    for text in ("arm64-app: incomplete: 2 of 3 functions that may be preempted could not be checked",
                 "  main.a (64 bytes): damaged: pcsp at +0x7: it ends",
                 "  main.b+0x8: a7f40001 (bogus r1, r2), 3 of them: nothing is known",
                 "never preempted, so that it does not matter to the verdict: unknown instruction in 2 "
                 "functions: vadd at asm.v+0x4"):
        assert text in done.stdout, text
    assert "asm.w" not in done.stdout   # one example of each instruction


UNCHECKED = ({"function": "asm.v", "why": "unknown instruction", "preemptible": False, "offset": 4, "pc": 4,
              "bytes": "e7000000", "text": "vadd v1", "n": 1, "size": 8, "detail": "nothing is known"},
             {"function": "asm.w", "why": "unknown instruction", "preemptible": False, "offset": 8, "pc": 8,
              "bytes": "e7000000", "text": "vadd v2", "n": 1, "size": 8, "detail": "nothing is known"},
             {"function": "main.a", "why": "damaged", "preemptible": True, "size": 64,
              "detail": "pcsp at +0x7: it ends"},
             {"function": "main.b", "why": "unknown instruction", "preemptible": True, "offset": 8, "pc": 16,
              "bytes": "a7f40001", "text": "bogus r1, r2", "n": 3, "size": 64, "detail": "nothing is known"})


def incomplete(project: Project, *unchecked: dict[str, Any], found: bool = False) -> None:
    """Binary app has these functions that could not be checked."""
    lines = [{"unchecked": one} for one in unchecked] + ([finding()] if found else [])
    project.world["go"]["app"] = binary(*lines, status=int(found))
    n = sum(one["preemptible"] for one in unchecked)
    project.world["go"]["app"]["lines"][-1]["summary"] |= {"incomplete": n, "preemptible_functions": 3}


def test_what_can_not_be_checked_makes_the_verdict_incomplete(gone: Project) -> None:
    incomplete(gone, *UNCHECKED)
    done = gone.run("check-go", "app")
    assert done.returncode == 0
    assert last_line(done) == ("incomplete: no new violation, but 2 of 3 functions, which may be preempted, "
                               "could not be checked throughout, in arm64-app; see results/go-summary.md")
    total = json.loads((gone.results / "go" / "summary.json").read_text())
    assert (total["verdict"], total["incomplete"], total["exit"]) == ("incomplete", 2, 0)
    one = result(gone)
    assert one["incomplete"] == 2
    assert [u["function"] for u in one["unchecked_functions"]] == ["asm.v", "asm.w", "main.a", "main.b"]
    assert "main.b+0x8: a7f40001 (bogus r1, r2)" in (gone.results / "go-summary.md").read_text()
    case = junit_case(gone, "unchecked")
    assert case is not None and case.find("failure") is None
    skipped = case.find("skipped")
    assert skipped is not None and "main.a (64 bytes): damaged" in skipped.get("message", "")


def test_strict_fails_what_is_incomplete(gone: Project) -> None:
    incomplete(gone, *UNCHECKED)
    done = gone.run("check-go", "app", "--strict")
    assert done.returncode == 1 and last_line(done).startswith("incomplete: ")
    case = junit_case(gone, "unchecked")
    assert case is not None and case.find("failure") is not None
    incomplete(gone, *UNCHECKED[:2])   # what is never preempted is no matter
    done = gone.run("check-go", "app", "--strict")
    assert done.returncode == 0 and last_line(done).startswith("passed: ")
    incomplete(gone, *UNCHECKED, found=True)
    done = gone.run("check-go", "app")
    assert done.returncode == 1
    assert "failed: 1 new violation in arm64-app; incomplete: 2 functions in arm64-app" in last_line(done)


def test_findings_of_one_kind_are_told_once(gone: Project) -> None:
    """The second kind comes behind more than are listed of the first."""
    many = [finding(function=f"main.f{k % 40}", offset=4 + k) for k in range(1200)]
    gone.world["go"]["app"] = binary(*many, finding("tls", function="main.other"))
    done = gone.run("check-go", "app")
    assert done.returncode == 1 and "failed: 1201 new violations" in last_line(done)
    assert done.stdout.count("VIOLATION sp") == 1 and done.stdout.count("VIOLATION tls main.other") == 1
    assert ("1200 of this kind, in 40 functions: main.f0 (30), main.f1 (30)" in done.stdout
            and "and 34 more functions" in done.stdout)
    assert [(k["check"], k["n"], len(k["functions"])) for k in result(gone)["kinds"]] == [("sp", 1200, 40),
                                                                                         ("tls", 1, 1)]
    case = junit_case(gone, "sp")
    assert case is not None and len(case.findall("failure")) == 1
    assert "1200 of this kind" in (case.find("failure").text or "")   # type: ignore[union-attr]
    assert "1200 of this kind" in (gone.results / "go-summary.md").read_text()
    assert len((gone.results / "go/arm64-app/findings.jsonl").read_text().splitlines()) == 1201


def harvested(project: Project, oracle: str = "", mark: int = -3) -> None:
    """The binary app has one sequence, a restart range, that passes, or fails this oracle."""
    project.world["go"]["app"] = binary(harvest=[{"kind": "restart", "case": "restart.0",
                                                  "function": "main.big", "offset": 0x40,
                                                  "pc": 0x1040, "mark": mark}])
    project.world["cases"] = [{"name": "harvest.restart.0", "does": "fail" if oracle else "pass",
                               "oracle": oracle, "mark": mark}]


def test_a_binarys_own_sequences_are_run_on_request(gone: Project) -> None:
    harvested(gone)
    done = gone.run("check-go", "app", "--harvest", "all")
    assert done.returncode == 0, done
    assert "arm64-app: ran its own sequences (1 of 9 restart): 12 shots" in done.stdout
    one = result(gone)["harvest"]
    assert (one["cases"], one["failed"], one["covered_pcs"]) == (1, 0, 4)
    assert next(call for call in tool_calls(gone) if call[0] == "harvest")[1] == "--all"
    assert (gone.results / "go" / "arm64-app" / "harvest" / "arm64" / "events.jsonl").exists()
    gone.run("check-go", "app")
    assert not result(gone)["harvest"]


@pytest.mark.parametrize(("oracle", "mark", "check"), [("state", -3, "restart"), ("truth", -1, "harvest"),
                                                       ("sp-delta", -1, "sp")])
def test_a_sequence_that_goes_wrong_is_a_violation(gone: Project, oracle: str, mark: int, check: str) -> None:
    harvested(gone, oracle, mark)
    done = gone.run("check-go", "app", "--harvest", "shapes")
    assert done.returncode == 1 and f"VIOLATION {check} main.big+0x44 in arm64-app" in done.stdout
    assert f"run on its own, {oracle}: expected x2=0x1" in done.stdout
    assert ">   +0x44    add x2, x1, x27" in done.stdout
    told, = [json.loads(line)
             for line in (gone.results / "go" / "arm64-app" / "findings.jsonl").read_text().splitlines()]
    assert (told["pc"], told["oracles"], told["state"]) == (0x1044, [oracle], "new")
    assert "DEPTH=full" in told["repro"]


def test_what_is_known_of_the_tables_is_known_of_its_run(gone: Project) -> None:
    harvested(gone, "sp-delta", -1)
    triage(gone, KNOWN.replace("add sp, sp, #; > add sp, sp, #, lsl #", "movz x27, #; > add x2, x1, x27"))
    assert gone.run("check-go", "app", "--harvest", "shapes").returncode == 0


def test_a_binary_without_such_sequences(gone: Project) -> None:
    gone.world["go"]["app"] = binary(harvest=[])
    done = gone.run("check-go", "app", "--harvest", "shapes")
    assert done.returncode == 0 and "ran its own sequences (0 of 9 restart)" in done.stdout
