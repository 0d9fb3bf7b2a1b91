"""cases/go/bugs.tsv: what each row says is where it says."""
from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import real_targets

from driver.build.targets import among, words
from driver.go import findings
from driver.tsv import read_rows

ROOT = Path(__file__).resolve().parents[2]
COLUMNS = ("bug", "targets", "versions", "found", "where", "shape")
ROWS = read_rows(ROOT / "cases/go/bugs.tsv", COLUMNS)[1:]


@pytest.mark.parametrize("row", ROWS, ids=[row["bug"] for row in ROWS])
def test_its_shape_is_in_the_tree(row: dict[str, str]) -> None:
    for place in row["where"].split("; "):
        path, _, text = place.partition(": ")
        assert text and text in (ROOT / path).read_text(encoding="utf-8"), place


@pytest.mark.parametrize("row", ROWS, ids=[row["bug"] for row in ROWS])
def test_who_finds_it_exists(row: dict[str, str]) -> None:
    check = row["found"].partition(" ")[0].rstrip(",")
    assert check in (*findings.CHECKS, "make", "none"), row["found"]
    names = [*real_targets(), "loong64"]
    assert row["targets"] == "all" or all(any(among(name, word) for name in names)
                                          for word in words(row["targets"]))


def test_every_issue_that_planted_forms_name_is_there() -> None:
    named = {issue for path in ROOT.glob("arch/**/test/planted/*.txt")
             for issue in re.findall(r"golang/go#\d+", path.read_text(encoding="utf-8"))}
    assert named and named <= {row["bug"] for row in ROWS}
