"""The repro command: shot ids, and the verdict on one shot or one whole case."""
from __future__ import annotations

import pytest
from conftest import Project, last_line

from driver.errors import UsageError
from driver.probe.one_shot import ShotId, parse_id


def test_ids_are_read() -> None:
    assert parse_id("arm64/add.X@+0x4#1") == ShotId("arm64", "add.X", "@+0x4#1")
    assert parse_id("arm64/add.X@+0x4#1").shot == "add.X@+0x4#1"
    assert parse_id("mips/a/b@c@+0x10#7") == ShotId("mips", "a/b@c", "@+0x10#7")
    assert parse_id("arm64/add.X") == ShotId("arm64", "add.X", None)


@pytest.mark.parametrize("text", ["", "arm64", "arm64/", "/x@+0x4#1", "arm64/x@+4#1", "arm64/x@+0x4",
                                  "arm64/x@+0x4#"])
def test_other_text_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="not a shot id"):
        parse_id(text)


def test_a_shot_that_still_fails(project: Project) -> None:
    project.does(add_2="fail")
    done = project.run("repro", "arm64/add.2@+0x4#1")
    assert done.returncode == 1 and last_line(done) == "failed: arm64/add.2@+0x4#1 fails (1 failure)"
    assert "expected:  x2=0x1" in done.stdout
    assert "shot: case add.2, pc +0x4, verdict failed, resume +0" in done.stdout


def test_a_shot_that_passes_now(project: Project) -> None:
    done = project.run("repro", "arm64/add.2@+0x4#1", "--seed", "3", "--verbose")
    assert done.returncode == 0 and last_line(done) == "passed: arm64/add.2@+0x4#1 passes now (1 shot)"
    assert project.calls()[-1]["given"]["SEED"] == "3"


def test_a_crash_or_a_hang_is_a_failure(project: Project) -> None:
    project.does(add_2="crash", add_3="hang")
    assert "oracle:    crash" in project.run("repro", "arm64/add.2@+0x4#1").stdout
    done = project.run("repro", "arm64/add.3@+0x4#1", "--hang-timeout", "1")
    assert done.returncode == 1 and "oracle:    hang" in done.stdout


def test_a_whole_case_by_its_name(project: Project) -> None:
    project.does(add_2="uncovered")
    done = project.run("repro", "arm64/add.2")
    assert done.returncode == 1 and "coverage" in done.stdout and "case add.2, 4 PCs" in done.stdout
    assert project.run("repro", "arm64/add.3").returncode == 0


@pytest.mark.parametrize("text", ["arm64/nosuch@+0x4#1", "vax/add.2@+0x4#1", "nonsense"])
def test_what_names_nothing_is_a_usage_error(project: Project, text: str) -> None:
    done = project.run("repro", text)
    assert done.returncode == 2 and last_line(done).startswith("usage: ")


def test_an_unknown_case_brings_the_nearest_names(project: Project) -> None:
    project.world["cases"] = [{"name": f"add.ADD_{k}_R1"} for k in range(5)] + [{"name": "load.MOVD"}]
    for text in ("arm64/ad.ADD_3_R1@+0x4#1", "arm64/ad.ADD_3_R1"):
        done = project.run("repro", text)
        assert done.returncode == 2
        assert last_line(done).startswith("usage: arm64 has no case ad.ADD_3_R1 with these CASES and this "
                                          "SEED; did you mean "
                                          "add.ADD_3_R1 or ")
    done = project.run("repro", "arm64/quite.different@+0x4#1")
    assert last_line(done) == "usage: arm64 has no case quite.different with these CASES and this SEED"


def test_an_unknown_target_brings_the_nearest_names(project: Project) -> None:
    assert ("unknown target 'arm46' in --arch; did you mean arm64?; the"
            in last_line(project.run("repro", "arm46/add.2@+0x4#1")))


def test_case_files_from_outside(project: Project) -> None:
    (project.root / "mine.progs").write_text("ADD $1, R1\n")
    assert project.run("repro", "arm64/add.2@+0x4#1", "--cases", "mine.progs").returncode == 0
    assert project.calls()[-1]["given"]["CASE_FILES"] == "mine.progs"
