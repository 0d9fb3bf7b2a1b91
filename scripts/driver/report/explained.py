"""Draws an explanation (probe/explanation.py) as lines of text: on a terminal in colour, in files without."""
from __future__ import annotations

from typing import TYPE_CHECKING

from ..probe.explanation import VALUES, Explanation, Line
from . import console

if TYPE_CHECKING:
    from rich.text import Text

_SHOWN_DIFFERENCES = 16
_ARROW = 5    # columns
Part = tuple[str, str]   # a piece of a line, and its style
Row = list[Part]


def plain(one: Explanation) -> list[str]:
    """Lines without colour; what differs is marked below by carets."""
    return ["".join(text for text, _ in row).rstrip() for row in _rows(one, carets=True)]


def rich(one: Explanation, indent: str = "  ", to_stderr: bool = False) -> Text:
    """The same for a console, which leaves out the colour where it is none, or NO_COLOR is set."""
    made = console.text("")
    for row in _rows(one, carets=not console.has_colour(to_stderr)):
        made.append("\n" + indent, style="not bold default")
        for text, style in row:
            # not in the colour of what it is appended to
            made.append(console.printable(text), style=f"not bold default {style}".rstrip())
    return made


def _rows(one: Explanation, carets: bool) -> list[Row]:
    rows = _code(one)
    if one["action"]:
        rows.append([("action:    ", ""), (one["action"]["text"], "bold")])
    rows += _differences(one, carets)
    return rows + [[(f"note:      {note}", "dim")] for note in one["notes"]]


# ---- code ----

def _code(one: Explanation) -> list[Row]:
    if not one["lines"]:
        return []
    widest = max(len(line.get("bytes", "")) for line in one["lines"])
    text = max(24, *(len(line.get("text", "")) for line in one["lines"]))
    head = f"{'':<{_ARROW + 11 + widest + 2 + text + 2}}{'table':<17}SP delta"
    rows: list[Row] = [[("code:      ", ""), (head[11:], "dim")]]
    arrows = _arrows(one)
    prog, end = None, None
    for k, line in enumerate(one["lines"]):
        if end is not None and _gap(one, k):
            rows.append([(_between(arrows, k) + "    ...", "dim")])
        owner = line.get("prog", line.get("source"))
        if owner is not None and owner != prog:
            rows.append(_prog(one, line, _between(arrows, k)))
        prog, end = owner, line["offset"]
        rows.append(_line(line, arrows[k], widest, text))
    return rows


def _gap(one: Explanation, k: int) -> bool:
    """Whether lines are left out in front of this one."""
    before, line = one["lines"][k - 1], one["lines"][k]
    size = len(before.get("bytes", "")) // 2
    return bool(size) and before["offset"] + size != line["offset"] and line.get("prog") != before.get("prog")


def _prog(one: Explanation, line: Line, arrow: str) -> Row:
    prog = next((prog for prog in one["progs"] if prog["prog"] == line.get("prog")), None)
    if prog is None:
        return [(arrow, "yellow"), (f"  // {line.get('source', '')}", "dim")]
    return [(arrow, "yellow"), (f"  {prog['text']}", "bold"), (f"    // {prog['source']}", "dim")]


def _line(line: Line, arrow: str, widest: int, width: int) -> Row:
    style = "bold red" if line.get("here") else "bold yellow" if line.get("blame") else ""
    mark = ">" if line.get("here") else "*" if line.get("blame") else " "
    text = line.get("text") or "(not decoded)"
    row = [(arrow, "yellow"), (f"{mark} {'+' + format(line['offset'], '#x'):>7} ", style),
           (f" {line.get('bytes', ''):<{widest}}  ", "dim"), (f"{text:<{width}}  ", style)]
    return [*row, (f"{_value(line):<17}", style), (_delta(line), "")]


def _value(line: Line) -> str:
    if line.get("filter"):
        return str(line["filter"])
    if "damage" in line:
        return "unreadable"
    value = line.get("value")
    said = "-" if value is None else VALUES.get(value, str(value))
    if "mark" in line:
        said += f" (not {VALUES.get(line['mark'], line['mark'])})"
    return said + (" (delay slot)" if line.get("unreported") else "")


def _delta(line: Line) -> str:
    said = str(line["sp_delta"]) if "sp_delta" in line else "-"
    if "sp_moved" in line and line["sp_moved"] != line.get("sp_delta"):
        said += f", moved {line['sp_moved']}"
    return said


def _arrows(one: Explanation) -> list[str]:
    """The arrow from the PC to the resume PC, in front of each line."""
    lines, resume = one["lines"], (one["action"] or {}).get("resume")
    here = next((k for k, line in enumerate(lines) if line.get("here")), None)
    to = next((k for k, line in enumerate(lines) if line["offset"] == resume), None)
    if here is None or to is None:
        return [" " * _ARROW] * len(lines)
    if here == to:
        return ["<->  " if k == here else " " * _ARROW for k in range(len(lines))]
    top, bottom = min(here, to), max(here, to)
    drawn = []
    for k in range(len(lines)):
        corner = "+->  " if k == to else "+--  " if k == here else "|    " if top < k < bottom else "     "
        drawn.append(corner)
    return drawn


def _between(arrows: list[str], k: int) -> str:
    """In front of what stands between line k and the one before it."""
    above = k > 0 and arrows[k - 1][0] in "+|" and arrows[k][0] in "+|"
    return ("|" if above else " ").ljust(_ARROW)


# ---- differences ----

def _differences(one: Explanation, carets: bool) -> list[Row]:
    found = one["differences"]
    if not found:
        return []
    shown = found[:_SHOWN_DIFFERENCES]
    name = max(8, *(len(each["what"]) for each in shown))
    wide = max(len("expected"), *(len(each["expected"]) for each in shown))
    got = max(len(each["got"]) for each in shown)
    rows: list[Row] = [[("differs:   ", ""), (f"{'':<{name}}  {'expected':<{wide}}  got", "dim")]]
    margin = " " * 11
    for each in shown:
        rows.append([(margin, ""), (f"{each['what']:<{name}}  ", "bold"),
                     (f"{each['expected']:<{wide}}  ", ""), *_got(each),
                     (" " * (got - len(each["got"])) + _bit_text(each["bits"]), "dim")])
        marks = _carets(each)
        if carets and marks:
            rows.append([(" " * (11 + name + 2 + wide + 2), ""), (marks, "")])
    more = one["more"] + len(found) - len(shown)
    return [*rows, [(f"{'':<11}... and {more} more", "dim")]] if more else rows


def _differing(each: dict[str, str]) -> list[bool]:
    """Of each digit of what was got, whether it differs; none where the values are no numbers."""
    got, bits = each["got"], each["bits"]
    if not bits or len(bits) < len(got):
        return [False] * len(got)
    return [k > 1 and bit not in "0_x" for k, bit in enumerate(bits[len(bits) - len(got):])]


def _got(each: dict[str, str]) -> Row:
    return [(digit, "bold red" if differs else "") for digit, differs in zip(each["got"], _differing(each))]


def _carets(each: dict[str, str]) -> str:
    return "".join("^" if differs else " " for differs in _differing(each)).rstrip()


def _bit_text(bits: str) -> str:
    """Which bits differ, from the lowest; of values in the order of memory, or wide ones, how many."""
    if not bits:
        return ""
    if "_" in bits:
        n = sum(bin(int(word, 16)).count("1") for word in bits.removeprefix("0x").split("_"))
        return f"  {n} bits"
    number = int(bits, 16)
    set_ = [k for k in range(number.bit_length()) if number >> k & 1]
    runs: list[list[int]] = []
    for k in set_:
        if runs and runs[-1][1] == k - 1:
            runs[-1][1] = k
        else:
            runs.append([k, k])
    if len(runs) > 4:
        return f"  {len(set_)} bits"
    shown = ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)
    return f"  bit {shown}" if len(set_) == 1 else f"  bits {shown}"
