"""A case as lines of text, which can be taken away one by one: of a .progs file (the lines of a TEXT block),
or of a .S file (those between CASE and END_CASE)."""
from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

Body = tuple[str, ...]

_CASE = re.compile(r"\s*CASE\s+(\S+)\s*$")
_END_CASE = re.compile(r"\s*END_CASE\b")
_PROG = re.compile(r"\s*PROG\b")
# Of a .progs file: what says something of the case, and is no Prog.
_SAYS = re.compile(r"\s*(PCDATA|INIT|SPADJ|STAY|FRAME_POINTER|STACK_CHECK|FRAGMENT)\b|\s*\w+:\s*$")
# Of a .S file: macros of cases.inc and directives.
_SAYS_S = re.compile(r"\s*(PROG|INIT|SPADJ|FRAME_POINTER|STACK_CHECK|FRAGMENT|FOREIGN|BLOCKS|LOOP|END_LOOP"
                     r"|\.(?!byte))|\s*[\w.]+:\s*$")


@dataclass(frozen=True)
class Case:
    """`head` and `foot`: what of a .S file stands around all cases."""

    body: Body
    suffix: str = ".progs"
    head: Body = ()
    foot: Body = ()

    def without(self, gone: Iterable[int]) -> Case:
        away = set(gone)
        return replace(self, body=tuple(line for k, line in enumerate(self.body) if k not in away))

    def changed(self, changes: dict[int, str]) -> Case:
        return replace(self, body=tuple(changes.get(k, line) for k, line in enumerate(self.body)))

    @property
    def instructions(self) -> list[int]:
        """The lines that are code: Progs, or in a .S file machine instructions."""
        says = _SAYS_S if self.suffix == ".S" else _SAYS
        return [k for k, line in enumerate(self.body) if not says.match(line)]

    @property
    def progs(self) -> int:
        if self.suffix == ".S":
            return sum(_PROG.match(line) is not None for line in self.body)
        return len(self.instructions)

    def groups(self) -> list[tuple[int, ...]]:
        """The lines of each Prog: one, or a PROG with its instructions."""
        if self.suffix != ".S":
            return [(k,) for k in self.instructions]
        starts = [k for k, line in enumerate(self.body) if _PROG.match(line)]
        ends = [*starts[1:], len(self.body)]
        return [tuple(range(start, end)) for start, end in zip(starts, ends)]


def text(cases: dict[str, Case], comment: Iterable[str] = ()) -> str:
    """A file with these cases, by name; all of one kind."""
    first = next(iter(cases.values()))
    lines = [f"// {line}" for line in comment]
    lines += first.head
    for name, case in cases.items():
        begin, end = (f"\tCASE\t{name}", f"\tEND_CASE {name}") if case.suffix == ".S" else (
            f"TEXT {name}(SB)", "END")
        lines += [begin, *case.body, end]
    return "\n".join([*lines, *first.foot]) + "\n"


def places(cases: dict[str, Case]) -> dict[int, str]:
    """The case that each line of such a file, counted from 1, belongs to."""
    found, number = {}, len(next(iter(cases.values())).head)
    for name, case in cases.items():
        for _ in range(len(case.body) + 2):
            number += 1
            found[number] = name
    return found


def of_progs(text_: str) -> Case:
    """The one TEXT of a file that everypc-asm --rewrite made."""
    lines = [line.rstrip() for line in text_.splitlines()]
    return Case(tuple(lines[1:-1]))


def of_assembly(text_: str, name: str) -> Case | None:
    """A case of a .S file; None if no CASE line has that name (a macro may make it). What stands outside of
    all cases is kept."""
    lines = text_.splitlines()
    head: list[str] = []
    foot: list[str] = []
    body: list[str] | None = None
    inside = ""
    for line in lines:
        found = _CASE.match(line)
        if found:
            inside = found[1]
            body = [] if inside == name else body
        elif _END_CASE.match(line):
            inside = ""
        elif inside == name and body is not None:
            body += [] if _is_comment(line) else [line.rstrip()]
        elif not inside:
            (head if body is None else foot).append(line)
    if body is None:
        return None
    return Case(tuple(body), ".S", tuple(head), tuple(foot))


def of_events(events: Iterable[dict[str, Any]]) -> Case:
    """A case as machine code, from what a probe lists of it with --explain: where no file has it as text."""
    found: dict[str, list[dict[str, Any]]] = {}
    for event in events:
        found.setdefault(event["ev"], []).append(event)
    insns = found.get("insn", [])
    body = [f"\tINIT\t\"{one['text']}\"" for one in found.get("init", [])]
    body += [f"\t{one['word']}" for one in found.get("property", [])]
    for prog in found.get("code", []):
        mine = [one for one in insns if one["prog"] == prog["prog"]]
        text = prog["text"].replace("\"", "'").replace("\\", "/")
        body.append(f"\tPROG\t{prog['mark']}, \"{text}\"")
        after = next((one for one in insns if one["prog"] == prog["prog"] + 1), None)
        moved = after["sp_delta"] - mine[0]["sp_delta"] if (
            mine and after and "sp_delta" in after and "sp_delta" in mine[0]) else 0
        body += [f"\tSPADJ\t{moved}"] if moved else []
        body += ["\t.byte\t" + ", ".join(f"0x{byte:02x}" for byte in bytes.fromhex(one["bytes"]))
                 for one in mine]
    return Case(tuple(body), ".S", ('\t.include "cases.inc"',))


def _is_comment(line: str) -> bool:
    stripped = line.strip()
    return not stripped or stripped.startswith(("//", "/*", "* ", "*/", "# "))
