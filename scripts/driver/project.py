"""Where the project lies, and which revision of it this is."""
from __future__ import annotations

import functools
import os
import subprocess
from pathlib import Path


def root() -> Path:
    """The project's folder. EVERYPC_ROOT overrides it, for the driver's own tests."""
    override = os.environ.get("EVERYPC_ROOT")
    return Path(override).resolve() if override else Path(__file__).resolve().parents[2]


def _git(folder: Path, *args: str) -> str | None:
    try:
        done = subprocess.run(["git", "-C", str(folder), *args], capture_output=True, text=True, check=False)
    except OSError:
        return None
    return done.stdout.strip() if done.returncode == 0 else None


@functools.cache
def revision(folder: Path) -> str:
    """The commit, with "-dirty" when the tree differs from it; "unknown" when `folder` is not the top of a
    git tree."""
    top = _git(folder, "rev-parse", "--show-toplevel")
    if top is None or Path(top).resolve() != folder.resolve():
        return "unknown"
    commit = _git(folder, "rev-parse", "--verify", "HEAD")
    if not commit:
        return "unknown"
    return commit + ("-dirty" if _git(folder, "status", "--porcelain") else "")
