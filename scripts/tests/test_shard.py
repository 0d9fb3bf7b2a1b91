"""Shard arithmetic: what a split holds, and what is refused."""
from __future__ import annotations

import pytest

from driver.errors import UsageError
from driver.probe.shard import Shard, parse, parts_per_target


@pytest.mark.parametrize("n", range(1, 6))
@pytest.mark.parametrize("parts", range(1, 6))
def test_the_parts_of_a_shard_hold_exactly_its_cases(n: int, parts: int) -> None:
    for i in range(1, n + 1):
        whole = Shard(i, n)
        for index in range(200):
            holders = [part for part in whole.split(parts) if part.holds(index)]
            assert len(holders) == whole.holds(index)


def test_all_shards_together_hold_every_case_once() -> None:
    assert all(sum(Shard(i, 7).holds(index) for i in range(1, 8)) == 1 for index in range(100))


def test_parts_are_valid_shards_themselves() -> None:
    assert [str(part) for part in Shard(2, 3).split(4)] == ["2/12", "5/12", "8/12", "11/12"]


@pytest.mark.parametrize("text", ["", "1", "1/", "/2", "a/b", "0/3", "4/3", "1/0", "-1/2", "1/2/3", "1.5/2"])
def test_refused(text: str) -> None:
    with pytest.raises(UsageError, match="--shard"):
        parse(text)


def test_parts_per_target_leaves_no_cpu_idle_and_splits_no_more_than_that() -> None:
    assert parts_per_target(targets=1, jobs=8) == 8
    assert parts_per_target(targets=3, jobs=8) == 3
    assert parts_per_target(targets=8, jobs=8) == parts_per_target(targets=12, jobs=2) == 1
