"""What a user may name beside a program: an assembly file with its package, which becomes an object, and a
universal binary, which becomes one file for each architecture."""
from __future__ import annotations

import hashlib
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .. import children
from ..build.targets import Target
from ..context import Context
from ..errors import BuildError, UsageError
from . import packages
from .toolchain import FOLDER

_ARCHIVE, _HEADER, _NAME = b"!<arch>\n", 60, 16
_UNIVERSAL, _UNIVERSAL_64, _MOST_SLICES = 0xCAFEBABE, 0xCAFEBABF, 16
_EXPORT = "{{.Export}}\t{{.ImportPath}}\t{{range .SFiles}}{{.}} {{end}}"


@dataclass(frozen=True)
class Assembled:
    """What an assembly file became."""

    source: Path
    target: str
    package: str
    path: Path


def members(archive: bytes) -> Iterator[tuple[str, bytes]]:
    """Of an archive, in order: names, of 16 characters at most, and bytes."""
    at = len(_ARCHIVE)
    while at + _HEADER <= len(archive):
        header = archive[at:at + _HEADER]
        size = int(header[48:58].decode("ascii", "replace").strip() or "0")
        name = header[:_NAME].decode("utf-8", "replace").rstrip(" /")
        yield name, archive[at + _HEADER:at + _HEADER + size]
        at += _HEADER + size + size % 2


def target_of(source: Path, known: dict[str, Target], asked: list[Target], default: str) -> Target:
    """Of an assembly file: by the end of its name, as Go has it; else the one that was asked for."""
    suffix = source.stem.rpartition("_")[2]
    if suffix in known:
        if asked and suffix not in {t.name for t in asked}:
            raise UsageError(f"{source} is for {suffix}, and --arch names others")
        return known[suffix]
    if len(asked) > 1:
        raise UsageError(f"{source}: name one target for it with --arch")
    return asked[0] if asked else known[default]


def assemble(context: Context, target: Target, goroot: Path, source: Path) -> Assembled:
    """Has Go build the file's package for a target, and takes the file's object out of the archive. Raises
    UsageError with Go's words, or where the package does not hold the file."""
    done = context.run([str(goroot / "bin/go"), "list", "-export", "-e", "-f", _EXPORT, "."],
                       cwd=source.parent, env=packages.environment(goroot, target))
    said = [line for line in done.err.splitlines() if line.strip() and not line.startswith("#")]
    export, package, files = (done.out.rstrip("\n").split("\t") + ["", ""])[:3]
    if done.status != 0 or not export:
        raise UsageError(f"{source}: its package does not build for {target.name}: "
                         f"{said[0] if said else children.status_text(done.status)}")
    if source.name not in files.split():
        raise UsageError(f"{source}: not a file of package {package} for {target.name}: its name or a "
                         "//go:build line leaves it out")
    archive = Path(export).read_bytes()
    name = source.with_suffix(".o").name[:_NAME]
    found = [data for member, data in members(archive) if member == name]
    if len(found) != 1:
        raise BuildError(f"{source}: the archive of {package} has {len(found)} objects named {name}")
    digest = hashlib.sha256(f"{goroot} {source}".encode()).hexdigest()[:8]
    path = context.root / FOLDER / f"assembly-{digest}" / target.name / source.with_suffix(".o").name
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_bytes() != found[0]:
        path.write_bytes(found[0])
    return Assembled(source, target.name, package, path)


def _slices(head: bytes) -> list[tuple[int, int, int]]:
    """CPU, offset and size of each architecture in a universal binary; empty if it is none. A Java class has
    the same first bytes, then its version, which is a larger number than any count."""
    if len(head) < 8:
        return []
    magic, n = struct.unpack(">II", head[:8])
    form = {_UNIVERSAL: ">IIIII", _UNIVERSAL_64: ">IIQQII"}.get(magic)
    if form is None or not 0 < n <= _MOST_SLICES or len(head) < 8 + n * struct.calcsize(form):
        return []
    rows = [struct.unpack_from(form, head, 8 + k * struct.calcsize(form)) for k in range(n)]
    return [(row[0], row[2], row[3]) for row in rows]


def thin(context: Context, path: Path) -> list[Path]:
    """The architectures of a universal binary, each in a file of its own; the file itself if it is none."""
    with path.open("rb") as file:
        found = _slices(file.read(4096))
        if not found:
            return [path]
        size = path.stat().st_size
        digest = hashlib.sha256(str(path).encode()).hexdigest()[:8]
        folder = context.root / FOLDER / f"universal-{digest}"
        folder.mkdir(parents=True, exist_ok=True)
        made = []
        for cpu, offset, length in found:
            if offset + length > size:
                raise UsageError(f"{path}: an architecture of this universal binary ends past the end of the "
                                 "file: is it truncated?")
            file.seek(offset)
            one = folder / f"{path.name}-{re.sub('^0x', '', hex(cpu))}"
            one.write_bytes(file.read(length))
            made.append(one)
    return made
