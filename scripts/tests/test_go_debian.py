"""The list of Debian's Go programs that check-go is tried on, and what ci/setup would do with it."""
from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from driver.tsv import read_rows

ROOT = Path(__file__).resolve().parents[2]
ROWS = read_rows(ROOT / "cases/go/debian.tsv", ("package", "architecture", "suite", "version", "program"))


def planned(packages: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([ROOT / "ci/setup", "--go-debian", packages, "--print"], capture_output=True,
                          text=True, check=False)


def listed(*words: str) -> str:
    return subprocess.run(["make", "-s", "-n", "go-debian", *words], cwd=ROOT, capture_output=True, text=True,
                          check=True).stdout


def test_ten_programs_of_many_architectures() -> None:
    assert len(ROWS) >= 10 and len({row["architecture"] for row in ROWS}) >= 6
    assert len({row["package"] for row in ROWS}) == len(ROWS), "a package is a folder"


def test_make_names_each_program() -> None:
    paths = [f"build/go/debian/{row['package']}/{row['program']}" for row in ROWS]
    assert f"check-go {' '.join(paths)} " in listed()
    one = next(path for path in paths if "/hugo/" in path)
    assert f"check-go {one} " in listed("PACKAGES=hugo")


@pytest.mark.skipif(not Path("/usr/bin/apt-get").exists(), reason="no apt on this machine")
def test_what_would_be_downloaded() -> None:
    done = planned("hugo rclone")
    assert done.returncode == 0, done.stderr
    assert [line.split("  ")[0] for line in done.stdout.splitlines()] == [
        f"apt-get download {row['package']}:{row['architecture']}/{row['suite']}" for row in ROWS
        if row["package"] in ("hugo", "rclone")]
    none = planned("nosuch")
    assert none.returncode == 2 and "has none of the packages: nosuch" in none.stderr
