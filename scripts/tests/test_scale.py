"""Many cases, files and shards: what is passed on by files, streamed and compressed. Over fakes."""
from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import Project, last_line

from driver.build import casefiles
from driver.probe import event_file, events, one_shot
from driver.publish import cases
from driver.report import junit

zstandard = pytest.importorskip("zstandard", reason="python3-zstandard is not installed (make setup)")


@pytest.fixture
def compressing(project: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.setattr(event_file, "PLAIN_BYTES", 1)
    return project


def test_large_events_are_compressed_and_read_alike(project: Project,
                                                    monkeypatch: pytest.MonkeyPatch) -> None:
    project.does(add_3="fail")
    assert project.run("check", "--arch", "arm64", "--results", "plain").returncode == 1
    monkeypatch.setattr(event_file, "PLAIN_BYTES", 1)
    assert project.run("check", "--arch", "arm64").returncode == 1
    folder = project.results / "arm64"
    assert sorted(path.name for path in folder.iterdir()) == ["events.jsonl.zst", "junit.xml", "summary.json"]
    assert list(events.timeless(folder / "events.jsonl")) == project.timeless("arm64", "plain")
    monkeypatch.undo()   # a later small run takes the place of both
    assert project.run("check", "--arch", "arm64").returncode == 1
    assert (folder / "events.jsonl").exists() and not (folder / "events.jsonl.zst").exists()


def test_compressed_shards_are_merged(compressing: Project) -> None:
    for k in (1, 2):
        done = compressing.run("check", "--arch", "arm64", "--shard", f"{k}/2", "--results", f"s{k}")
        assert done.returncode == 0
    assert compressing.run("check", "--arch", "arm64", "--results", "whole").returncode == 0
    done = compressing.run("merge", "s1", "s2", "--results", "merged")
    assert done.returncode == 0, done.stdout + done.stderr
    merged, whole = (list(events.timeless(compressing.root / name / "arm64/events.jsonl"))
                     for name in ("merged", "whole"))
    assert merged == whole and (compressing.root / "merged/arm64/events.jsonl.zst").exists()
    assert compressing.run("compare", "whole", "merged").returncode == 0


def test_a_list_of_files_too_long_for_an_argument(project: Project) -> None:
    folder = project.root / "many"
    folder.mkdir()
    names = [f"cases_of_a_long_name_number_{k}.progs" for k in range(1500)]
    for name in names:
        (folder / name).write_text("ADD $1, R1\n")
    (project.root / "all.list").write_text("\n".join(f"many/{name}" for name in names))
    for asked in (" ".join(f"many/{name}" for name in names), "many", "@all.list", "many/*.progs"):
        done = project.run("check", "--arch", "arm64", "--cases", asked)
        assert done.returncode == 0, done.stderr
        given = next(call["given"] for call in reversed(project.calls()) if call["goals"] == ["probe"])
        assert "CASE_FILES" not in given
        assert len((project.root / given["CASE_LIST"]).read_text().split()) == len(names)
    assert project.summary()["case_selection"] == "many/*.progs"


def test_a_list_that_is_not_there_or_empty_is_refused(project: Project) -> None:
    (project.root / "empty.list").write_text("\n")
    for word, why in (("@none", "No such file"), ("@empty.list", "no name of a case or file in it")):
        done = project.run("check", "--arch", "arm64", "--cases", word)
        assert done.returncode == 2 and why in last_line(done)


def test_short_lists_are_named_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "a.progs").write_text("NOOP\n")
    one = casefiles.parse(["a.progs", "add.*"], tmp_path)
    assert one.text(tmp_path) == "a.progs add.*" and one.said == "a.progs"


def test_seeds_go_to_make_and_into_ids(project: Project) -> None:
    assert project.run("check", "--arch", "arm64", "--seeds", "1..100").returncode == 0
    given = project.calls()[-1]["given"]
    assert (given["SEEDS"], given["OUT"]) == ("1..100", "build/arm64/seed-1-seeds-1-100")
    assert project.summary()["seeds"] == "1..100"
    assert one_shot.seeds_of("random.s42.7") == "42..42" and one_shot.seeds_of("random.7") == ""
    project.run("repro", "arm64/cross.s42.7@+0x0#0")
    assert next(call["given"]["SEEDS"] for call in reversed(project.calls())
                if call["goals"] == ["probe"]) == "42..42"
    for wrong in ("5..1", "1-5", "x"):
        done = project.run("check", "--arch", "arm64", "--seeds", wrong)
        assert done.returncode == 2 and "not a range of seeds" in last_line(done)


def test_the_page_takes_the_first_cases_and_those_that_failed(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    counts = dict.fromkeys(events.CASE_COUNTS, 0)
    path.write_text("".join(json.dumps({"ev": kind, "index": k, "case": f"c{k}", **counts, "verdicts": "i",
                                        "failures": int(k == 8)}) + "\n"
                            for k in range(10) for kind in ("begin", "case")))
    found = cases.columns(path, most=3)
    assert found["name"] == ["c0", "c1", "c2", "c8"] and found["left"] == 6 and found["pcs"]["i"] == 10


def test_junit_of_events_is_that_of_its_elements(project: Project) -> None:
    project.does(add_1="fail", add_2="crash")
    project.run("check", "--arch", "arm64")
    (suite,) = junit.read(project.results / "arm64/junit.xml")
    again = project.root / "again.xml"
    junit.write(again, [suite])
    assert again.read_bytes() == (project.results / "arm64/junit.xml").read_bytes()
    assert again.read_bytes() == (project.results / "junit.xml").read_bytes()
