"""A target's events.jsonl, which is plain as long as it is small, to be read with any tool, and
events.jsonl.zst, compressed by zstd, if it is not. Whoever reads one names the plain file."""
from __future__ import annotations

import contextlib
import importlib
import importlib.util
import io
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from ..errors import SetupError

NAME = "events.jsonl"
ENDING = ".zst"
NAMES = (NAME, NAME + ENDING)   # a folder has one of them
PLAIN_BYTES = 16 << 20     # from so many on, it is compressed: some 300,000 shots
PACKAGE = "python3-zstandard"
_LEVEL = 3


def compressed(path: Path) -> Path:
    return path.with_name(path.name + ENDING)


def found(path: Path) -> Path | None:
    """The file that is there for `path`: itself, or the compressed one."""
    return next((one for one in (path, compressed(path)) if one.exists()), None)


def large(paths: list[Path]) -> bool:
    """Whether what these files hold together is to be compressed. Without the library it is not: the results
    are the same."""
    files = [one for path in paths if (one := found(path))]
    size = sum(one.stat().st_size for one in files)
    return ((size > PLAIN_BYTES or any(one.suffix == ENDING for one in files))
            and importlib.util.find_spec("zstandard") is not None)


@contextlib.contextmanager
def reading(path: Path) -> Iterator[IO[str]]:
    """The lines of `path`, or of the compressed file in its place. Raises SetupError if it can't be read."""
    there = found(path) or path
    if there.suffix != ENDING:
        with there.open(encoding="utf-8") as file:
            yield file
        return
    with there.open("rb") as raw, _zstd(there).ZstdDecompressor().stream_reader(
            raw, read_across_frames=True) as stream, io.TextIOWrapper(stream, encoding="utf-8") as file:
        yield file


@contextlib.contextmanager
def writing(path: Path, compress: bool) -> Iterator[IO[str]]:
    """Takes the lines of `path`, or of the compressed file in its place; the other one is removed. The file
    takes its name when it is complete."""
    to, other = (compressed(path), path) if compress else (path, compressed(path))
    fresh = to.with_name(f".{to.name}.new")
    try:
        with fresh.open("wb") as raw, _stream(raw, compress, to) as stream, io.TextIOWrapper(
                stream, encoding="utf-8") as file:
            yield file
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    fresh.replace(to)
    other.unlink(missing_ok=True)


def _stream(raw: IO[bytes], compress: bool, path: Path) -> Any:
    return (_zstd(path).ZstdCompressor(level=_LEVEL).stream_writer(raw, closefd=False) if compress
            else contextlib.nullcontext(raw))


def _zstd(path: Path) -> Any:
    """The library, which set-up may have installed since the start."""
    if importlib.util.find_spec("zstandard") is None:
        raise SetupError(f"{path}: to read it needs zstandard; install with: apt-get install -y {PACKAGE} "
                         f"(or: zstd -d {path})")
    return importlib.import_module("zstandard")
