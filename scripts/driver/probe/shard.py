"""Shards: shard i/n holds the cases whose index is i-1 modulo n, so that a shard can be split again without
knowing how many cases there are."""
from __future__ import annotations

import re
from dataclasses import dataclass

from ..errors import UsageError


@dataclass(frozen=True, order=True)
class Shard:
    i: int
    n: int

    def __str__(self) -> str:
        return f"{self.i}/{self.n}"

    def holds(self, index: int) -> bool:
        return index % self.n == self.i - 1

    def split(self, parts: int) -> list[Shard]:
        """`parts` shards that together hold exactly the cases of this one: index = i-1 (mod n) holds just
        when index = i-1 + n*j (mod n*parts) for one j."""
        return [Shard(self.i + self.n * j, self.n * parts) for j in range(parts)]


def parse(text: str) -> Shard:
    found = re.fullmatch(r"\s*(\d{1,9})/(\d{1,9})\s*", text)
    if not found:
        raise UsageError(f"--shard '{text}' is not i/n, such as 1/4")
    shard = Shard(int(found.group(1)), int(found.group(2)))
    if shard.n < 1:
        raise UsageError(f"--shard '{text}': there must be at least one shard")
    if not 1 <= shard.i <= shard.n:
        raise UsageError(f"--shard '{text}': i must be from 1 to {shard.n}")
    return shard


def parts_per_target(targets: int, jobs: int) -> int:
    """Into how many parts each target's cases are split, so that no CPU idles when there are fewer targets
    than CPUs."""
    return max(1, -(-jobs // targets))
