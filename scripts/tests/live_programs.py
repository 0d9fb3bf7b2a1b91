"""Programs to fire at: those of cases/go/live, built by the installed Go, and copies in which an instruction
does nothing."""
from __future__ import annotations

import functools
import json
import shutil
import struct
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ports
import pytest
from conftest import CONTEXT, everypc, real_targets

from driver.go import toolchain
from driver.live import shots

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "cases/go/live"
FOLDER = ROOT / "build/test/live"
TOOL = ROOT / "build/host/everypc-go"

needs_go = pytest.mark.skipif(not shutil.which("go"),
                              reason="no Go toolchain is installed, so there is no program to fire at")


@functools.cache
def build(target: str, name: str) -> Path:
    """The program's path. Its tests must be in one worker: xdist_group(target)."""
    subprocess.run(["make", "-s", "go-tool"], cwd=ROOT, check=True)
    goroot = toolchain.goroot(CONTEXT, None)
    path = FOLDER / target / name
    env = toolchain.environment(goroot, real_targets()[target], **toolchain.folders(ROOT))
    subprocess.run([goroot / "bin/go", "build", "-o", path, f"./{name}"], cwd=SOURCES, env=env, check=True)
    return path


def go_version() -> str:
    return toolchain.version(CONTEXT, toolchain.goroot(CONTEXT, None))


@dataclass(frozen=True)
class Fired:
    """What `everypc live` came to."""

    code: int
    out: str
    err: str
    result: dict[str, Any]

    @property
    def oracles(self) -> set[str]:
        return {one["oracle"] for one in self.result["failures"]}


def fire(folder: Path, program: Path, *options: str, args: tuple[str, ...] = ()) -> Fired:
    done = everypc("live", *options, "--results", str(folder), "--", str(program), *args)
    path = folder / "live.json"
    assert path.exists(), done.stderr
    return Fired(done.returncode, done.stdout, done.stderr, json.loads(path.read_text()))


def instructions(target: str, program: Path, function: str, folder: Path) -> list[tuple[int, int]]:
    """Where its instructions are, and their sizes in bytes."""
    plan = folder / "plan.bin"
    done = subprocess.run([TOOL, "shots", program, "-o", plan, "--func", function], check=True,
                          capture_output=True, text=True)
    big_endian = json.loads(done.stdout.splitlines()[-1])["plan"]["big_endian"]
    return [(pc.address, pc.size) for pc in shots.read(plan, big_endian).pcs]


def without(target: str, program: Path, pc: int, size: int, copy: Path) -> Path:
    """A copy of the program in which that instruction does nothing."""
    image = bytearray(program.read_bytes())
    at = _file_offset(image, pc)
    nop = bytes.fromhex(ports.expected(target, "nop"))
    if image[5] == 1:   # EI_DATA: little endian
        nop = nop[::-1]
    assert size % len(nop) == 0
    image[at:at + size] = nop * (size // len(nop))
    copy.write_bytes(image)
    copy.chmod(0o755)
    return copy


def _file_offset(image: bytes, address: int) -> int:
    """By the program headers (elf(5))."""
    order, wide = "<" if image[5] == 1 else ">", image[4] == 2
    start, = struct.unpack_from(order + ("Q" if wide else "I"), image, 32 if wide else 28)
    size, count = struct.unpack_from(order + "HH", image, 54 if wide else 42)
    for k in range(count):
        if wide:
            kind, _, offset, at, _, length = struct.unpack_from(order + "IIQQQQ", image, start + k * size)
        else:
            kind, offset, at, _, length = struct.unpack_from(order + "IIIII", image, start + k * size)
        if kind == 1 and at <= address < at + length:   # PT_LOAD
            return int(offset + address - at)
    raise AssertionError(f"{address:#x} is not in the file")
