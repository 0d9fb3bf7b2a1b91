"""RUNNER=system: probes in guests. The guest's init and the program that boots it are real, QEMU's system
mode and the kernels are fakes, but for the last test."""
from __future__ import annotations

import json
import os
import signal
import time
from pathlib import Path

import pytest
from conftest import CONTEXT, Project, everypc, last_line, real_targets

from driver.errors import DriverError
from driver.probe.guest import KERNELS, System


@pytest.fixture
def guests(project: Project) -> Project:
    """Targets with kernels: all but mips."""
    for row in project.world["targets"]:
        if row["name"] == "mips":
            row["no_guest"] = "no kernel for big-endian fakes"
        else:
            row |= {"guest": "qemu-system-fake -machine fake", "console": "ttyF0"}
            folder = project.root / KERNELS / row["name"]
            folder.mkdir(parents=True)
            (folder / "kernel").write_text("")
            (folder / "version").write_text("6.1.0-fake\n")
    return project


def check(project: Project, *args: str) -> tuple[int, str]:
    done = project.run("check", "--runner", "system", "--arch", "arm64", "--jobs", "1", *args)
    return done.returncode, last_line(done)


def booted(project: Project) -> list[str]:
    return (project.root / "world.json.qemu-system").read_text().splitlines()


def left(project: Project) -> list[str]:
    """The processes of this project that are still there."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if str(project.root / KERNELS).encode() in path.read_bytes():
                found.append(path.parent.name)
        except OSError:
            continue
    return found


def test_each_part_has_one_guest_and_its_boot_is_counted_apart(guests: Project) -> None:
    done = guests.run("check", "--runner", "system", "--arch", "arm64", "--jobs", "2", "--cases", "a*d.[0-5]")
    assert done.returncode == 0, done
    summary = guests.summary()
    assert summary["runner"] == "Linux 6.1.0-fake under qemu-system 7.2.22" and summary["cases"] == 6
    end, = [event for event in guests.events() if event["ev"] == "end"]
    assert summary["boots"] == len(booted(guests)) == 2
    assert 0 < end["boot_cpu_ns"] < end["boot_ns"] * 2
    assert [summary[name] for name in ("boot_s", "boot_cpu_s")] == [
        round(end[name] / 1e9, 2) for name in ("boot_ns", "boot_cpu_ns")]
    assert "guests booted: arm64" in done.stdout
    assert all("console=ttyF0" in line and "-machine fake" in line for line in booted(guests))
    one = guests.timeless()
    assert guests.run("check", "--arch", "arm64", "--cases", "a*d.[0-5]").returncode == 0
    assert guests.timeless() == one


def test_a_guest_is_booted_again_behind_the_case_that_broke_the_probe(guests: Project) -> None:
    guests.does(add_2="crash", add_4="garbage")
    code, _ = check(guests)
    said = {one["id"]: (one["oracle"], one["got"]) for one in guests.summary()["failures"]}
    assert code == 1 and said.keys() == {"arm64/add.2", "arm64/add.4"} and len(booted(guests)) >= 2
    assert said["arm64/add.2"][0] == "crash" and "SIGSEGV (qemu: uncaught" in said["arm64/add.2"][1]
    assert guests.summary()["cases"] == 7


def test_a_kernel_that_panics_is_the_case_s_crash(guests: Project) -> None:
    guests.does(add_3="sleep")
    guests.env["FAKE_GUEST"] = 'panic:"add.3"'
    code, _ = check(guests)
    failures = guests.summary()["failures"]
    assert code == 1 and [(one["id"], one["oracle"]) for one in failures] == [("arm64/add.3", "crash")]
    assert "before the probe did; its kernel last said: Kernel panic - not syncing" in failures[0]["got"]
    assert guests.summary()["cases"] == 7


@pytest.mark.long
def test_a_guest_that_falls_silent_has_hung_and_is_ended(guests: Project) -> None:
    guests.does(add_3="sleep")
    guests.env["FAKE_GUEST"] = 'freeze:"add.3"'
    code, _ = check(guests, "--hang-timeout", "0.5")
    failures = guests.summary()["failures"]
    assert code == 1 and [(one["id"], one["oracle"]) for one in failures] == [("arm64/add.3", "hang")]
    assert guests.summary()["cases"] == 7 and not left(guests)


def test_what_the_kernel_writes_into_the_events_is_no_pass(guests: Project) -> None:
    guests.env["FAKE_GUEST"] = 'garble:"end"'
    code, _ = check(guests)
    said = [one["got"] for one in guests.summary()["failures"]]
    assert code == 1 and any("something wrote into the events" in one for one in said)


def test_what_does_not_boot_fails_with_the_kernel_s_last_line(guests: Project) -> None:
    guests.env["FAKE_GUEST"] = "unbootable"
    code, _ = check(guests)
    got = guests.summary()["failures"][0]["got"]
    assert code == 1 and "before it had booted; its kernel last said: VFS: Unable to mount root fs" in got


def test_targets_without_a_kernel_are_skipped_and_counted(guests: Project) -> None:
    done = guests.run("check", "--runner", "system")
    assert done.returncode == 0, done
    assert "skipped mips: no kernel for big-endian fakes" in done.stderr
    assert "skipped: 1 of 3 targets" in done.stderr
    total = json.loads((guests.results / "summary.json").read_text())
    assert [one["target"] for one in total["targets"]] == ["arm64", "mipsle"]
    done = guests.run("check", "--runner", "system", "--arch", "mips")
    assert done.returncode == 2 and "mips: no kernel for big-endian fakes" in last_line(done)


def test_what_is_missing_is_said_in_one_line(guests: Project) -> None:
    (guests.root / KERNELS / "arm64/kernel").unlink()
    guests.world["targets"][2]["guest"] = "qemu-system-none"
    done = guests.run("check", "--runner", "system")
    assert done.returncode == 2
    assert last_line(done) == ("set-up: --runner system: missing: qemu-system-none, the kernels of arm64; "
                               "get them with: ci/setup --system arm64 mipsle")


def test_what_a_later_runner_lacks_is_said_before_the_first_runs(guests: Project) -> None:
    (guests.root / KERNELS / "arm64/kernel").unlink()
    done = guests.run("check", "--runner", "qemu system", "--arch", "arm64")
    assert done.returncode == 2
    assert last_line(done) == ("set-up: --runner system: missing: the kernels of arm64; "
                               "get them with: ci/setup --system arm64")
    assert not (guests.results / "qemu").exists()


def test_beside_a_guest_only_what_has_a_kernel_is_run_and_compared(guests: Project) -> None:
    done = guests.run("check", "--runner", "qemu system", "--jobs", "2", "--cases", "add.1")
    assert done.returncode == 0, done
    made = json.loads((guests.results / "runners.json").read_text())
    assert [row["target"] for row in made["rows"]] == ["arm64", "arm64", "mipsle", "mipsle"]
    assert made["alone"] == {} and made["differ"] == 0
    assert "skipped mips: no kernel for big-endian fakes" in done.stderr


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_no_guest_is_left_behind(guests: Project, number: int) -> None:
    guests.does(add_3="sleep")
    proc = guests.start("check", "--runner", "system", "--arch", "arm64", "--jobs", "1")
    begun = guests.root / "world.json.begun"
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not (begun.exists() and "add.3" in begun.read_text()):
        time.sleep(0.05)
    assert left(guests)
    proc.send_signal(number)
    proc.wait(60)
    while left(guests) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not left(guests)


# ---- a real one ----

@pytest.mark.guest
@pytest.mark.parametrize("target, cases, shard", [
    ("arm64", "add*", "1/40"),
    *(pytest.param(name, "add*", "1/40", marks=pytest.mark.matrix)
      for name, one in sorted(real_targets().items()) if one.guest and name != "arm64"),
    pytest.param("ppc64le", "seq.call", "1/1", marks=pytest.mark.matrix)])   # patched in place
def test_a_real_kernel_says_what_qemu_s_user_mode_does(tmp_path: Path, target: str, cases: str,
                                                       shard: str) -> None:
    try:
        System("system").check(CONTEXT, [real_targets()[target]])
    except DriverError as error:
        pytest.skip(str(error))
    done = everypc("check", "--runner", "qemu system", "--arch", target, "--jobs", "1", "--cases", cases,
                   "--shard", shard, "--results", str(tmp_path))
    assert done.returncode == 0, done
    made = json.loads((tmp_path / "runners.json").read_text())
    assert made["differ"] == made["explained"] and len(made["rows"]) == 2
    summary = json.loads((tmp_path / f"system/{target}/summary.json").read_text())
    assert summary["boots"] == 1 and 0 < summary["boot_cpu_s"] and summary["shots"] > 0
    assert os.path.exists(tmp_path / f"system/{target}/events.jsonl")
