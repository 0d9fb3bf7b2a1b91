"""go-releases, with fake toolchains: which versions are found where, the table and what of it is kept,
resuming, verdicts, the page."""
from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import FAKES, Project, last_line
from test_gocheck import KNOWN, binary, finding, gone, triage  # noqa: F401  (gone is a fixture)

from driver.commands import go_releases
from driver.errors import DriverError, Interrupted
from driver.go import releases, toolchain
from driver.go.session import Session
from driver.publish import release_grid

COUNTS = {"preemptible_functions": 1000, "incomplete": 1, "restart_ranges": 4}
UNCHECKED = {"unchecked": {"function": "main.f", "entry": 0x1000, "size": 8, "why": "unknown instruction",
                           "detail": "nothing is known of it", "preemptible": True, "offset": 4, "pc": 0x1004,
                           "bytes": "a7f4", "text": "alghsik", "n": 1}}
ROW = releases.Row("go1.19.8", "arm64", "gofmt", "3", "1000", "100", "70.00%", "10.00%", "4", "-", "-", "3",
                   "0", "6", "x27", "-", "-")


def app(*lines: dict[str, Any], **counts: int) -> dict[str, Any]:
    made = binary(*lines)
    made["lines"][-1]["summary"] |= {**COUNTS, "incomplete": 0, **counts}
    return made


@pytest.fixture
def tree(gone: Project) -> Project:  # noqa: F811
    """A project with two toolchains, old and new, and gofmt that both build."""
    for name in ("old", "new"):
        (gone.root / name / "bin").mkdir(parents=True)
        (gone.root / name / "src").mkdir()
        shutil.copy(FAKES / "fake-go", gone.root / name / "bin/go")
    gone.world["go"] = {name: app() for name in toolchain.PROGRAMS}
    gone.world["toolchain"] = {"versions": {"old": "go1.19.8", "new": "go1.27.4"}}
    (gone.root / "cases/go/versions.tsv").write_text("# comment\nversion\tchanged\n1.88\t-\n1.99\t-\n")
    return gone


def sweep(project: Project, *more: str, versions: str = "1.19=old 1.27=new") -> Any:
    return project.run("go-releases", "--versions", versions, "--arch", "arm64", "--programs", "gofmt", *more)


def table(project: Project) -> dict[tuple[str, str, str], releases.Row]:
    return {one.key: one for one in releases.read(project.root / releases.FILE)}


def test_a_row_for_each_version_and_program(tree: Project) -> None:
    done = sweep(tree)
    assert done.returncode == 0, done
    assert last_line(done).startswith("passed: no new violation: 2 releases, 2 binaries, 0 known violations, "
                                      "0 of 2000 functions that may be preempted not checked throughout")
    rows = table(tree)
    assert list(rows) == [("go1.19.8", "arm64", "gofmt"), ("go1.27.4", "arm64", "gofmt")]
    assert rows["go1.19.8", "arm64", "gofmt"] == replace(ROW, fragile="3", jumps="0")
    assert (tree.results / "releases.tsv").exists()
    page = (tree.results / "report.html").read_text()
    assert "no violation" in page and "80.0% preemptible, 10.0% by 4 restart ranges" in page


def test_other_rows_are_kept_and_these_replaced(tree: Project) -> None:
    other = replace(ROW, target="mips")
    tree.world["targets"].reverse()   # their order is that of all, not of those that are asked for
    releases.write(tree.root / releases.FILE, [replace(ROW, go="go1.3.1"), replace(ROW, new="sp:9"), other])
    assert sweep(tree, versions="1.19=old").returncode == 0
    rows = table(tree)
    assert list(rows) == [("go1.3.1", "arm64", "gofmt"), ("go1.19.8", "mips", "gofmt"),
                          ("go1.19.8", "arm64", "gofmt")]
    assert rows["go1.19.8", "arm64", "gofmt"].new == "-" and rows["go1.19.8", "mips", "gofmt"] == other
    assert releases.read(tree.results / "releases.tsv") == list(rows.values()), "the page draws them all"


def test_new_and_known_violations(tree: Project) -> None:
    tree.world["go"]["gofmt"] = app(finding(), finding("tls"))
    triage(tree, KNOWN)   # explains sp up to 1.22
    done = sweep(tree, versions="1.19=old")
    assert done.returncode == 1 and last_line(done).startswith("failed: 1 new violations: 1 releases")
    assert "NEW tls main.big" in done.stdout
    one = table(tree)["go1.19.8", "arm64", "gofmt"]
    assert (one.new, one.known) == ("tls:1", "sp:1")


def test_what_was_not_checked_is_named_and_too_much_of_it_fails(tree: Project) -> None:
    tree.world["go"]["gofmt"] = app(UNCHECKED, incomplete=1)
    tree.world["go"]["gofmt"]["status"] = 0
    done = sweep(tree, versions="1.19=old")
    assert done.returncode == 0, done
    assert "main.f+0x4: a7f4 (alghsik): nothing" in table(tree)["go1.19.8", "arm64", "gofmt"].unchecked
    tree.world["go"]["gofmt"] = app(UNCHECKED, incomplete=2)
    tree.world["go"]["gofmt"]["status"] = 0
    done = sweep(tree, versions="1.19=old")
    assert done.returncode == 1 and "more than 0.1% incomplete" in last_line(done)


def test_what_a_release_does_not_build_is_said_and_fails(tree: Project) -> None:
    tree.world["toolchain"]["fails"] = ["gofmt"]
    done = sweep(tree, "--programs", "gofmt asm", versions="1.19=old")
    assert done.returncode == 1 and "1 programs not built" in last_line(done)
    assert "not built: go1.19.8 arm64: gofmt: gofmt.go:1: no" in done.stdout
    assert list(table(tree)) == [("go1.19.8", "arm64", "asm")]


def stop_at_the_second_version() -> None:
    real = go_releases._begin

    def begin(now: go_releases.Sweep, release: releases.Release) -> Session:
        if release.version == "go1.27.4":
            raise Interrupted("here")
        return real(now, release)

    go_releases._begin = begin


def test_resuming_checks_only_what_is_left(tree: Project) -> None:
    asked = ("--programs", "gofmt asm")
    tree.world["go"]["asm"]["lines"] = []   # so that the run ends at the second program of the first version
    done = sweep(tree, *asked)
    assert done.returncode == 1 and "printed no summary" in done.stderr and not table(tree)
    tree.world["go"]["asm"] = app()
    more = ("go-releases", "--versions", "1.19=old 1.27=new", "--arch", "arm64", *asked, "--resume")
    assert tree.start(*more, first=stop_at_the_second_version).wait(60) == 1
    assert [key[0] for key in table(tree)] == ["go1.19.8", "go1.19.8"]
    done = tree.run(*more)
    assert done.returncode == 0, done
    calls = map(json.loads, (tree.root / "world.json.tool").read_text().splitlines())
    checked = [call[-1].rpartition("/")[2] for call in calls if call[0] == "check"]
    assert checked == ["gofmt", "asm", "asm", "gofmt", "asm"], "what was done is not done again"
    assert len(table(tree)) == 4


@pytest.mark.parametrize(("asked", "said"), [
    ("1.27=old", "the toolchain in"), ("1.19=nosuch", "there is no bin/go in it"),
    ("1.19=", "neither a version"), ("latest", "neither a version"), ("1.88", "ci/setup --go-release 1.88")])
def test_versions_that_are_none(tree: Project, asked: str, said: str) -> None:
    done = sweep(tree, "--no-setup", versions=asked)
    assert done.returncode == 2 and said in last_line(done)


def test_versions_of_the_list_that_are_not_to_be_had_are_skipped(tree: Project) -> None:
    done = sweep(tree, "--no-setup", versions="")
    assert done.returncode == 2 and "no Go version is to be had" in last_line(done)
    here = tree.root / releases.UNPACKED / "1.99/usr/lib/go-1.99/bin"
    here.mkdir(parents=True)
    (here.parent / "src").mkdir()
    shutil.copy(FAKES / "fake-go", here / "go")
    tree.world["toolchain"]["versions"]["go-1.99"] = "go1.99.2"
    done = sweep(tree, "--no-setup", versions="")
    assert done.returncode == 0, done
    assert "skipped Go 1.88: no Go 1.88 here" in done.stdout and "go1.99.2" in done.stdout


def test_another_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "releases.tsv"
    releases.write(path, [ROW])
    path.write_text(path.read_text().replace("jumps\t", "leaps\t"))
    with pytest.raises(DriverError, match="does not name the columns"):
        releases.read(path)


def test_the_page_has_a_cell_for_each_version_and_target() -> None:
    rows = [ROW, replace(ROW, program="go", pcs="300", safe="50.00%", restart="2.00%", known="sp:2 roots:1"),
            replace(ROW, go="go1.27.4", target="mips", new="tls:1", incomplete="1", unchecked="main.f: why")]
    made = release_grid.grid(rows)
    assert made["versions"] == ["go1.19.8", "go1.27.4"]
    first, none = made["targets"][0]["cells"]
    assert none is None and (first["preemptible"], first["restart"], first["ranges"]) == ("59.0%", "4.0%", 8)
    assert first["known"] == [("roots", 1), ("sp", 2)] and first["of"] == 2000
    assert made["targets"][1]["cells"][1]["new"] == [("tls", 1)]
    assert made["unchecked"] == [("go1.27.4 mips gofmt", "main.f: why")]
