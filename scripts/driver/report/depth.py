"""What --depth full finds beside failures: how many PCs are preemptible, which Progs the table is stricter
about than it need be, and how many pairs of signals and PCs of the stub were tried."""
from __future__ import annotations

import re
from typing import Any

Counts = dict[str, int]

# Names in a summary, by those of the probe's "case" events and of its "nested" event.
FROM_CASE = {"tried_pcs": "tried", "preemptible_pcs": "preemptible",
             "preemptible_without_restart_pcs": "without_restart",
             "preemptible_at_best_pcs": "at_best", "trials": "trials", "pairs": "pairs",
             "pairs_of": "pairs_of",
             "progress_runs": "progress"}
FROM_NESTED = {"stub_pcs": "stub_pcs", "stub_covered": "stub_covered", "stub_skipped": "stub_skipped"}
COUNTS = (*FROM_CASE, *FROM_NESTED)
SHOWN_SHAPES = 12   # of each target, in summary.md

COLUMNS = ("target", "PCs", "preemptible", "without restart", "at best", "strict PCs", "trials", "pairs",
           "of", "16 in a row",
           "stub PCs")


def shape(prog: str) -> str:
    """A Prog's operation and the kinds of its operands: "ADD $0x12345, R1, R2" is an "ADD $imm, reg, reg"."""
    operation, _, rest = prog.strip().partition(" ")
    if not re.fullmatch(r"[A-Z][A-Z0-9.]*", operation):
        return prog.strip()   # the words of a hand-written case
    operands = [_kind(one.strip()) for one in re.split(r",(?![^(]*\))", rest) if one.strip()]
    return f"{operation} {', '.join(operands)}".strip()


def _kind(operand: str) -> str:
    prefix = "$" if operand.startswith("$") else ""
    text = operand.lstrip("$")
    if text.endswith("(PC)") or re.fullmatch(r"[a-z_]\w*", text):
        return "label"
    if "(SB)" in text:
        return prefix + "sym"
    if text.startswith("(") and "," in text:
        return "pair"
    if "(" in text:
        return prefix + "mem"
    return "$imm" if prefix else "reg"


def count_strict(shapes: Counts, event: dict[str, Any]) -> None:
    """Adds a "strict" event to the counts by shape."""
    name = shape(event["prog"])
    shapes[name] = shapes.get(name, 0) + event["pcs"]


def joined_shapes(several: list[Counts]) -> Counts:
    """The counts of several parts, the largest first."""
    total: Counts = {}
    for shapes in several:
        for name, pcs in shapes.items():
            total[name] = total.get(name, 0) + pcs
    return dict(sorted(total.items(), key=lambda item: (-item[1], item[0])))


def _share(pcs: int, of: int) -> str:
    return f"{pcs} {100 * pcs / of:.1f}%" if of else "0"


def rows(total: dict[str, Any]) -> list[list[Any]]:
    """A row a target, for COLUMNS; none where the depth is not full."""
    if total.get("depth") != "full":
        return []
    return [[s["target"], s["tried_pcs"], _share(s["preemptible_pcs"], s["tried_pcs"]),
             _share(s["preemptible_without_restart_pcs"], s["tried_pcs"]),
             _share(s["preemptible_at_best_pcs"], s["tried_pcs"]), s["strict_pcs"], s["trials"], s["pairs"],
             s["pairs_of"],
             s["progress_runs"], f"{s['stub_covered']}/{s['stub_pcs']}"
             + (f" ({s['stub_skipped']} not for this CPU)" if s["stub_skipped"] else "")]
            for s in total["targets"]]


def strict_rows(total: dict[str, Any]) -> list[list[Any]]:
    """The commonest strict shapes of each target: target, shape, PCs."""
    return [[s["target"], f"`{name}`", pcs] for s in total["targets"]
            for name, pcs in list(s.get("strict_shapes", {}).items())[:SHOWN_SHAPES]]
