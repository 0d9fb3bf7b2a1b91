"""Joins the results of several machines: the shards of each target, then the targets. Parts that don't belong
together are refused, and a part that is missing fails the result."""
from __future__ import annotations

import functools
import json
import resource
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from .. import unfinished
from ..context import Context
from ..errors import UsageError
from ..probe import event_file, events, runs, shard
from ..probe.shard import Shard
from . import depth, junit, results
from .results import Summary


@dataclass(frozen=True)
class Part:
    """One shard of one target."""

    folder: Path
    summary: Summary
    shard: Shard

    @property
    def events(self) -> Path:
        return self.folder / runs.EVENTS


def find(folders: list[Path], out: Path) -> list[Part]:
    """The parts below `folders`. Results of an earlier merge into `out` don't count, unless `out` was named
    itself."""
    paths: dict[Path, None] = {}
    for folder in folders:
        if not folder.is_dir():
            raise UsageError(f"{folder}: no such results folder")
        own = folder.resolve() == out.resolve()
        for path in sorted(folder.rglob(results.SUMMARY)):
            if unfinished.FOLDER in path.parts:
                continue
            if own or not path.resolve().is_relative_to(out.resolve()):
                paths[path.resolve()] = None
    parts = [part for part in map(_read, paths) if part is not None]
    if not parts:
        raise UsageError(f"no <target>/summary.json below {' '.join(map(str, folders))}")
    return parts


def _read(path: Path) -> Part | None:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if "targets" in data:
            return None
        lacking = [name for name in ("target", "shards", "failures", "failed", "interrupted", *results.COUNTS,
                                     *results.IDENTITY)
                   if name not in data]
        if lacking:
            raise ValueError(f"it has no {', '.join(lacking)}")
        return Part(path.parent, data, shard.parse(data["shards"]))
    except (ValueError, TypeError, AttributeError) as error:
        raise UsageError(f"{path}: not a target's summary: {error}") from None


def check_identity(parts: list[Part]) -> None:
    """Refuses parts of different runs."""
    first = parts[0]
    for part in parts[1:]:
        for name in results.IDENTITY:
            if part.summary[name] != first.summary[name]:
                raise UsageError(f"these results do not belong together: {name} is {first.summary[name]!r} "
                                 f"in {first.folder} "
                                 f"and {part.summary[name]!r} in {part.folder}")


def by_target(parts: list[Part]) -> dict[str, list[Part]]:
    """The parts of each target in the order of their shards. Refuses a shard that is there twice, and mixed
    divisions."""
    grouped: dict[str, list[Part]] = defaultdict(list)
    for part in parts:
        grouped[part.summary["target"]].append(part)
    for name, several in grouped.items():
        several.sort(key=lambda part: part.shard)
        if len({part.shard.n for part in several}) > 1:
            raise UsageError(f"{name} was divided in different ways: "
                             + ", ".join(str(part.shard) for part in several))
        for one, other in zip(several, several[1:]):
            if one.shard == other.shard:
                raise UsageError(f"{name} shard {one.shard} is there twice: {one.folder} and {other.folder}")
    return dict(grouped)


def missing(grouped: dict[str, list[Part]], expected: list[str]) -> list[str]:
    """What is not there, a line each."""
    lines = [f"target {name}" for name in expected if name not in grouped]
    for name, several in grouped.items():
        have = {part.shard.i for part in several}
        lines += [f"{name} shard {i}/{several[0].shard.n}" for i in range(1, several[0].shard.n + 1)
                  if i not in have]
    return lines


def joined(several: list[Part]) -> Summary:
    """One summary of a target's parts: counts add up, times per shot are weighted by shots, wall time is the
    longest."""
    summaries = [part.summary for part in several]
    shots = sum(s["shots"] for s in summaries)
    whole = len(several) == several[0].shard.n
    total = dict(summaries[0])
    total |= {name: sum(s[name] for s in summaries) for name in (*results.COUNTS, "failed")}
    total |= {"shards": "1/1" if whole else "+".join(str(part.shard) for part in several),
              **{name: " + ".join(dict.fromkeys(s[name] for s in summaries))
                 for name in ("runner", "runner_given")},
              "platform": functools.reduce(results.joined_platform, (s.get("platform") for s in summaries)),
              "failures": [f for s in summaries for f in s["failures"]][:results.MAX_FAILURES],
              "skipped": list({json.dumps(skip, sort_keys=True): skip for s in summaries
                               for skip in s["skipped"]}.values()),
              "strict_shapes": depth.joined_shapes([s.get("strict_shapes", {}) for s in summaries]),
              "interrupted": any(s["interrupted"] for s in summaries),
              "wall_s": max(s["wall_s"] for s in summaries),
              "shot_us": round(sum(s["shot_us"] * s["shots"] for s in summaries) / shots, 2) if shots
              else 0.0,
              "floor_us": round(sum(s["floor_us"] for s in summaries) / len(summaries), 2)}
    return total


def _join_files(several: list[Part], summary: Summary, folder: Path) -> None:
    """Writes the joined events.jsonl, when all parts have theirs, and the joined junit.xml."""
    name = summary["target"]
    if all(event_file.found(part.events) for part in several):
        starts = [next(events.read(part.events)) for part in several]
        ends = [event for part in several for event in events.ends(part.events)]
        start = {**starts[0], "shard": summary["shards"], "cases": sum(s["cases"] for s in starts)}
        paths = [part.events for part in several]
        with event_file.writing(folder / runs.EVENTS, event_file.large(paths)) as out:
            twice = events.write_merged(out, start,
                                        [line for part in several for line in events.loose(part.events)],
                                        paths, runs.joined_end(ends, summary["shots"]))
            if twice:
                raise UsageError(f"{name}: case {twice[0]} is in two shards")
        junit.write_events(folder / results.JUNIT, folder / runs.EVENTS, name, summary["wall_s"])
        return
    reports = [part.folder / results.JUNIT for part in several]
    junit.write(folder / results.JUNIT, [junit.joined([suite for path in reports if path.exists()
                                                       for suite in junit.read(path)], name)])


def merge(context: Context, folders: list[Path], out: Path, expected: list[str]) -> Summary:
    """Joins what is below `folders` into `out` and returns the summary over all targets."""
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))   # the events of all shards are open at once
    parts = find(folders, out)
    check_identity(parts)
    grouped = by_target(parts)
    results.prepare(context, out)
    names = [name for name in expected if name in grouped] + sorted(set(grouped) - set(expected))
    summaries = []
    for name in names:
        summary = joined(grouped[name])
        folder = out / name
        folder.mkdir(parents=True, exist_ok=True)
        _join_files(grouped[name], summary, folder)
        results.write_json(folder / results.SUMMARY, summary)
        summaries.append(summary)
    total = results.overall(summaries, missing(grouped, expected))
    results.write_json(out / results.SUMMARY, total)
    junit.write_joined(out / results.JUNIT, [out / name / results.JUNIT for name in names])
    return total
