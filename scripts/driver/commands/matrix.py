"""everypc matrix: the jobs of a CI matrix, every target in every shard."""
from __future__ import annotations

import argparse
import json

from ..build import targets
from ..build.targets import Target
from ..context import Context
from ..probe.shard import Shard
from . import arguments
from .arguments import Subparsers


def add(subparsers: Subparsers) -> None:
    one = arguments.command(subparsers, "matrix", "print the jobs of a CI matrix as JSON", run)
    arguments.arch(one, "all")
    one.add_argument("--shards", type=arguments.positive, default=1, metavar="N",
                     help="parts of each target (default: %(default)s)")
    one.add_argument("--format", choices=("github", "gitlab"), default="github",
                     help="(default: %(default)s)")


def run(context: Context, args: argparse.Namespace) -> tuple[int, None]:
    print(text(targets.select(targets.load(context), args.arch or "all"), args.shards, args.format))
    return 0, None


def text(chosen: list[Target], shards: int, form: str) -> str:
    """`github`: for a workflow's `strategy.matrix: ${{ fromJSON(...) }}`; `gitlab`: the `parallel:` of a job
    in a child pipeline (JSON is YAML)."""
    jobs = [(t.name, str(shard)) for t in chosen for shard in Shard(1, 1).split(shards)]
    if form == "gitlab":
        return json.dumps({"parallel": {"matrix": [{"TARGET": name, "SHARD": shard} for name,
                                                   shard in jobs]}})
    return json.dumps({"include": [{"target": name, "shard": shard} for name, shard in jobs]})
