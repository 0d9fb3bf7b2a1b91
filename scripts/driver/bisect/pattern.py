"""The protocol of golang.org/x/tools/cmd/bisect, which finds what of many changes makes a command fail: the
command is given a pattern, switches on the changes that match it, and prints a marker for each match. Both
ends are here: patterns and markers for a command, and their reading for what drives one. The protocol is
described in Go's internal/bisect (Go 1.21 and later); the compiler's -d=...hash switches speak it."""
from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from ..errors import UsageError

ID_BITS = 64
PLACE = "PATTERN"   # what stands in a command's words for the pattern
_MARKER = re.compile(r"\s?\[bisect-match (0x[0-9a-fA-F]+|[01]+)\]")
_SUFFIX = re.compile(r"y|[01]+|x[0-9a-fA-F]+")


def identity(*words: object) -> int:
    """The ID of a change, of 64 bits, by what names it."""
    data = "\0".join(map(str, words)).encode()
    return int.from_bytes(hashlib.blake2b(data, digest_size=ID_BITS // 8).digest(), "big")


def marker(change: int) -> str:
    return f"[bisect-match {change:#018x}]"


def reports(text: str) -> dict[int, str]:
    """What a command reported of each change, by ID: its lines without the markers."""
    found: dict[int, list[str]] = {}
    for line in text.splitlines():
        for digits in _MARKER.findall(line):
            change = int(digits, 16 if digits.startswith("0x") else 2)
            found.setdefault(change, []).append(_MARKER.sub("", line).strip())
    return {change: "; ".join(filter(None, lines)) for change, lines in found.items()}


def exactly(change: int) -> str:
    """The suffix that only this change ends in."""
    return f"x{change:0{ID_BITS // 4}x}"


@dataclass(frozen=True)
class Pattern:
    """A pattern in its compiled form."""

    # mask, bits, whether it adds; the last one that matches counts
    conditions: tuple[tuple[int, int, bool], ...]
    inverted: bool = False   # what matches is switched off, and all else on
    visible: bool = False    # the reports are shown to the user, so that a marker alone will not do
    quiet: bool = False      # nothing is reported

    def matches(self, change: int) -> bool:
        return next((adds for mask, bits, adds in reversed(self.conditions) if change & mask == bits), False)

    def enables(self, change: int) -> bool:
        return self.matches(change) != self.inverted

    def prints(self, change: int) -> bool:
        return not self.quiet and self.matches(change)


def parse(text: str) -> Pattern:
    """Raises UsageError for what is none."""
    found = re.fullmatch(r"(q?)(v*)(!*)(.+)", text)
    if not found:
        raise UsageError(f"'{text}' is not a pattern of changes")
    quiet, visible, negations, rest = found.groups()
    inverted = len(negations) % 2 == 1
    if rest == "n":   # stands for !y
        inverted, rest = not inverted, "y"
    return Pattern(_conditions(text, rest), inverted, bool(visible), bool(quiet) and not visible)


def _conditions(text: str, rest: str) -> tuple[tuple[int, int, bool], ...]:
    terms = re.findall(r"([+-]?)([^+-]*)", rest)[:-1]   # findall ends with an empty match
    made = [(0, 0, True)] if rest.startswith("-") else []
    subtracting = False
    for sign, suffix in terms:
        if not _SUFFIX.fullmatch(suffix):
            raise UsageError(f"'{text}' is not a pattern of changes: '{suffix}' is no suffix of an ID")
        if subtracting and sign == "+":
            raise UsageError(f"'{text}' is not a pattern of changes: a + stands behind a -")
        subtracting = sign == "-"
        made.append((*_suffix(text, suffix), not subtracting))
    return tuple(made)


def _suffix(text: str, suffix: str) -> tuple[int, int]:
    """Mask and bits."""
    if suffix == "y":
        return 0, 0
    digits, base, width = (suffix[1:], 16, 4) if suffix.startswith("x") else (suffix, 2, 1)
    if len(digits) * width > ID_BITS:
        raise UsageError(f"'{text}' is not a pattern of changes: '{suffix}' has more than {ID_BITS} bits")
    return (1 << len(digits) * width) - 1, int(digits, base)
