"""Which visits of a PC `everypc live` fires at, what is kept of many, and whether runs are alike."""
from __future__ import annotations

import dataclasses
import shutil
import struct
from pathlib import Path

import pytest
from conftest import CONTEXT, everypc, real_targets
from live_programs import build, fire, needs_go

from driver.go import toolchain
from driver.live import bench, plan, repeat, report, shots, verdict
from driver.live.bench import Bench, Cost, Pairs
from driver.live.plan import Wish
from driver.live.program import Ended, _Stream
from driver.live.repeat import Earlier
from driver.live.verdict import Run

pytestmark = pytest.mark.guest
STEP = ("--func", "main.step", "--no-reference")


@needs_go
@pytest.mark.xdist_group("arm64")
def test_the_last_visit_is_found_and_no_other_fired_at(tmp_path: Path) -> None:
    loop = build("arm64", "loop")
    fired = fire(tmp_path / "last", loop, *STEP, "--visits", "last-seen", args=("70",))
    pcs = fired.result["executed"]
    assert fired.code == 0 and fired.result["fired"] == fired.result["last_counted"] == pcs > 5
    assert fired.result["last_missed"] == fired.result["last_came_again"] == fired.result["last_cut"] == 0
    assert fire(tmp_path / "70", loop, *STEP, "--visits", "70", args=("70",)).result["fired"] == pcs
    late = fire(tmp_path / "71", loop, *STEP, "--visits", "71", args=("70",))
    assert late.code == 1 and late.result["fired"] == 0 and late.result["visited"] == 70 * pcs
    each = fire(tmp_path / "every", loop, *STEP, "--visits", "every", args=("70",))
    assert each.code == 0 and each.result["fired"] == each.result["resumed"] == 70 * pcs


def made(folder: Path) -> plan.LivePlan:
    return plan.make_plan(CONTEXT, build("amd64", "loop"), real_targets()["amd64"], "qemu", Wish(),
                          folder / "shots.bin")


@needs_go
@pytest.mark.xdist_group("amd64")
def test_a_program_that_runs_another_way_is_said_to(tmp_path: Path) -> None:
    """Other counts of visits than in the run that counted, and other outcomes than in the run before."""
    here = made(tmp_path)
    found = shots.read(here.shots, here.big_endian)
    index, pc = next(iter(found.by_index.items()))
    found.by_index[index] = dataclasses.replace(pc, last=5, visits=3, outcome="resumed", shots=1)
    counted = report.counting.counts(found)
    assert (counted["last_counted"], counted["last_missed"], counted["last_came_again"]) == (1, 1, 0)
    found.by_index[index] = dataclasses.replace(pc, last=5, visits=6, outcome="resumed", came_again=True)
    assert report.counting.counts(found)["last_came_again"] == 1
    now = repeat.identity(here.program, ["loop", "5"], Wish())
    before = {pc.address: (pc.outcome, pc.shots) for pc in found.pcs}
    assert repeat.changed(Earlier(now, before), now, found) == 0
    assert repeat.changed(Earlier(now, {**before, pc.address: ("refused", 1)}), now, found) == 1
    assert repeat.changed(Earlier({**now, "shard": "1/2"}, {}), now, found) is None
    assert repeat.changed(None, now, found) is None


@needs_go
@pytest.mark.xdist_group("amd64")
def test_a_second_run_is_compared_with_the_first(tmp_path: Path) -> None:
    loop = build("amd64", "loop")
    results = [fire(tmp_path, loop, *STEP, args=(calls,)).result for calls in ("3", "3", "4")]
    assert [one["changed"] for one in results] == [None, 0, None]


@needs_go
@pytest.mark.xdist_group("amd64")
def test_failures_without_details_are_counted(tmp_path: Path) -> None:
    """More differences than the plan has room for."""
    here = made(tmp_path)
    raw = bytearray(here.shots.read_bytes())
    struct.pack_into("<Q", raw, 8 * shots.HEAD.index("n_differences"), 300)
    form = struct.Struct("<QQIIH22s")
    first = next(iter(shots.read(here.shots, here.big_endian).by_index))
    for k in range(256):
        form.pack_into(raw, 8 * (len(shots.HEAD) + 64) + k * form.size, 1, 2, first, 1, 4, b"x1")
    here.shots.write_bytes(raw)
    ended = Ended(0, "", [], 1.0, 1.0)
    run = Run(here, ["loop"], shots.read(here.shots, here.big_endian), ended, ended)
    found = report.as_dict(run, verdict.failures(run, hex), ())
    assert (found["failed"], found["not_listed"], len(found["failures"])) == (300, 44, 256)
    assert report.more_failures(found, 20) == "... and 280 failures more, 44 of them without details"
    assert "... and 44 failures more, 44 of them without details" in report.markdown(found)
    assert report.summary(found).startswith("failed: 300 failures")


def test_a_line_without_an_end_is_compared_in_the_same_pieces() -> None:
    text = b"short\n" + b"x" * 300_000 + b"1s\nlast"
    digests = set()
    for size in (1000, 65536, len(text)):
        stream = _Stream(None)
        for at in range(0, len(text), size):
            stream.take(text[at:at + size])
            assert len(stream.rest) <= 65536
        stream.end()
        digests.add(stream.digest.hexdigest())
    assert len(digests) == 1


def test_figures_of_a_bench() -> None:
    def costs(*cpu_s: float) -> list[Cost]:
        return [Cost(2 * one, one) for one in cpu_s]

    pairs = Pairs(costs(1, 1, 1), costs(1.1, 1.5, 1.2), fired=1000)
    assert (round(pairs.shot_us("cpu_s")), round(pairs.shot_us("wall_s"))) == (200, 400)
    assert round(pairs.times("cpu_s"), 3) == 1.2
    marks = [{"shots": n, "program_kb": kb, "driver_kb": 5}
             for n, kb in ((10, 1000), (10**5, 90000), (10**6, 90100))]
    assert bench.is_flat(marks, "native") is True and bench.is_flat(marks[:2], "native") is False
    assert bench.is_flat([*marks[:2], {**marks[2], "driver_kb": 5 + 4096}], "native") is False
    assert bench.is_flat(marks, "qemu") is None and bench.is_flat(marks[:1], "native") is None


@needs_go
@pytest.mark.xdist_group("amd64")
def test_a_bench_of_a_small_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "MARKS", (1000,))
    build("amd64", "loop")
    wish = Wish(runner="qemu")
    runner = plan.prepare(CONTEXT, real_targets()["amd64"], wish)
    one = Bench(CONTEXT, real_targets()["amd64"], toolchain.goroot(CONTEXT, None), wish, runner, tmp_path)
    pairs = bench.shot(one, 50, 1)
    assert pairs.fired % 50 == 0 and pairs.fired >= 250 and pairs.shot_us("cpu_s") > 0
    marks = bench.memory(one, 2000)
    assert [mark["shots"] >= least for mark, least in zip(marks, (1000, 2000), strict=True)] == [True, True]
    assert all(mark["program_kb"] > 1000 and mark["driver_kb"] > 1000 for mark in marks)


@needs_go
@pytest.mark.xdist_group("arm64")
@pytest.mark.skipif(not shutil.which("gdb-multiarch"), reason="gdb-multiarch is not installed")
def test_gdb_stops_at_the_visit_that_the_id_names(tmp_path: Path) -> None:
    script = tmp_path / "where.gdb"
    script.write_text("print k\n")
    done = everypc("repro", "arm64/live:loop/main.step+0x4#3", "--no-setup",
                   "--bin", str(build("arm64", "loop")),
                   "--args", "70", f"--gdb={script}")
    assert done.returncode == 0 and "for the 3rd time" in done.stdout, done.stdout + done.stderr
    assert "$1 = 2" in done.stdout   # k counts from 0
