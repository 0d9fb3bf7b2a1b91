"""The files that are checked, and how a fault in one is reported."""
from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_SKIPPED = ("build", "results", ".git")


@dataclass(frozen=True)
class Fault:
    path: Path   # relative to the project
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.text}"


def files(root: Path = ROOT) -> list[Path]:
    """The project's files, relative to it: those that git tracks or would; without git, all but the built
    ones."""
    done = subprocess.run(["git", "-C", str(root), "ls-files", "-co", "--exclude-standard"],
                          capture_output=True, text=True,
                          check=False)
    if done.returncode == 0:
        return sorted({Path(line) for line in done.stdout.splitlines() if (root / line).is_file()})
    found = (path.relative_to(root) for path in root.rglob("*") if path.is_file())
    return sorted(path for path in found if path.parts[0] not in _SKIPPED)


def read(path: Path, root: Path = ROOT) -> list[str]:
    return (root / path).read_text(encoding="utf-8", errors="replace").splitlines()
