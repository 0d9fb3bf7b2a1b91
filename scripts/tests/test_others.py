"""The matrix, bench and go-match commands, and revisions."""
from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest
from conftest import Project, last_line, target_row

from driver.project import revision

ROOT = Path(__file__).resolve().parents[2]
HEADER = "arch\tseq\tprog\tstart\tend\tbytes_in_memory_order\tpcdata_unsafepoint\n"


def test_matrix(project: Project) -> None:
    done = project.run("matrix", "--arch", "arm64 mips", "--shards", "2")
    assert (json.loads(done.stdout)
            == {"include": [{"target": t, "shard": s} for t in ("arm64", "mips") for s in ("1/2", "2/2")]})
    assert len(json.loads(project.run("matrix").stdout)["include"]) == 3
    done = project.run("matrix", "--arch", "arm64", "--format", "gitlab")
    assert json.loads(done.stdout) == {"parallel": {"matrix": [{"TARGET": "arm64", "SHARD": "1/1"}]}}
    assert project.run("matrix", "--arch", "vax").returncode == 2


def test_bench(project: Project) -> None:
    done = project.run("bench", "--arch", "arm64")
    assert done.returncode == 0, done
    assert json.loads((project.results / "bench.json").read_text()) == [
        {"target": "arm64", "runner": "qemu-user 7.2.22", "shots": 2000, "floor_us": 30.0, "shot_us": 45.0,
         "ratio": 1.5,
         "patch_us": 120.0, "rss_mib": 2.0}]


def go_world(project: Project, rows: list[str], tsv: str, code: str) -> None:
    folder = project.root / "cases" / "go"
    folder.mkdir()
    (folder / "go-progs.tsv").write_text(HEADER + "".join(row + "\n" for row in rows))
    project.world["golist"] = {"bin": code, "tsv": tsv}


GO_ROWS = ["arm64\t1\tADD $1, R1\t0\t4\t01020304\t-1", "arm64\t2\tMOVD \"\".g(SB), R2\t4\t8\t05060708\t-3",
           "loong64\t1\tADDV $1, R4\t0\t4\t01020304\t-1"]


def test_go_match(project: Project) -> None:
    go_world(project, GO_ROWS, "seq\tprog\tstart\tend\tmark\trelocated\tnote\n1\tADD $1, R1\t0\t4\t-1\t0\t\n"
             "2\tMOVD g\t4\t8\t-3\t1\tthe linker fills it in\n", "01020304ffffffff")
    done = project.run("go-match")
    assert done.returncode == 0 and last_line(done).startswith("passed: 2 rows of go1.19.8 on 1 target")
    assert "skipped 1 rows of loong64, go1.19.8: loong64 is not a target" in done.stdout
    match = json.loads((project.results / "go-match.json").read_text())["targets"][0]
    assert (match["rows"], match["relocated"], match["same_bytes"], match["same_marks"],
            match["share"]) == (2, 1, 1, 2, 1.0)


def test_go_match_tells_each_difference(project: Project) -> None:
    go_world(project, GO_ROWS, "1\tADD $1, R1\t0\t4\t-1\t0\tanother encoding\n2\tMOVD g\t4\t8\t-4\t0\t\n",
             "ffffffff05060708")
    (project.root / "cases" / "go" / "differences.tsv").write_text("arch\tseq\twhy\narm64\t1\tanother "
                                                                   "encoding\n")
    done = project.run("go-match", "--arch", "arm64")
    assert done.returncode == 1
    assert "arm64 go1.19.8 1 ADD $1, R1: bytes: Go 01020304, ours ffffffff (another encoding)" in done.stdout
    assert 'arm64 go1.19.8 2 MOVD "".g(SB), R2: mark: Go -3, ours -4 (no reason is known)' in done.stdout


def test_go_match_misses_no_row(project: Project) -> None:
    go_world(project, GO_ROWS[:1], "", "")
    done = project.run("go-match", "--arch", "arm64")
    assert done.returncode == 1 and "row: Go assembled, ours missing" in done.stdout


def test_go_match_without_the_table(project: Project) -> None:
    done = project.run("go-match")
    assert done.returncode == 2 and "go-progs.tsv: No such file" in last_line(done)


def test_native_runs_without_qemu(project: Project) -> None:
    import platform
    project.world["targets"].append(target_row("host", triple="-", qemu="qemu-nosuch",
                                               native=platform.machine()))
    done = project.run("check", "--runner", "native")
    assert done.returncode == 0
    assert project.summary("host")["runner"] == "native"


def test_revision(project: Project) -> None:
    def git(*args: str) -> str:
        return subprocess.run(["git", "-C", str(project.root), "-c", "user.name=a", "-c", "user.email=a@b",
                               *args], check=True,
                              capture_output=True, text=True).stdout.strip()

    assert revision.__wrapped__(project.root) == "unknown"
    git("init", "-q")
    assert revision.__wrapped__(project.root) == "unknown"
    (project.root / "file").write_text("1")
    git("add", "file")
    git("commit", "-q", "-m", "x")
    assert revision.__wrapped__(project.root) == git("rev-parse", "HEAD")
    (project.root / "file").write_text("2")
    assert revision.__wrapped__(project.root) == git("rev-parse", "HEAD") + "-dirty"
    assert revision(project.root / "cases") == "unknown"


@pytest.mark.parametrize("goal", ["live BIN=x", "live-std", "bench-live"])
def test_make_leaves_the_runner_of_programs_to_the_driver(goal: str) -> None:
    """Which runs them natively where it can: Go programs for 386 don't start under every QEMU."""
    def command(*more: str) -> str:
        environment = {name: value for name, value in os.environ.items() if name != "RUNNER"}
        return subprocess.run(["make", "-n", "--no-print-directory", *goal.split(), *more], cwd=ROOT,
                              env=environment, capture_output=True, text=True, check=True).stdout

    assert "--runner" not in command()
    assert "--runner 'native'" in command("RUNNER=native")
