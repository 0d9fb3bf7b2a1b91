"""What `everypc-go check` finds in a binary: the objects that it prints, read and brought into the form of
the reports."""
from __future__ import annotations

import re
from typing import Any

from ..probe.explanation import VALUES, Explanation, by_table

Finding = dict[str, Any]

CHECKS = ("clobber", "sp", "below-sp", "restart", "tls", "llsc", "return", "fp", "roots")
STUB = "stub"   # the driver's own: the binary's asyncPreempt breaks off, or resumes elsewhere
HARVEST = "harvest"   # the driver's own: one of the binary's sequences goes wrong when it is run (harvest.py)

# Numbers, but not those in the names of registers and operations.
_NUMBER = re.compile(r"#?-?\b(?:0x[0-9a-fA-F]+|\d+)\b")


def shape(finding: Finding) -> str:
    """The instructions at fault and the one in front of them, without their numbers: "add sp, sp, #; > add
    sp, sp, #, lsl #"."""
    lines = finding["code"]
    marked = [k for k, line in enumerate(lines) if line.get("found")]
    if not marked:
        return ""
    shown = lines[max(0, marked[0] - 1):marked[-1] + 1]
    return "; ".join(("> " if line.get("found") else "") + _NUMBER.sub("#", line["text"]) for line in shown)


def place(finding: Finding) -> str:
    return f"{finding['function']}+{finding['offset']:#x}"


def code_lines(finding: Finding) -> list[str]:
    """The disassembly around a finding. Each line has what the tables say of it, and by how many bytes SP has
    moved if that is known; ">" marks the PCs at fault, "*" the instruction to blame."""
    rows = []
    for line in finding["code"]:
        mark = ">" if line.get("found") else "*" if line.get("blame") else " "
        value = line.get("filter") or VALUES.get(line["value"], str(line["value"]))
        said = "" if "sp_delta" not in line else f"SP delta {line['sp_delta']}"
        if "sp_moved" in line and line["sp_moved"] != line.get("sp_delta"):
            said += f", moved {line['sp_moved']}"
        rows.append(f"{mark} +{line['offset']:#06x}  {line['text']:<44} {value:<16} {said}".rstrip())
    return rows


def explanation(target: str, finding: Finding) -> Explanation:
    """The code around a finding in the form of the other failures, with what its table asks for there."""
    lines: list[dict[str, Any]] = [
        {name: value for name, value in line.items() if name != "found"}
        | ({"here": True} if line.get("found") else {})
        | ({"source": f"{line['file']}:{line['line']}"} if "file" in line else {})
        for line in finding["code"]]
    at = next((line["offset"] for line in lines if line.get("here")), None)
    return {"target": target, "at": at, "progs": [], "lines": lines,
            "action": by_table(lines, at) if lines else None, "differences": [], "more": 0, "notes": []}


def stub_finding(why: str) -> Finding:
    """What measuring the stub broke off with, as a finding."""
    return {"check": STUB, "function": "runtime.asyncPreempt", "pc": 0, "offset": 0, "pcs": [], "n_pcs": 0,
            "why": why,
            "fragile": None, "code": []}
