#!/usr/bin/python3
"""Kills runs of `everypc check` at random moments, resumes them, and holds the results to those of an
undisturbed run.

    scripts/tests/kills.py [--arch all] [--kills 20] [--chain] [--how driver|group|tree] [--seed 1]
                           [options of check]

Each kill is of a run of its own, unless --chain has all of them hit the same one. Moments are measured in
what the run has written, so that they don't depend on how fast the machine is. No probe may begin with a case
that was finished. With --how, this is killed each time, else any of them by chance:

    driver  the driver alone
    group   its process group
    tree    what it started, then itself: it may still see how that ended

100,000 shots: scripts/tests/kills.py --arch arm64 --seeds 1..22 --chain"""
from __future__ import annotations

import argparse
import contextlib
import functools
import os
import random
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

SCRIPTS = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(SCRIPTS))

from driver.build import targets  # noqa: E402
from driver.children import StopRequest  # noqa: E402
from driver.context import Context  # noqa: E402
from driver.probe import event_file, events  # noqa: E402
from driver.probe.spool import scan  # noqa: E402

FILES = ["junit.xml", "summary.json"]   # beside the events, plain or compressed
Start = Callable[..., "subprocess.Popen[str]"]
HOW = ("driver", "group", "tree")


def written(results: Path) -> int:
    """Bytes of all spools. Files and folders may go while they are looked at."""
    size = 0
    for folder, _, names in os.walk(results / ".unfinished"):   # unlike rglob, it overlooks those that go
        for name in names:
            if name.startswith("part-"):
                with contextlib.suppress(OSError):
                    size += (Path(folder) / name).stat().st_size
    return size


def killed(start: Start, results: Path, at: int, delay_s: float = 0.0, how: str = "driver") -> bool:
    """Starts a run, as the leader of a process group for how="group", and kills it as soon as its spools
    have `at` bytes, and so many seconds later; false if it ended before. Nothing that it started is left."""
    proc = start()
    while proc.poll() is None and written(results) < at:
        time.sleep(0.002)
    time.sleep(delay_s)
    before = children(proc.pid)
    with contextlib.suppress(ProcessLookupError):
        if how == "tree":
            for pid in before:
                os.kill(pid, signal.SIGKILL)
            time.sleep(delay_s)   # at its worst, the driver lives to see it, and starts others
            before += children(proc.pid)
        if how == "group":
            os.killpg(proc.pid, signal.SIGKILL)
        proc.send_signal(signal.SIGKILL)
    proc.communicate()
    deadline = time.monotonic() + 30
    while (left := [pid for pid in before if alive(pid)]) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not left, f"left behind: {left}"
    return proc.returncode == -signal.SIGKILL


def children(parent: int) -> list[int]:
    """The processes that `parent` started and that still run."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if int((folder / "stat").read_text().rpartition(")")[2].split()[1]) == parent:
                found.append(int(folder.name))
        except OSError:
            continue
    return found


class Starts:
    """A folder of QEMUs for `--qemu` that write down with which arguments a probe is started."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.log, self.seen = folder, folder / "started", 0
        folder.mkdir()
        self.log.touch()
        for target in targets.load(Context(SCRIPTS.parent, StopRequest())):
            real = shutil.which(target.emulator)
            if not real:
                continue
            script = folder / target.qemu
            script.write_text(f'#!/bin/sh\n[ "$1" = --version ] || echo "$@" >>{self.log}\n'
                              f'exec {shlex.quote(real)} "$@"\n')
            script.chmod(0o755)

    def hold(self, last: dict[tuple[str, str], int]) -> None:
        """Since the last call, no part of a target was begun at or before its `last` case."""
        lines = self.log.read_text().splitlines()
        for line in lines[self.seen:]:
            found = re.search(r"build/([\w-]+)/\S+ .*--shard (\S+)(?:.* --from (\d+))?", line)
            if found:
                first = int(found[3] or 0)
                assert first > last.get((found[1], found[2]), -1), f"a finished case is run again: {line}"
        self.seen = len(lines)


def last_cases(results: Path) -> dict[tuple[str, str], int]:
    """The index of the last finished case of each part, which is named as in a probe's `--shard`."""
    found = {}
    for path in results.glob(".unfinished/check/*/part-*.jsonl"):
        index = scan(path).last_index
        if index is not None:
            _, i, _, n = path.stem.split("-")
            found[path.parent.name, f"{i}/{n}"] = index
    return found


def alive(pid: int) -> bool:
    try:
        return (Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]) != "Z"
    except OSError:
        return False


def state(results: Path) -> dict[str, list[str]]:
    """The events of each target, times aside; each must have all of its files."""
    found = {}
    for folder in sorted(path for path in results.iterdir() if path.is_dir() and path.name[0] != "."):
        names = sorted(path.name for path in folder.iterdir())
        assert names in ([one, *FILES] for one in event_file.NAMES), folder
        found[folder.name] = list(events.timeless(folder / "events.jsonl"))
    return found


def hold(results: Path, old: dict[str, list[str]], new: dict[str, list[str]]) -> int:
    """Holds what a killed run left to the run before and an undisturbed one: each target has the results of
    one of them, as a whole. Returns how many have the new ones."""
    now = state(results)
    assert now.keys() == old.keys()
    for name, lines in now.items():
        assert lines in (old[name], new[name]), f"{name} has results of neither run"
    return sum(lines == new[name] for name, lines in now.items())


def trial(args: argparse.Namespace, more: list[str], top: Path) -> None:
    chance = random.Random(args.seed)
    starts = Starts(top / "qemu")

    def check(name: str, *options: str) -> subprocess.Popen[str]:
        argv = [str(SCRIPTS / "everypc"), "check", "--arch", args.arch, "--results", str(top / name),
                "--qemu", str(starts.folder), *more, *options]
        return subprocess.Popen(argv, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                start_new_session=True)

    def whole(name: str, *options: str) -> dict[str, list[str]]:
        proc = check(name, *options)
        said, _ = proc.communicate()
        assert proc.returncode == 0, said
        return state(top / name)

    new = whole("undisturbed")
    total = sum(len(line) + 1 for lines in new.values() for line in lines)
    old = whole("killed", "--shard", "1/40")
    starts.hold({})
    resume: list[str] = []
    moments = [chance.random() for _ in range(args.kills)]
    for k, part in enumerate(sorted(moments) if args.chain else moments, 1):
        how, before = args.how or chance.choice(HOW), last_cases(top / "killed") if resume else {}
        hit = killed(functools.partial(check, "killed", *resume), top / "killed", int(part * total),
                     chance.random() * 0.2, how)
        starts.hold(before)
        done = hold(top / "killed", old, new)
        print(f"kill {k} of {args.kills} of the {how} at {part:.0%}: {'hit' if hit else 'had ended'}, "
              f"{done} of {len(new)} targets "
              "have new results", flush=True)
        resume = ["--resume"]
        if not args.chain:
            before = last_cases(top / "killed")
            assert whole("killed", "--resume") == new
            starts.hold(before)
            old, resume = whole("killed", "--shard", "1/40"), []
            starts.hold({})
    before = last_cases(top / "killed")
    assert whole("killed", *resume) == new
    starts.hold(before)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n\n")[0])
    parser.add_argument("--arch", default="all")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--chain", action="store_true")
    parser.add_argument("--how", choices=HOW)
    parser.add_argument("--seed", type=int, default=1)
    args, more = parser.parse_known_args()
    with tempfile.TemporaryDirectory(prefix="everypc-kills-") as folder:
        trial(args, more, Path(folder))
    print("passed: resumed, each has the events of an undisturbed run, and no finished case was run again")
    return 0


if __name__ == "__main__":
    sys.exit(main())
