"""The merge command: what it joins, what it refuses, and what it misses out loud."""
from __future__ import annotations

import json
import shutil
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
from conftest import Project, last_line


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = Project(tmp_path_factory.mktemp("shards"))
    made.does(add_1="fail")
    made.world["skips"] = ["go.44 RET"]
    made.run("check", "--results", "whole")
    for i in (1, 2, 3):
        made.run("check", "--shard", f"{i}/3", "--results", f"s{i}")
    return made.root


@pytest.fixture
def shards(made_once: Path, project: Project) -> Project:
    """Three shards of arm64 and mips in the folders s1, s2 and s3, and the whole run in `whole`."""
    shutil.copytree(made_once, project.root, dirs_exist_ok=True)
    return project


def change(project: Project, path: str, **fields: object) -> None:
    file = project.root / path
    file.write_text(json.dumps(json.loads(file.read_text()) | fields))


def test_merged_shards_are_the_whole_run(shards: Project) -> None:
    done = shards.run("merge", "s1", "s2", "s3", "--results", "merged")
    assert done.returncode == 1 and last_line(done) == "failed: 2 failures on arm64, mips"
    for target in ("arm64", "mips"):
        assert shards.timeless(target, "merged") == shards.timeless(target, "whole")
        merged, whole = shards.summary(target, "merged"), shards.summary(target, "whole")
        assert {**merged, "wall_s": 0} == {**whole, "wall_s": 0}
    cases = [[case.get("name") for case in ET.parse(shards.root / folder / "junit.xml").iter("testcase")]
             for folder in ("merged", "whole")]
    assert cases[0] == cases[1]


def test_a_clean_merge_passes(project: Project) -> None:
    for i in (1, 2):
        project.run("check", "--shard", f"{i}/2", "--results", f"all/{i}")
    done = project.run("merge", "all")
    assert done.returncode == 0 and last_line(done).startswith("passed: 2 targets, 14 cases")


def test_merging_does_not_need_the_events(shards: Project) -> None:
    for path in shards.root.glob("s?/*/events.jsonl"):
        path.unlink()
    shards.run("merge", "s1", "s2", "s3", "--results", "merged")
    assert shards.summary("arm64", "merged")["cases"] == 7
    suite = ET.parse(shards.root / "merged/arm64/junit.xml").getroot().find("testsuite")
    assert suite is not None and suite.get("failures") == "1"


def test_a_missing_shard_fails(project: Project) -> None:
    for i in (1, 3):
        project.run("check", "--shard", f"{i}/3", "--results", f"s{i}")
    done = project.run("merge", "s1", "s3", "--results", "merged")
    assert done.returncode == 1
    assert last_line(done) == "failed: missing arm64 shard 2/3; mips shard 2/3"


def test_a_missing_target_fails_when_it_was_expected(project: Project) -> None:
    project.run("check", "--results", "one")
    done = project.run("merge", "one", "--results", "merged", "--expect", "all")
    assert done.returncode == 1 and last_line(done) == "failed: missing target mipsle"
    assert project.run("merge", "one", "--results", "merged", "--expect", "arm64,mips").returncode == 0


def test_an_interrupted_shard_fails(shards: Project) -> None:
    change(shards, "s1/arm64/summary.json", interrupted=True)
    assert last_line(shards.run("merge", "s1", "s2", "s3")).startswith("failed: interrupted")


@pytest.mark.parametrize("field, value", [("seed", 2), ("mode", "free"), ("revision", "abc-dirty"),
                                          ("sut", "/x"),
                                          ("case_selection", "add*")])
def test_results_of_different_runs_are_refused(shards: Project, field: str, value: object) -> None:
    change(shards, "s2/mips/summary.json", **{field: value})
    done = shards.run("merge", "s1", "s2", "s3", "--results", "merged")
    assert done.returncode == 2
    assert f"do not belong together: {field} is" in last_line(done)
    assert not (shards.root / "merged").exists()


def test_the_same_shard_twice_is_refused(shards: Project) -> None:
    shutil.copytree(shards.root / "s1", shards.root / "again")
    done = shards.run("merge", "s1", "s2", "s3", "again", "--results", "merged")
    assert done.returncode == 2 and "arm64 shard 1/3 is there twice" in last_line(done)


def test_mixed_divisions_are_refused(shards: Project) -> None:
    change(shards, "s2/arm64/summary.json", shards="2/4")
    done = shards.run("merge", "s1", "s2", "s3", "--results", "merged")
    assert done.returncode == 2 and "divided in different ways" in last_line(done)


@pytest.mark.parametrize("text", ["{", "[]", "{}", "{\"target\": \"arm64\"}"])
def test_a_file_that_is_no_summary_is_named(shards: Project, text: str) -> None:
    (shards.root / "s2/arm64/summary.json").write_text(text)
    done = shards.run("merge", "s1", "s2", "s3", "--results", "merged")
    assert done.returncode == 2 and "s2/arm64/summary.json: not a target's summary" in last_line(done)


def test_nothing_to_merge(project: Project) -> None:
    (project.root / "empty").mkdir()
    assert "no <target>/summary.json" in last_line(project.run("merge", "empty"))
    assert project.run("merge", "nowhere").returncode == 2


def test_a_merge_can_be_repeated_in_place(shards: Project) -> None:
    for _ in range(2):
        done = shards.run("merge", "s1", "s2", "s3", "--results", "merged")
        assert last_line(done) == "failed: 2 failures on arm64, mips"
    assert (last_line(shards.run("merge", "merged", "--results", "merged"))
            == "failed: 2 failures on arm64, mips")
    assert shards.summary("arm64", "merged")["cases"] == 7


def test_cross_values_are_compared_over_targets(project: Project) -> None:
    from driver.report import results

    def summary(target: str, values: dict[str, list[str]]) -> dict[str, Any]:
        head = dict.fromkeys(results.IDENTITY, "") | {"target": target, "wall_s": 1.0, "interrupted": False}
        return head | dict.fromkeys(results.COUNTS, 0) | {"failed": 0, "failures": [], "skipped": [],
                                                          "values": values}

    a, b = summary("arm64", {"cross.1": ["aa", "cc"]}), summary("mips", {"cross.1": ["aa", ""]})
    assert results.overall([a, b])["failures"] == []
    total = results.overall([a, b, summary("arm", {"cross.1": ["ab", ""]})])
    assert total["failed"] == 1 and total["exit"] == 1
    assert total["failures"][0]["got"] == "aa on arm64 mips; ab on arm"
