"""`everypc live` on programs that are right, and on some that are known to be wrong."""
from __future__ import annotations

import json
import signal
import subprocess
import time
from pathlib import Path

import pytest
from conftest import Forked, everypc, real_targets
from go_code import TOOL
from live_programs import ROOT, build, fire, go_version, needs_go

from driver.live import shots

pytestmark = [pytest.mark.guest, needs_go]

# Programs for it crash under Debian 12's QEMU without any shot; natively they run on some machines only.
RUN = [name for name, target in real_targets().items() if not target.go_qemu and "live" not in target.lacks]
# The link register of the others is no register for data.
LINK_HOLDS_DATA = {"arm": "main.walk11", "arm64": "main.walk25", "mips": "main.walk24",
                   "s390x": "main.walk11"}
ASSEMBLY = ("amd64", "arm64")
OLD = ("go1.19", "go1.20", "go1.21", "go1.22")


def each(names: tuple[str, ...] | list[str]) -> list[object]:
    return [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in names]


@pytest.mark.parametrize("target", each(RUN))
def test_each_target_takes_every_shot(target: str, tmp_path: Path) -> None:
    fired = fire(tmp_path, build(target, "plain"), "--visits", "1,3", "--inside", "--func", "main.mix",
                 "--func", "main.sum")
    assert fired.code == 0, fired.err
    result = fired.result
    assert result["failed"] == 0 and result["output_compared"] and result["status"] == 0
    assert result["injected"] == result["resumed"] > 40 and result["fired"] >= result["injected"]
    assert result["injected"] - result["no_room"] == result["collections"] > 40
    assert result["unwound"] == result["injected"]
    assert result["refused_though_allowed"] == 0
    assert len(fired.out.splitlines()) == 1   # the program's own output, and nothing else


@pytest.mark.parametrize("target", each(["arm64", "arm", "amd64"]))
def test_a_frame_that_is_left_in_two_steps(target: str, tmp_path: Path) -> None:
    fired = fire(tmp_path, build(target, "frames"))
    wrong = {"arm64": "main.arm64Frame", "arm": "main.(*outer).get"}.get(target)
    if wrong and go_version().startswith(OLD):
        assert fired.code == 1
        one, = fired.result["failures"]
        assert one["oracle"] == "unwind" and one["function"].startswith(wrong + "+0x")
        assert [line for line in one["code"] if line.startswith(">")]
        place = one["id"].rpartition("/")[2]
        assert f"--at '{place}'" in one["again"]
        again = fire(tmp_path / "again", build(target, "frames"), "--at", place)
        assert again.code == 1 and again.result["fired"] == 1
    else:
        assert fired.code == 0 and not fired.result["failures"]


@pytest.mark.parametrize("target", each(ASSEMBLY))
def test_assembly_that_lies_about_sp(target: str, tmp_path: Path) -> None:
    lying = fire(tmp_path / "lying", build(target, "asm_sp"))
    assert lying.code == 1 and lying.oracles == {"unwind"}
    assert {one["function"].partition("+")[0] for one in lying.result["failures"]} == {"main.callee"}
    assert all("main.lie+0x" in one["got"] for one in lying.result["failures"])
    honest = fire(tmp_path / "honest", build(target, "asm_sp"), args=("honest",))
    assert honest.code == 0 and not honest.result["failures"]


@pytest.mark.parametrize("target", each(list(LINK_HOLDS_DATA)))
def test_a_pointer_in_the_link_register_alone(target: str, tmp_path: Path) -> None:
    fired = fire(tmp_path, build(target, "last_pointer"), "--inside", "--func", LINK_HOLDS_DATA[target])
    if go_version().startswith(OLD):
        assert fired.code != 0 and "roots" in fired.oracles
        link = {"arm": "r14", "arm64": "x30", "s390x": "r14"}.get(target, "r31")
        assert f"what {link} points to" in next(one["expected"] for one in fired.result["failures"]
                                                if one["oracle"] == "roots")
    else:
        assert fired.code == 0


@pytest.mark.xdist_group("riscv64")
def test_a_pointer_that_is_never_in_the_link_register_alone(tmp_path: Path) -> None:
    fired = fire(tmp_path, build("riscv64", "last_pointer"), "--inside", "--func", "main.walk22")
    assert fired.code == 0 and fired.result["collections"] > 100


@pytest.mark.xdist_group("amd64")
def test_shards_fire_at_each_pc_once(tmp_path: Path) -> None:
    program = build("amd64", "plain")
    whole = fire(tmp_path / "whole", program).result["fired"]
    parts = [fire(tmp_path / str(i), program, "--shard", f"{i}/3").result["fired"] for i in (1, 2, 3)]
    assert sum(parts) == whole and all(parts)


@pytest.mark.xdist_group("amd64")
def test_a_seed_draws_the_pcs_of_a_shard(tmp_path: Path) -> None:
    program = build("amd64", "plain")
    drawn = {seed: [planned(program, tmp_path, "--seed", str(seed), "--shard", f"{i}/3") for i in (1, 2, 3)]
             for seed in (0, 7, 8)}
    whole = planned(program, tmp_path)
    assert all(sorted(sum(parts, [])) == whole for parts in drawn.values())
    assert len({tuple(parts[0]) for parts in drawn.values()}) == 3


def planned(program: Path, folder: Path, *more: str) -> list[int]:
    """Where it would be fired at."""
    plan = folder / "plan.bin"
    subprocess.run([TOOL, "shots", program, "-o", plan, *more], check=True, capture_output=True)
    return [pc.address for pc in shots.read(plan, big_endian=False).pcs]


@pytest.mark.xdist_group("amd64")
def test_what_cannot_be_done_is_one_line(tmp_path: Path) -> None:
    plain = str(build("amd64", "plain"))
    script = tmp_path / "script"
    script.write_text("#!/bin/sh\n")
    for words, said in ((["--", "/bin/true"], "not a Go binary"), (["--", "/no/such"], "no such program"),
                        (["--func", "nope*", "--", plain], "no function that was asked for"),
                        (["--at", "main.mix", "--", plain], "not FUNCTION+0xOFFSET"),
                        (["--at", "main.mix+0xfff", "--", plain], "no such function, or it is shorter"),
                        (["--at", "main.mix+0x1", "--", plain], "no instruction begins"),
                        (["--at", "runtime.asyncPreempt+0x0", "--", plain], "everypc has traps of its own"),
                        (["--visits", "0", "--", plain], "not a positive whole number"),
                        (["--visits", "every,3", "--", plain], "every stands alone"),
                        (["--seed", "3", "--", plain], "say how large a one"),
                        (["--", str(script)], "not an ELF, PE or Mach-O file"),
                        (["--inside=gcc", "--", plain], "there is no 'gcc'"),
                        (["--runner", "native", "--", str(build("arm64", "plain"))], "does not run"),
                        (["--inside=gc", "--", str(build("amd64", "frames"))], "does not hold runtime.GC")):
        done = everypc("live", "--results", str(tmp_path), *words)
        assert done.returncode == 2 and said in done.stderr and len(done.stderr.splitlines()) == 1, done


@pytest.mark.xdist_group("arm64")
def test_a_stop_leaves_nothing_running(tmp_path: Path) -> None:
    """What was fired until then is in the results."""
    import os
    program = build("arm64", "plain")
    proc = Forked(("live", "--no-reference", "--inside", "--visits", ",".join(map(str, range(1, 65))),
                   "--results", str(tmp_path), "--", str(program)), ROOT, dict(os.environ))
    while not (tmp_path / "shots.bin").exists():
        time.sleep(0.01)
    time.sleep(0.2)
    os.kill(proc.pid, signal.SIGTERM)
    proc.communicate(timeout=60)
    running = [path for path in Path("/proc").glob("[0-9]*/cmdline") if str(tmp_path) in _text(path)]
    assert not running
    if (tmp_path / "live.json").exists():   # it had not ended by itself
        assert "fired" in json.loads((tmp_path / "live.json").read_text())


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8", "replace")
    except OSError:
        return ""
