"""What survives the driver's end: kill -9, a stop, a full disk and a second run, and what --resume makes of
it."""
from __future__ import annotations

import functools
import json
import os
import resource
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import kills
import pytest
from conftest import SCRIPTS, Project, last_line

from driver import children, folders
from driver.errors import UsageError
from driver.probe import events
from driver.probe.spool import Spool, scan
from driver.unfinished import Unfinished


def files(project: Project) -> dict[str, bytes]:
    """The results, but for what is not part of them yet."""
    return {str(path.relative_to(project.results)): path.read_bytes() for path in project.results.rglob("*")
            if path.is_file() and not path.relative_to(project.results).parts[0].startswith(".")}


def begun(project: Project, name: str) -> int:
    """How often a case was begun."""
    return (project.root / "world.json.begun").read_text().split("\n").count(name)


def is_unfinished(project: Project) -> bool:
    return (project.results / ".unfinished").exists()


# ---- check ----

@pytest.mark.long
@pytest.mark.parametrize("jobs", ["1", "4"])
@pytest.mark.parametrize("case", [0, 1, 3, 6])
def test_a_killed_check_continues_and_has_the_events_of_an_undisturbed_one(project: Project, case: int,
                                                                           jobs: str) -> None:
    args = ("check", "--arch", "all", "--jobs", jobs)
    project.run(*args, "--cases", "add.[01]")
    before = files(project)
    project.does(add_1="fail", add_2="crash", add_4="uncovered")
    project.world |= {"skips": ["go.44 RET"], "lost": []}
    project.run(*args, "--results", "undisturbed")
    project.world["cases"][case]["kills"] = "mips"
    assert project.run(*args).returncode == -signal.SIGKILL
    now = files(project)
    assert all(now[name] == text for name, text in before.items() if "arm64" not in name
               and "mipsle" not in name)
    done = project.run(*args, "--resume")
    assert done.returncode == 1
    for target in ("arm64", "mips", "mipsle"):
        assert project.timeless(target) == project.timeless(target, "undisturbed")
        assert project.summary(target)["failures"] == project.summary(target, "undisturbed")["failures"]
    assert not is_unfinished(project) and not (project.results / folders.LOCK).exists()


def test_no_case_that_was_finished_is_run_again(project: Project) -> None:
    project.world["cases"][4]["kills"] = "mips"
    project.run("check", "--jobs", "1")
    project.run("check", "--jobs", "1", "--resume")
    assert begun(project, "mips add.3") == 1 and begun(project, "mips add.4") == 2


def test_a_finished_target_has_its_new_results_before_the_others_end(project: Project) -> None:
    project.run("check", "--jobs", "1", "--cases", "add.0")
    (project.results / "arm64" / "mutants.json").write_text("{}")
    project.world["cases"][2]["kills"] = "mips"
    project.run("check", "--jobs", "1")
    assert begun(project, "arm64 add.6") == 1
    assert project.summary("arm64")["cases"] == 7 and project.summary("mips")["cases"] == 1
    assert json.loads((project.results / "summary.json").read_text())["cases"] == 2, "the run before's"
    assert (project.results / "arm64" / "mutants.json").exists(), "another command's"
    project.run("check", "--jobs", "1", "--resume")
    assert begun(project, "arm64 add.6") == 1


def test_other_jobs_continue_what_is_there(project: Project) -> None:
    project.world["cases"][4]["kills"] = "arm64"
    project.run("check", "--arch", "arm64", "--jobs", "3")
    assert project.run("check", "--arch", "arm64", "--jobs", "1", "--resume").returncode == 0
    project.run("check", "--arch", "arm64", "--results", "undisturbed")
    assert project.timeless() == project.timeless(results="undisturbed")


def test_an_interrupted_check_can_be_resumed_too(project: Project) -> None:
    note = project.root / "sleeper"
    project.world["cases"][5] |= {"does": "sleep", "note": str(note)}
    proc = project.start("check", "--arch", "arm64", "--jobs", "1")
    while not (note.exists() and note.read_text()):
        time.sleep(0.02)
    proc.send_signal(signal.SIGINT)
    proc.communicate(timeout=60)
    assert project.summary()["interrupted"] and is_unfinished(project)
    with pytest.raises(ProcessLookupError):
        os.kill(int(note.read_text()), 0)
    project.does()
    project.world["cases"][5]["does"] = "pass"
    assert project.run("check", "--arch", "arm64", "--resume").returncode == 0
    assert project.summary()["cases"] == 7
    assert not project.summary()["interrupted"] and not is_unfinished(project)


@pytest.mark.parametrize("launch", [children.LAUNCH, Path("/nowhere/launch")], ids=["launched", "forked"])
def test_no_probe_outlives_a_killed_driver(project: Project, launch: Path) -> None:
    project.world["cases"][2] |= {"kills": "all", "stays": True}
    proc = project.start("check", "--jobs", "4", "--arch", "all",
                         first=functools.partial(setattr, children, "LAUNCH", launch))
    proc.communicate(timeout=60)
    assert proc.returncode == -signal.SIGKILL
    notes = list(project.root.glob("world.json.*.add.2.killed"))
    assert notes
    deadline = time.monotonic() + 30
    while any(kills.alive(int(note.read_text())) for note in notes
              if note.read_text()) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not any(kills.alive(int(note.read_text())) for note in notes if note.read_text())


def test_a_probe_that_something_else_kills_is_started_again(project: Project) -> None:
    """As whatever kills the driver too, a moment later, or where memory is short. Once: a case may do it."""
    project.run("check", "--arch", "arm64", "--results", "undisturbed")
    project.world["cases"][3] |= {"does": "killed-at", "at": 1}
    done = project.run("check", "--arch", "arm64", "--jobs", "1")
    assert done.returncode == 0, done.stdout
    assert project.timeless() == project.timeless(results="undisturbed")
    assert begun(project, "arm64 add.2") == 2 and begun(project, "arm64 add.3") == 3, "one of them before"
    project.does(add_3="killed")
    assert project.run("check", "--arch", "arm64", "--jobs", "1").returncode == 1
    assert [one["oracle"] for one in project.summary()["failures"]] == ["state", "crash"]
    assert project.summary()["cases"] == 7


def test_nothing_to_resume_is_a_new_run(project: Project) -> None:
    done = project.run("check", "--resume")
    assert done.returncode == 0 and done.stderr == "nothing to resume in results: this is a new run\n"


def test_without_resume_it_is_a_new_run(project: Project) -> None:
    project.world["cases"][3]["kills"] = "arm64"
    project.run("check", "--arch", "arm64", "--jobs", "1")   # two parts: whether the other begins is chance
    done = project.run("check", "--arch", "arm64")
    assert done.returncode == 0
    assert done.stderr == "dropped the unfinished run in results, which --resume would have continued\n"
    assert begun(project, "arm64 add.0") == 2


@pytest.mark.parametrize("other, text", [
    (["--seed", "2"], "was begun with seed 1, not 2"),
    (["--depth", "full"], "was begun with depth quick, not full"),
    (["--cases", "add.*"], "was begun with cases (none), not add.*"),
    (["--arch", "arm64"], "was begun with targets arm64 mips, not arm64"),
    (["--shard", "1/2"], "was begun with shard 1/1, not 1/2"),
])
def test_other_options_are_no_continuation(project: Project, other: list[str], text: str) -> None:
    project.world["cases"][3]["kills"] = "arm64"
    project.run("check")
    done = project.run("check", "--resume", *other)
    assert done.returncode == 2 and text in last_line(done)
    assert last_line(done).endswith("leave out --resume to start anew")
    assert project.run("check", "--resume").returncode == 0, "it is still there"


def test_another_build_is_no_continuation(project: Project) -> None:
    project.world["cases"][3]["kills"] = "arm64"
    project.run("check", "--arch", "arm64")
    run = project.results / ".unfinished/check/run.json"
    kept = json.loads(run.read_text())
    kept["identity"]["the probe of arm64"] = "other"
    run.write_text(json.dumps(kept))
    done = project.run("check", "--arch", "arm64", "--resume")
    assert done.returncode == 2 and "was begun with another version of the probe of arm64" in last_line(done)


# ---- two at once, a full disk ----

def test_a_second_run_into_one_folder_ends_at_once(project: Project) -> None:
    note = project.root / "sleeper"
    project.world["cases"][0] |= {"does": "sleep", "note": str(note)}
    first = project.start("check", "--arch", "arm64", "--jobs", "1")
    while not (note.exists() and note.read_text()):
        time.sleep(0.02)
    for command in (["check"], ["check", "--resume"], ["mutants"], ["bench"]):
        done = project.run(*command, "--arch", "arm64")
        assert done.returncode == 2
        assert done.stderr == (f"usage: --results results: another run is writing there (process "
                               f"{first.pid}); "
                               "wait for it, or name another folder\n")
    first.send_signal(signal.SIGKILL)
    first.communicate(timeout=60)
    project.world["cases"][0]["does"] = "pass"
    assert project.run("check", "--arch", "arm64").returncode == 0, "no lock outlives its run"


def disk_full(project: Project, *args: str, room: int) -> subprocess.CompletedProcess[str]:
    """Files of the driver end at `room` bytes."""
    limit = functools.partial(resource.setrlimit, resource.RLIMIT_FSIZE, (room, room))
    proc = project.start(*args, first=limit)
    out, err = proc.communicate(timeout=60)
    return subprocess.CompletedProcess(args, proc.returncode, out, err)


def test_a_full_disk_ends_it_with_one_line_and_keeps_what_was_written(project: Project) -> None:
    project.run("check", "--cases", "add.0")
    before = files(project)
    project.world["ballast"] = 100_000
    done = disk_full(project, "check", "--jobs", "1", room=60_000)
    assert done.returncode == 2 and len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith("set-up: File too large "
                                  "(results/.unfinished/check/arm64/part-1-of-1.jsonl): make room")
    assert files(project) == before
    lines = (project.results / ".unfinished/check/arm64/part-1-of-1.jsonl").read_text().splitlines()
    assert [json.loads(line)["ev"] for line in lines] == ["start"]
    del project.world["ballast"]
    assert project.run("check", "--resume").returncode == 0


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a file system")
def test_a_full_file_system(project: Project) -> None:
    project.results.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "none", str(project.results)],
                             capture_output=True)
    if mounted.returncode != 0:
        pytest.skip("mounting is not allowed here")
    try:
        project.world["ballast"] = 1_200_000
        done = project.run("check", "--jobs", "1")
        assert done.returncode == 2 and len(done.stderr.splitlines()) == 1
        assert done.stderr.startswith("set-up: No space left on device (results/.unfinished/check/arm64/")
        del project.world["ballast"]
        assert project.run("check", "--resume").returncode == 0
    finally:
        subprocess.run(["umount", str(project.results)], check=True)


def test_a_full_disk_behind_standard_output(project: Project) -> None:
    with Path("/dev/full").open("w") as full:
        (project.root / "world.json").write_text(json.dumps(project.world))
        done = subprocess.run([str(SCRIPTS / "everypc"), "check"], cwd=project.root, env=project.env,
                              stdout=full,
                              stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2 and done.stderr.startswith("set-up: No space left on device")
    assert len(done.stderr.splitlines()) == 1


# ---- the other commands ----

def mutant(name: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "class": "M13", "what": name, "status": "killed", "oracle": "state", "also": "",
            "case": "add.0",
            "why": "", "us": 10, **more}


def test_killed_mutants_continue(project: Project) -> None:
    project.world["mutants"] = [mutant(f"stub.{k}") for k in range(5)]
    project.world["mutants"].append(mutant("stub.9", status="survived", oracle=None))
    args = ("mutants", "--arch", "arm64", "--class", "M13", "--jobs", "1")
    project.run(*args, "--results", "undisturbed")
    project.world["mutants"][3]["kills"] = "arm64"
    assert project.run(*args).returncode == -signal.SIGKILL
    project.world["mutants"][0]["status"] = "survived"   # seen, if it were run again
    assert project.run(*args, "--resume").returncode == 1
    found = [json.loads((project.root / folder / "arm64/mutants.json").read_text())["mutants"]
             for folder in ("results", "undisturbed")]
    assert found[0] == found[1] and not is_unfinished(project)


@pytest.mark.long
def test_a_killed_soak_continues(project: Project) -> None:
    args = ("soak", "--arch", "arm64", "--times", "3", "--busy", "1", "--results", "results")
    project.run(*args)
    before = files(project)
    project.world["cases"][3] |= {"does": "fail-at", "at": 2}
    project.world["cases"][5]["kills"] = "arm64"
    project.world["cases"][5]["does"] = "pass"
    assert project.run(*args).returncode == -signal.SIGKILL
    assert files(project) == before
    done = project.run(*args, "--resume")
    assert done.returncode == 1 and "run 1 of 3" in done.stdout and "run 3 of 3" in done.stdout
    rows = json.loads((project.results / "soak.json").read_text())["runs"]
    assert [one["run"] for one in rows] == [1, 2, 3]
    assert project.run(*args, "--resume", "--seed", "2").returncode in (0, 1), "nothing to resume any more"


@pytest.mark.long
def test_a_killed_check_go_continues_behind_the_last_binary(project: Project) -> None:
    (project.root / "cases/go").mkdir(parents=True)
    (project.root / "arch/arm64/insn").mkdir(parents=True)
    (project.root / "arch/arm64/insn/measure.S").touch()
    counts = {"summary": {"functions": 3, "instructions": 9, "fragile": {}, "pcs": {}, "unknown": []}}
    found = {"finding": {"check": "sp", "function": "main.f", "pc": 4, "offset": 4, "pcs": [4], "n_pcs": 1,
                         "why": "w",
                         "register": "sp", "part": 0, "fragile": None, "code": []}}
    project.world |= {"go": {"a": {"lines": [found, counts], "stub": "x:\n", "status": 1},
                             "b": {"lines": [counts], "stub": "x:\n"}}, "stub_loses": []}
    for name in "ab":
        (project.root / name).write_text(name)
    assert project.run("check-go", "a", "b").returncode == 1
    before = files(project)
    project.world["go"]["b"]["kills"] = True
    assert project.run("check-go", "a", "b").returncode == -signal.SIGKILL
    assert files(project) == before
    (project.root / "world.json.tool").unlink()
    done = project.run("check-go", "a", "b", "--resume")
    assert done.returncode == 1 and last_line(done).startswith("failed: 1 new violation in arm64-a;")
    calls = [json.loads(line) for line in (project.root / "world.json.tool").read_text().splitlines()]
    assert [Path(call[-1]).name for call in calls if call[0] == "check"] == ["b"]
    assert files(project).keys() == before.keys() and not is_unfinished(project)


# ---- the parts ----

def test_a_spool_that_was_cut_short_ends_behind_its_last_whole_case(tmp_path: Path) -> None:
    counts = dict.fromkeys(events.CASE_COUNTS, 0)
    start = events.dump({"ev": "start", "cases": 3})
    case = [events.dump({"ev": "begin", "index": 0, "case": "a"}),
            events.dump({"ev": "case", "index": 0, "case": "a", **counts})]
    with Spool(tmp_path / "s") as spool:
        spool.write(start)
        spool.write(*case)
    whole = (tmp_path / "s").read_bytes()
    for cut in range(1, len(whole)):
        (tmp_path / "s").write_bytes(whole + whole[len(start) + 1:len(start) + 1 + cut])
        kept = scan(tmp_path / "s")
        assert kept.last_index == 0 and kept.expected == 3
        with Spool(tmp_path / "s"):
            assert (tmp_path / "s").read_bytes().startswith(whole)
    (tmp_path / "s").write_bytes(whole[:-3])
    with Spool(tmp_path / "s") as spool:
        assert spool.kept.done == 0 and (tmp_path / "s").read_bytes() == b""


def test_a_folder_is_replaced_as_a_whole(tmp_path: Path) -> None:
    for name in ("new", "old"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "both").write_text(name)
        (tmp_path / name / name).touch()
    folders.replace(tmp_path / "new", tmp_path / "old", keep=True)
    assert not (tmp_path / "new").exists() and (tmp_path / "old/both").read_text() == "new"
    assert sorted(path.name for path in (tmp_path / "old").iterdir()) == ["both", "new", "old"]


def test_a_lock_is_one_runs(tmp_path: Path) -> None:
    other = pytest.raises(UsageError, match="another run is writing there")
    with folders.locked(tmp_path), other, folders.locked(tmp_path):
        pass
    with folders.locked(tmp_path):
        pass
    assert list(tmp_path.iterdir()) == []


def test_what_is_unfinished_goes_when_it_is_finished(tmp_path: Path) -> None:
    work, said = Unfinished(tmp_path, "check", 2), []
    work.begin({"seed": 1}, False, said.append)
    again = Unfinished(tmp_path, "check", 8)
    again.begin({"seed": 1}, True, said.append)
    assert again.jobs == 2 and said == []
    again.finish()
    assert list(tmp_path.iterdir()) == []


def test_a_run_whose_removal_was_cut_short_is_not_continued(tmp_path: Path,
                                                            monkeypatch: pytest.MonkeyPatch) -> None:
    work, said = Unfinished(tmp_path, "check", 2), list[str]()
    work.begin({"seed": 1}, False, said.append)
    part = work.folder / "arm64/part-1-of-1.jsonl"
    folders.write_json(part, {})
    with monkeypatch.context() as patched:
        patched.setattr("shutil.rmtree", lambda *_, **__: None)   # killed before it removed anything
        work.finish()
    assert not part.exists()
    work.begin({"seed": 1}, True, said.append)
    assert "nothing to resume" in said[0]
    work.finish()
    assert list(tmp_path.iterdir()) == []
