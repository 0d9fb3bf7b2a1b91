"""A Go binary's tables with something else in them, in a copy of the binary."""
from __future__ import annotations

import re

Run = tuple[int, int, int]   # first byte, end, value


def _varint(value: int) -> bytes:
    out = []
    while value >= 0x80:
        out.append(value & 0x7f | 0x80)
        value >>= 7
    return bytes([*out, value])


def encode(runs: list[Run], quantum: int) -> bytes:
    """A PC-value table (cmd/internal/obj/pcln.go, funcpctab)."""
    out, before = b"", -1
    for start, end, value in runs:
        change = value - before
        out += _varint(change * 2 if change >= 0 else -change * 2 - 1) + _varint((end - start) // quantum)
        before = value
    return out + b"\0"


def value_at(runs: list[Run], pc: int) -> int:
    return next((value for start, end, value in runs if start <= pc < end), -1)


def to_the_return(runs: list[Run]) -> range:
    """The numbers of the runs in front of the first one, but the entry's, where SP is as it was at the
    entry. Behind a return there may be what no path reaches: its delay slot, literals, padding."""
    return range(next((k for k, run in enumerate(runs) if k > 0 and run[2] == 0), len(runs) - 1))


def quantum(image: bytes) -> int:
    """As the header of its pclntab has it (cmd/link/internal/ld/pcln.go), behind the magic of Go 1.16 and
    later, in either order. A pattern that begins with known bytes is found ten times as fast."""
    magic = rb"\xff\xff\xff(?:[\xf0\xf1\xfa]|(?<=[\xf0\xf1\xfa]\xff\xff\xff))"
    found = re.search(magic + rb"\0\0([\1\2\4])[\4\x08]", image)
    assert found
    return found[1][0]


def replaced(image: bytes, old: list[Run], new: list[Run]) -> bytes | None:
    """The binary with another table in the place of one; None if that is not one function's alone, or if the
    new one is not as long."""
    unit = quantum(image)
    was, now = encode(old, unit), encode(new, unit)
    if len(was) != len(now) or was == now or image.count(was) != 1:
        return None
    return image.replace(was, now)
