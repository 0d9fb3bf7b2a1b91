"""Which failures the terminal shows."""
from __future__ import annotations

from typing import Any

from driver.report import shown


def _total(*ids: str, failed: int = 0) -> dict[str, Any]:
    return {"failures": [{"id": i} for i in ids], "targets": [{"target": "arm64", "failed": failed
                                                               or len(ids)}]}


def _ids(cases: list[shown.CaseFailures]) -> list[list[str]]:
    return [[failure["id"] for failure in one.failures] for one in cases]


def test_those_of_a_case_stand_together_and_each_case_comes_first() -> None:
    total = _total("arm64/a@+0x0#0", "arm64/b@+0x0#0", "arm64/a@+0x4#0", "arm64/a@+0x8#0", "arm64/b@+0x4#0")
    cases = shown.by_target(total, 3)["arm64"]
    assert _ids(cases) == [["arm64/a@+0x0#0", "arm64/a@+0x4#0"], ["arm64/b@+0x0#0"]]
    assert [one.left for one in cases] == [1, 1]
    assert shown.left_out(total, "arm64", cases) == "... and 2 more on arm64"


def test_what_is_only_counted_is_counted() -> None:
    total = _total("arm64/a@+0x0#0", failed=9)
    assert shown.left_out(total, "arm64", shown.by_target(total, 20)["arm64"]) == "... and 8 more on arm64"


def test_all_that_fits_is_shown() -> None:
    total = _total("arm64/a", "arm64/b@+0x0#0")
    cases = shown.by_target(total, 2)["arm64"]
    assert [one.case for one in cases] == ["a", "b"] and shown.left_out(total, "arm64", cases) == ""


def test_a_limit_of_none_shows_none() -> None:
    total = _total("arm64/a@+0x0#0")
    cases = shown.by_target(total, 0)["arm64"]
    assert _ids(cases) == [[]]
    assert shown.left_out(total, "arm64", cases) == "... and 1 more on arm64, 1 of the cases not shown at all"
