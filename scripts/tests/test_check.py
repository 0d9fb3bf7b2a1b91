"""The check command over fake probes: what it writes, what it finds out by itself, and its exit codes."""
from __future__ import annotations

import json
import os
import platform
import signal
import time
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from conftest import Project, last_line, target_row


def test_a_clean_run_passes_and_writes_every_file(project: Project) -> None:
    done = project.run("check")
    assert done.returncode == 0, done
    assert last_line(done) == "passed: 2 targets, 14 cases, 168 shots, all 56 reportable PCs covered"
    assert sorted(str(p.relative_to(project.results)) for p in project.results.rglob("*") if p.is_file()) == [
        "arm64/events.jsonl", "arm64/junit.xml", "arm64/summary.json", "history.jsonl", "junit.xml",
        "mips/events.jsonl", "mips/junit.xml", "mips/summary.json", "report.html", "summary.json",
        "summary.md"]


def test_summary_has_the_fields_of_the_design(project: Project) -> None:
    project.run("check", "--arch", "arm64", "--seed", "7", "--shard", "1/2")
    summary = project.summary()
    expected = {"schema": 1, "target": "arm64", "runner": "qemu-user 7.2.22", "mode": "pin", "seed": 7,
                "cases": 4, "progs": 4,
                "pcs": 16, "reportable_pcs": 16, "covered_pcs": 16, "shots": 48, "resumed": 16,
                "restarted": 24,
                "entry_restarted": 4, "refused": 4, "strict_pcs": 0, "failures": [], "skipped": [],
                "shot_us": 45.0,
                "floor_us": 30.0, "shards": "1/2", "revision": "unknown", "interrupted": False}
    assert expected.items() <= summary.items()
    assert isinstance(summary["wall_s"], float)


def test_the_number_of_jobs_does_not_change_the_events(project: Project) -> None:
    project.does(add_1="fail", add_3="crash", add_5="uncovered")
    project.world["skips"] = ["go.44 RET (R30)"]
    runs = []
    for jobs in ("1", "3", "5"):
        project.run("check", "--arch", "arm64", "--jobs", jobs)
        runs.append(project.timeless())
    assert runs[0] == runs[1] == runs[2]
    assert [e["index"] for e in project.events() if e["ev"] == "case"] == list(range(7))
    assert sum(e["ev"] == "skip" for e in project.events()) == 1


def test_a_failure_fails_and_is_told_in_full(project: Project) -> None:
    project.does(add_2="fail")
    done = project.run("check", "--arch", "arm64", "--seed", "9")
    assert done.returncode == 1
    assert last_line(done).startswith("failed: 1 failure on arm64")
    for text in ("arm64/add.2@+0x4#9", "PC:        +0x4", "oracle:    state", "expected:  x2=0x1",
                 "got:       x2=0x2",
                 "again:     make repro ID='arm64/add.2@+0x4#9' SEED=9"):
        assert text in done.stdout
    failure = project.summary()["failures"][0]
    assert (failure["id"], failure["oracle"], failure["got"]) == ("arm64/add.2@+0x4#9", "state", "x2=0x2")
    assert "arm64/add.2@+0x4#9" in (project.results / "summary.md").read_text()


def test_failures_that_the_probe_only_counts_are_counted_too(project: Project) -> None:
    project.does(add_2="fail", add_3="crash")
    project.world["cases"][2]["failures"] = 50
    assert last_line(project.run("check", "--arch", "arm64")).startswith("failed: 51 failures on arm64")
    assert len(project.summary()["failures"]) == 2


def test_pcs_that_no_sp_delta_is_known_of_are_told(project: Project) -> None:
    project.world["cases"] = [{"name": "add.1", "sp_unknown": 3}, {"name": "add.2"}]
    done = project.run("check", "--arch", "arm64")
    assert done.returncode == 0
    assert project.summary()["sp_unknown_pcs"] == 3
    for text in (done.stdout, (project.results / "summary.md").read_text()):
        assert ("sp-delta: not checked at these PCs (SP was written with something other than a constant"
                in text)
        assert "no table says where it is): arm64 3\n" in text


def test_a_probe_that_dies_is_blamed_on_its_case_and_started_again_behind_it(project: Project) -> None:
    project.does(add_2="crash", add_5="crash")
    done = project.run("check", "--arch", "arm64", "--jobs", "1")
    assert done.returncode == 1
    summary = project.summary()
    assert ([(f["id"], f["oracle"]) for f in summary["failures"]]
            == [("arm64/add.2", "crash"), ("arm64/add.5", "crash")])
    assert "SIGSEGV" in summary["failures"][0]["got"]
    assert "uncaught target signal 11" in summary["failures"][0]["got"]
    assert (summary["cases"], summary["reportable_pcs"], summary["covered_pcs"]) == (7, 28, 20)


def test_a_hanging_case_is_killed_and_the_rest_is_run(project: Project) -> None:
    project.does(add_4="hang")
    done = project.run("check", "--arch", "arm64", "--hang-timeout", "1")
    assert done.returncode == 1
    summary = project.summary()
    assert [(f["id"], f["oracle"]) for f in summary["failures"]] == [("arm64/add.4", "hang")]
    assert summary["cases"] == 7


@pytest.mark.long
def test_a_case_that_sleeps_for_ever_hangs_too(project: Project) -> None:
    project.does(add_4="sleep")
    project.run("check", "--arch", "arm64", "--hang-timeout", "1")
    assert [f["oracle"] for f in project.summary()["failures"]] == ["hang"]


@pytest.mark.parametrize("does, oracle", [("uncovered", "coverage"), ("garbage", "protocol"),
                                          ("silent-fail", "protocol")])
def test_what_the_probe_does_not_report_itself_is_a_failure_too(project: Project, does: str,
                                                                oracle: str) -> None:
    project.does(add_0=does)
    done = project.run("check", "--arch", "arm64")
    assert done.returncode == 1
    assert [(f["id"], f["oracle"]) for f in project.summary()["failures"]] == [("arm64/add.0", oracle)]


def test_a_probe_that_ends_early_without_saying_so_fails(project: Project) -> None:
    project.does(add_2="stop-early")
    done = project.run("check", "--arch", "arm64", "--jobs", "1")
    assert done.returncode == 1
    failure = project.summary()["failures"][0]
    assert (failure["oracle"], failure["expected"]) == ("coverage", "7 cases in shard 1/1")


def test_a_probe_that_dies_between_two_cases_fails_and_goes_on(project: Project) -> None:
    project.does(add_2="quit")
    project.run("check", "--arch", "arm64", "--jobs", "1")
    summary = project.summary()
    assert summary["cases"] == 7
    assert [f["oracle"] for f in summary["failures"]] == ["crash"]
    assert "index 2" in summary["failures"][0]["got"]


def test_a_probe_that_never_comes_up_fails(project: Project) -> None:
    project.world["dies_at_start"] = True
    done = project.run("check", "--arch", "arm64", "--jobs", "1")
    assert done.returncode == 1
    assert "before its first case" in project.summary()["failures"][0]["got"]


def test_an_argument_that_the_probe_refuses_is_a_usage_error(project: Project) -> None:
    project.world["usage"] = "probe: bad seed"
    done = project.run("check")
    assert done.returncode == 2
    assert last_line(done).startswith("usage: ") and "probe: bad seed" in done.stderr


def test_shards_are_disjoint_and_complete(project: Project) -> None:
    names = []
    for i in (1, 2, 3):
        assert project.run("check", "--arch", "arm64", "--shard", f"{i}/3", "--jobs", "2").returncode == 0
        names += [e["case"] for e in project.events() if e["ev"] == "case"]
    assert sorted(names) == [f"add.{k}" for k in range(7)]


def test_no_case_at_all_is_a_usage_error(project: Project) -> None:
    done = project.run("check", "--cases", "nosuch*")
    assert done.returncode == 2
    assert (last_line(done)
            == "usage: there is no case that matches 'nosuch*' on arm64, mips, so nothing was checked")


def test_a_glob_that_matches_nothing_brings_the_nearest_names(project: Project) -> None:
    project.world["cases"] = [{"name": "add.ADD_1_R1"}, {"name": "add.SUB_1_R1"}, {"name": "load.MOVD"}]
    done = project.run("check", "--arch", "arm64", "--cases", "ad.ADD*")
    assert done.returncode == 2 and last_line(done).endswith("; did you mean add.ADD_1_R1?")


def test_failures_are_shown_by_case_up_to_a_limit(project: Project) -> None:
    project.does(add_2="fail", add_4="fail")
    for case in project.world["cases"]:
        case["failures"] = 3
    done = project.run("check", "--arch", "arm64,mips", "--show", "1")
    assert done.stdout.count("FAIL ") == 2   # one of each target
    for target in ("arm64", "mips"):
        assert f"FAIL {target}/add.2@" in done.stdout
        assert (f"... and 5 more on {target}, 1 of the cases not shown at all: see results/summary.md, or "
                f"say --show N"
                in done.stdout)
    shown = project.run("check", "--arch", "arm64").stdout
    assert shown.count("FAIL ") == 2 and "... and 4 more on arm64: see results/summary.md" in shown


def test_a_tree_without_cases_is_no_pass(project: Project) -> None:
    project.world["cases"] = []
    assert "there is no case on arm64, mips" in last_line(project.run("check"))
    assert "there is no case on arm64, mips" in last_line(project.run("check", "--cases", "*"))
    assert "there is no case that matches 'add*'" in last_line(project.run("check", "--cases", "add*"))


def test_an_empty_shard_is_a_usage_error(project: Project) -> None:
    done = project.run("check", "--arch", "arm64", "--shard", "9/9")
    assert done.returncode == 2 and "in shard 9/9" in last_line(done)


def test_lists_take_commas_and_spaces_and_all(project: Project) -> None:
    for arch in ("mips,arm64", "mips arm64", "arm64, mips"):
        project.run("check", "--arch", arch)
        assert ([t["target"] for t in json.loads((project.results / "summary.json").read_text())["targets"]]
                == ["arm64", "mips"])
    project.run("check", "--arch", "all")
    assert len(json.loads((project.results / "summary.json").read_text())["targets"]) == 3


def test_natively_what_the_kernel_does_not_run_is_left_out_or_an_error(project: Project) -> None:
    project.world["targets"] = [target_row(name, native=platform.machine()) for name in ("amd64", "386")]
    project.world["foreign"] = ["386"]
    done = project.run("check", "--runner", "native")
    assert done.returncode == 0 and last_line(done).startswith("passed: 1 target,")
    assert "skipped 386: this machine's kernel does not run its programs (Exec format error)" in done.stderr
    for command in (["check"], ["mutants"], ["soak"], ["bench"]):
        done = project.run(*command, "--runner", "native", "--arch", "386,amd64")
        assert done.returncode == 2
        assert last_line(done) == ("set-up: --runner native: 386: this machine's kernel does not run its "
                                   "programs (Exec format error); "
                                   "use --runner qemu")


def test_ci_setup_is_called_for_what_is_missing_and_heard(project: Project) -> None:
    project.world["targets"] = [target_row("arm64", triple="nosuch-triple")]
    script = project.root / "ci" / "setup"
    script.parent.mkdir()
    script.write_text("#!/bin/sh\necho \"$@\" > setup.called\necho 'ci/setup: run:' >&2\n"
                      "echo 'sudo apt-get install gcc-x'\nexit 2\n")
    script.chmod(0o755)
    done = project.run("check")
    assert done.returncode == 2
    assert done.stderr.splitlines() == ["missing: nosuch-triple-gcc; calling ci/setup", "ci/setup: run:",
                                        "set-up: sudo apt-get install gcc-x"]
    assert (project.root / "setup.called").read_text() == "arm64\n"
    (project.root / "setup.called").unlink()
    project.run("check", "--no-setup")
    assert not (project.root / "setup.called").exists()


def test_a_malformed_case_file_is_the_users_fault(project: Project) -> None:
    project.world["build_failure"] = {"arm64": "bad.progs:3: unknown operation ADDX\n"
                                               "make: *** [Makefile:9: build/arm64/cases.S] Error 2\n"}
    (project.root / "bad.progs").write_text("ADDX R1\n")
    done = project.run("check", "--arch", "arm64", "--cases", "bad.progs")
    assert done.returncode == 2 and done.stderr == "usage: bad.progs:3: unknown operation ADDX\n"


def test_an_assembler_error_in_the_users_file_is_too(project: Project) -> None:
    (project.root / "bad.S").write_text("nonsense\n")
    project.world["build_failure"] = {"arm64": "bad.S: Assembler messages:\nbad.S:1: Error: unknown "
                                               "mnemonic\n"
                                               "make: *** [Makefile:9: build/arm64/bad.o] Error 1\n"}
    done = project.run("check", "--arch", "arm64", "--cases", "bad.S")
    assert done.returncode == 2 and done.stderr == "usage: bad.S:1: Error: unknown mnemonic\n"


def test_a_tree_that_does_not_build_is_125(project: Project) -> None:
    project.world["build_failure"] = {"mips": "harness/probe/fire.c:7:3: error: expected ';'\nmake: *** [x] "
                                              "Error 1\n"}
    done = project.run("check")
    assert done.returncode == 125
    assert (last_line(done)
            == "could not build: mips: harness/probe/fire.c:7:3: error: expected ';'; see "
               "build/mips/build.log")
    assert "expected ';'" in (project.root / "build/mips/build.log").read_text()


def test_a_missing_header_is_set_up_not_a_broken_commit(project: Project) -> None:
    project.world["build_failure"] = {"arm64": "a.c:1:10: fatal error: libelf.h: No such file or "
                                               "directory\nmake: *** [x] Error 1\n"}
    done = project.run("check", "--arch", "arm64")
    assert done.returncode == 2 and "apt-get install -y libelf-dev" in last_line(done)


def test_a_run_that_ends_without_results_leaves_those_of_the_run_before(project: Project) -> None:
    project.run("check")
    before = {path: path.read_bytes() for path in project.results.rglob("*") if path.is_file()}
    assert project.run("check", "--arch", "vax").returncode == 2
    project.world["usage"] = "probe: bad"
    assert project.run("check").returncode == 2
    project.world["build_failure"] = {"mips": "x.c:1:1: error: y\nmake: *** [x] Error 1\n"}
    assert project.run("check").returncode == 125
    assert {path: path.read_bytes() for path in project.results.rglob("*") if path.is_file()} == before


def test_what_make_is_asked_for(project: Project, tmp_path: Path) -> None:
    outside = project.root / "elsewhere"
    outside.mkdir()
    (outside / "mine.progs").write_text("ADD $1, R1\n")
    project.env |= {"MAKEFLAGS": "-j4", "ARCH": "arm64", "CASES": "x", "SEED": "3"}
    project.run("check", "--arch", "arm64", "--cases", str(outside / "mine.progs"), "--seed", "5", "--sut",
                "elsewhere")
    calls = project.calls()
    assert all(call["leaked"] == [] for call in calls)
    given = next(call["given"] for call in calls if call["goals"] == ["probe"])
    assert (given["TARGET"], given["SEED"], given["CASE_FILES"]) == ("arm64", "5", "elsewhere/mine.progs")
    assert given["SUT"] == str(outside) and given["OUT"].startswith("build/arm64/files-")
    project.run("check", "--arch", "arm64")
    assert project.calls()[-1]["given"] == {"TARGET": "arm64", "OUT": "build/arm64/seed-1", "SEED": "1"}


def test_files_of_the_tree_choose_their_own_targets(project: Project) -> None:
    (project.root / "cases/arm64/add.progs").write_text("ADD $1, R1\n")
    (project.root / "mine.S").write_text("nop\n")
    project.run("check", "--cases", "cases/arm64/*.progs")
    assert [call["given"]["TARGET"] for call in project.calls() if call["goals"] == ["probe"]] == ["arm64"]
    done = project.run("check", "--cases", "mine.S")
    assert done.returncode == 2 and "Name it with --arch" in last_line(done)


@pytest.mark.parametrize("text", ["", "\n\n", "// only a comment\n"])
def test_an_empty_case_file_is_refused(project: Project, text: str) -> None:
    (project.root / "empty.progs").write_text(text)
    done = project.run("check", "--arch", "arm64", "--cases", "empty.progs")
    assert done.returncode == 2 and done.stderr.endswith("empty.progs: no case in this file\n")


@pytest.mark.parametrize("flag", ["-singlestep", "-one-insn-per-tb"])
def test_free_mode_asks_qemu_for_its_flag(project: Project, flag: str) -> None:
    project.env["FAKE_QEMU_FLAG"] = flag
    done = project.run("check", "--arch", "arm64", "--mode", "free", "--per-target-budget", "9", "--jobs",
                       "1")
    assert done.returncode == 0 and project.events()[0]["mode"] == "free"
    called = (project.root / "world.json.qemu").read_text()
    assert called.startswith(f"{flag} {project.root}/build/arm64/seed-1/probe --mode free --seed 1 --shard "
                             f"1/1 --budget ")


def test_pin_mode_needs_no_flag(project: Project) -> None:
    project.run("check", "--arch", "arm64", "--jobs", "1", "--cases", "add.*")
    called = (project.root / "world.json.qemu").read_text()
    assert (called
            == f"{project.root}/build/arm64/seed-1/probe --mode pin --seed 1 --shard 1/1 --cases add.*\n")


def test_json_leaves_standard_output_to_the_summary(project: Project) -> None:
    project.does(add_2="fail")
    done = project.run("check", "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["failed"] == 2
    assert done.stderr.splitlines()[-1].startswith("failed: ")


def test_junit_is_well_formed_and_counts_right(project: Project) -> None:
    project.does(add_1="fail", add_3="crash")
    project.world["skips"] = ["go.44 RET"]
    project.run("check")
    for path in ("junit.xml", "arm64/junit.xml"):
        top = ET.parse(project.results / path).getroot()
        for suite in top.findall("testsuite"):
            cases = suite.findall("testcase")
            assert (suite.get("tests"), suite.get("failures"), suite.get("skipped")) == ("8", "2", "1")
            assert len(cases) == 8 and {case.get("classname") for case in cases} == {suite.get("name")}
            assert [c.get("name") for c in cases if c.find("failure") is not None] == ["add.1", "add.3"]
            assert "x2=0x1 <ok> ?" in (cases[2].find("failure").text or "")  # type: ignore[union-attr]
    assert top.get("tests") == "8"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_kills_the_probes_and_keeps_what_was_done(project: Project, number: int) -> None:
    note = project.root / "sleeper"
    project.does(add_5="sleep")
    project.world["cases"][5]["note"] = str(note)
    proc = project.start("check", "--arch", "arm64", "--jobs", "1")
    deadline = time.monotonic() + 60
    while not (note.exists() and note.read_text()) and time.monotonic() < deadline:
        time.sleep(0.05)
    proc.send_signal(number)
    out, err = proc.communicate(timeout=60)
    assert proc.returncode == 1 and "Traceback" not in err
    assert out.rstrip().splitlines()[-1].startswith("failed: interrupted after 5 cases")
    summary = project.summary()
    assert (summary["interrupted"], summary["cases"], summary["failures"]) == (True, 5, [])
    assert [e["ev"] for e in project.events()].count("begin") == 5
    with pytest.raises(ProcessLookupError):
        os.kill(int(note.read_text()), 0)


def test_off_a_terminal_there_is_a_plain_line_for_each_target() -> None:
    from driver.build.targets import Target
    from driver.probe.plan import Counter, Plan
    from driver.probe.runs import TargetRun
    from driver.report.progress import line

    plan = Plan(Target("arm64", "arm64"), Path(), Path())
    run = TargetRun(plan, Path(), [Counter(10, 4, 400, 1), Counter()], began=time.monotonic() - 100)
    assert line(run).startswith("arm64: 4/20 cases, 4 shots/s, 1 failures, 6:")
    run.counters = [Counter()]
    assert line(run) == "arm64: 0/? cases, 0 shots/s, 0 failures"
