"""Prints the jobs of a CI matrix: every target in every shard."""
from __future__ import annotations

import json

from .shard import Shard
from .targets import Target


def text(chosen: list[Target], shards: int, form: str) -> str:
    """`github`: for a workflow's `strategy.matrix: ${{ fromJSON(...) }}`; `gitlab`: the `parallel:` of a job in a child
    pipeline (JSON is YAML)."""
    jobs = [(t.name, str(shard)) for t in chosen for shard in Shard(1, 1).split(shards)]
    if form == "gitlab":
        return json.dumps({"parallel": {"matrix": [{"TARGET": name, "SHARD": shard} for name, shard in jobs]}})
    return json.dumps({"include": [{"target": name, "shard": shard} for name, shard in jobs]})
