"""A Go program's code as everypc-go reads it, for what is to be changed in a copy of it: which instruction
does what, and what stands in its place."""
from __future__ import annotations

import functools
import json
import re
import struct
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ports

TOOL = Path(__file__).resolve().parents[2] / "build/host/everypc-go"
_LONGEST = 4096   # bytes that everypc-go effects takes


@dataclass(frozen=True)
class Insn:
    """An instruction, with what everypc-go effects says of it."""

    address: int
    size: int
    text: str
    effects: str

    @property
    def is_branch(self) -> bool:
        return self.effects.startswith("branch")

    @property
    def target(self) -> int | None:
        """Of a branch or call, as a distance from the function's entry."""
        found = re.match(r"(?:branch|call|jump) (0x[0-9a-f]+)", self.effects)
        return int(found[1], 16) if found else None

    @property
    def delay(self) -> int:
        """Bytes of its delay slot."""
        return self.size if "delay slot" in self.effects else 0

    def registers(self, what: str) -> set[str]:
        """Those that it reads ("r") or writes ("w"); of a vector register, the part is left out."""
        found = re.search(rf"; {what} ([^;]*)", self.effects)
        return {word.split(".")[0] for word in found[1].split()} if found else set()

    def base(self, what: str) -> str | None:
        """The base register of a "load" or a "store"."""
        found = re.search(rf"; {what} \d+ \[(\w+)", self.effects)
        return found[1] if found else None

    @property
    def subtracts_from(self) -> str | None:
        """The register of which it takes a constant."""
        found = re.search(r"; \w+=(\w+)-0x", self.effects)
        return found[1] if found else None


class Program:
    """A binary, and what is in it."""

    def __init__(self, target: str, path: Path) -> None:
        self.target, self.path, self.image = target, path, path.read_bytes()
        said = subprocess.run([TOOL, "funcs", path], capture_output=True, text=True, check=True).stdout
        self.functions: list[dict[str, Any]] = [json.loads(line) for line in said.splitlines()]
        self._names = {f["entry"]: f["name"] for f in self.functions}

    def function(self, name: str) -> dict[str, Any] | None:
        """The longest of that name: wrappers for the other calling convention are called the same."""
        found = [f for f in self.functions if f["name"] == name]
        return max(found, key=lambda f: f["size"]) if found else None

    @functools.cache   # pylint: disable=method-cache-max-size-none
    def code(self, name: str) -> list[Insn]:
        f = self.function(name)
        if not f:
            return []
        at = self.offset(f["entry"])
        words = self.image[at:at + min(f["size"], _LONGEST)].hex()
        lines = subprocess.run([TOOL, "effects", self.target, words], capture_output=True, text=True,
                               check=False).stdout.splitlines()
        heads = [re.fullmatch(r"\+0x([0-9a-f]+)  (.*)", line) for line in lines[::2]]
        starts = [int(head[1], 16) for head in heads if head] + [len(words) // 2]
        return [Insn(f["entry"] + start, end - start, head[2], effects.strip())
                for head, effects, start, end in zip(heads, lines[1::2], starts, starts[1:]) if head]

    def bytes_of(self, insn: Insn) -> bytes:
        at = self.offset(insn.address)
        return self.image[at:at + insn.size]

    def effects(self, code: bytes) -> str:
        """Of one instruction; "" for what is none, or more."""
        lines = subprocess.run([TOOL, "effects", self.target, code.hex()], capture_output=True, text=True,
                               check=False).stdout.splitlines()
        return lines[1].strip() if len(lines) == 2 else ""

    def callee(self, caller: str, insn: Insn) -> str | None:
        """The function that it calls: some architectures' calls are relative, some within a region."""
        f = self.function(caller)
        if not f or insn.target is None or not insn.effects.startswith("call"):
            return None
        wide = (1 << 64) - 1 if self.image[4] == 2 else (1 << 32) - 1
        return self._names.get(insn.target + f["entry"] & wide) or self._names.get(insn.target)

    def calls(self, caller: str, name: str) -> list[Insn]:
        """The caller's calls of a function."""
        return [insn for insn in self.code(caller) if self.callee(caller, insn) == name]

    def offset(self, address: int) -> int:
        """In the file, by its program headers (elf(5))."""
        image = self.image
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

    def with_code(self, *changes: tuple[Insn, bytes]) -> bytes:
        image = bytearray(self.image)
        for insn, code in changes:
            assert len(code) == insn.size
            at = self.offset(insn.address)
            image[at:at + insn.size] = code
        return bytes(image)

    def without(self, *insns: Insn) -> bytes:
        """The binary in which these do nothing."""
        nop = bytes.fromhex(ports.expected(self.target, "nop"))
        if self.image[5] == 1:   # EI_DATA: little endian
            nop = nop[::-1]
        assert all(insn.size % len(nop) == 0 for insn in insns)
        return self.with_code(*((insn, nop * (insn.size // len(nop))) for insn in insns))
