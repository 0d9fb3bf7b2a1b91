"""Tables of the tree as tab-separated text: comment lines begin with #, every line has all its fields."""
from __future__ import annotations

from pathlib import Path

from .errors import DriverError


def read_rows(path: Path, names: tuple[str, ...]) -> list[dict[str, str]]:
    """The lines of a file with these fields, without comments; empty if there is no such file."""
    rows = []
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else []:
        if line.strip() and not line.startswith("#"):
            fields = line.split("\t")
            if len(fields) != len(names):
                raise DriverError(f"{path}: expected {len(names)} fields in each line, found {line!r}")
            rows.append(dict(zip(names, fields)))
    return rows


def read_all(paths: list[Path], names: tuple[str, ...]) -> list[dict[str, str]]:
    return [row for path in paths for row in read_rows(path, names)]
