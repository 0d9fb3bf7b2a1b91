"""Simpler forms of a line's operands: smaller numbers, lower and fewer registers. Nothing here knows an
architecture: a register is a word that the case itself uses as an operand, and one that the assembler does
not know is refused there."""
from __future__ import annotations

import re
from collections.abc import Iterator

from .lines import Case

_TOKEN = re.compile(r"(?P<number>(?<![\w.])-?0x[0-9a-fA-F]+|(?<![\w.])-?\d+)(?![\w.])|"
                    r"(?P<word>(?<![\w.$])[A-Za-z][A-Za-z]*\d*)(?![\w.:=]*\()")
_NUMBERED = re.compile(r"([A-Za-z]+)(\d+)$")
_NOT_REGISTERS = {"SB", "PC", "arena", "stack", "leave", "ticker", "PCDATA", "INIT", "TEXT", "END"}
_SHIFTS = (1, 2, 3, 4, 6, 8, 12, 16, 20, 24, 28, 32, 40, 48, 56)
_KEPT = (4, 8, 12, 16, 24, 32)   # low bits
_LOWEST = 4      # registers below a numbered one that are tried besides those of the case


def candidates(case: Case) -> Iterator[Case]:
    """Cases in which one operand, or one register throughout, is simpler."""
    for k in range(len(case.body)):
        for line in _numbers(case.body[k]) if "PCDATA" not in case.body[k] else ():
            yield case.changed({k: line})
    names = registers(case)
    for name in names:
        for other in _lower(name, names):
            yield _renamed(case, range(len(case.body)), name, other)
            for k in range(len(case.body)):
                if _has(case.body[k], name):
                    yield _renamed(case, (k,), name, other)


def leaps(case: Case) -> Iterator[Case]:
    """Cases in which much is simpler at once: all numbers, all registers, both."""
    names = registers(case)
    zero = case.changed({k: _zeroed(line) for k, line in enumerate(case.body) if "PCDATA" not in line})
    for one in (case, zero):
        yield one
        yield _mapped(one, dict.fromkeys(names, names[0] if names else ""))
        yield _mapped(one, {name: _numbered(name, k) for k, name in enumerate(names)})
        yield _mapped(one, {name: _numbered(name, 0) for name in names})


def _zeroed(line: str) -> str:
    text, at = "", 0
    for found in _operands(line):
        if found["number"] is not None:
            text += line[at:found.start()] + "0"
            at = found.end()
    return text + line[at:]


def _numbered(name: str, number: int) -> str:
    found = _NUMBERED.fullmatch(name)
    return f"{found[1]}{number}" if found else name


def _mapped(case: Case, names: dict[str, str]) -> Case:
    changes = {}
    for k, whole in enumerate(case.body):
        line, at = "", 0
        for found in _operands(whole):
            if found["word"] in names:
                line += whole[at:found.start()] + names[found["word"]]
                at = found.end()
        changes[k] = line + whole[at:]
    return case.changed(changes)


def weight(case: Case) -> tuple[int, int, int, int]:
    """What a simpler case has less of: lines, registers, digits, numbers in the names of registers."""
    numbers, low = 0, 0
    for line in case.body:
        for found in _operands(line):
            if found["number"] is not None:
                numbers += _size(int(found["number"], 0))
            else:
                numbered = _NUMBERED.fullmatch(found["word"])
                low += int(numbered[2]) if numbered else 0
    return len(case.body), len(registers(case)), numbers, low


def _size(value: int) -> int:
    """Of a number: how many bits, with 1 above 0 and a sign above none."""
    return 2 * abs(value).bit_length() + bin(abs(value)).count("1") + (value < 0)


def registers(case: Case) -> list[str]:
    """The words that it uses as registers, in the order in which they appear."""
    found = dict.fromkeys(one["word"] for line in case.body for one in _operands(line)
                          if one["word"] and one["word"] not in _NOT_REGISTERS)
    return list(found)


def _operands(line: str) -> Iterator[re.Match[str]]:
    """The numbers and words behind a line's first word."""
    stripped = line.lstrip()
    first = re.match(r"(PROG\b.*|\S+:\s*|\.\S*.*|PCDATA\s+\$\d+,|\S+\s*)", stripped)
    start = len(line) - len(stripped) + (first.end() if first else 0)
    yield from _TOKEN.finditer(line, start)


def _has(line: str, name: str) -> bool:
    return any(found["word"] == name for found in _operands(line))


def _numbers(line: str) -> Iterator[str]:
    for found in _operands(line):
        if found["number"] is None:
            continue
        value = int(found["number"], 0)
        signed = "-" if value < 0 else ""
        size = abs(value)
        smaller = dict.fromkeys([0, 1, *(size >> k for k in _SHIFTS), *(size & ((1 << k) - 1) for k in _KEPT),
                                 1 << max(0, size.bit_length() - 1), size])
        for one in smaller:
            for sign in dict.fromkeys(("", signed)):
                if _size(int(f"{sign}{one}")) < _size(value):
                    text = f"{sign}{one:#x}" if "x" in found["number"] and one > 9 else f"{sign}{one}"
                    yield line[:found.start()] + text + line[found.end():]


def _lower(name: str, names: list[str]) -> Iterator[str]:
    """Registers that stand earlier in the case, or have a lower number."""
    yield from names[:names.index(name)]
    numbered = _NUMBERED.fullmatch(name)
    if numbered:
        number = int(numbered[2])
        for lower in range(min(number, _LOWEST)):
            if f"{numbered[1]}{lower}" not in names:
                yield f"{numbered[1]}{lower}"


def _renamed(case: Case, where: range | tuple[int, ...], name: str, other: str) -> Case:
    mapped = _mapped(case, {name: other})
    return case.changed({k: mapped.body[k] for k in where})
