"""What a person reads of compare-go: on the terminal, and in go-compare.md."""
from __future__ import annotations

from typing import Any

from ..report import console
from ..report.console import markdown_table
from . import findings
from .check_report import ranges
from .compare import KINDS, Counts, preemptible

SHOWN, SHOWN_IN_MARKDOWN = 10, 100
_SIDES = ("binary", "go", "functions", *KINDS, "preemptible", "new", "known", "false", "fragile")
_FUNCTIONS = ("function", "compared", "change", "gained", "lost", "other action",
              "preemptible in A", "in B")
_SHAPES = ("shape", "preemptible in A", "in B", "PCs in A", "in B", "at stake")


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{value:.1%}"


def _sides(total: dict[str, Any]) -> list[list[Any]]:
    return [[one["name"], one["go"] or "?", one["functions"], *(one["pcs"][kind] for kind in KINDS),
             _percent(one["share"]),
             one["new"], one["known"], one["false"], one["fragile"]] for one in (total["a"], total["b"])]


def _of(pcs: Counts) -> str:
    return f"{preemptible(pcs)}/{sum(pcs.values())}"


def _functions(total: dict[str, Any], limit: int) -> list[list[Any]]:
    return [[f["name"], f["how"], f"{f['share_change']:+.1%}", f["gained"], f["lost"], f["other_action"],
             _of(f["a"]), _of(f["b"])]
            for f in total["changed"][:limit]]


def _shapes(total: dict[str, Any], limit: int) -> list[list[Any]]:
    return [[s["code"], _percent(s["share_a"]), _percent(s["share_b"]), sum(s["a"].values()),
             sum(s["b"].values()), s["at_stake"]]
            for s in total["shapes"][:limit]]


def _notes(total: dict[str, Any]) -> list[str]:
    lines = [f"functions: {total['same']} alike, {len(total['changed'])} changed, {len(total['only_in_a'])} "
             "only in A, "
             f"{len(total['only_in_b'])} only in B"]
    lost_a, lost_b = set(total["a"]["lost"]), set(total["b"]["lost"])
    if lost_a != lost_b:
        lines.append(f"the injected call loses in A only: {ranges(sorted(lost_a - lost_b)) or 'nothing'}; in "
                     "B only: "
                     f"{ranges(sorted(lost_b - lost_a)) or 'nothing'}")
    lines += [f"{one['name']}: skipped {check}: {why}" for one in (total["a"], total["b"]) for check,
              why in one["left_out"].items()]
    return lines


def show(total: dict[str, Any], to_stderr: bool = False) -> None:
    """The tables and the findings. The verdict's line is the caller's."""
    out = console.console(to_stderr)
    console.print_table(out, console.table(_SIDES, _sides(total), left=2))
    for line in _notes(total):
        out.print(line, soft_wrap=True)
    for columns, rows, left in ((_SHAPES, _shapes(total, SHOWN), 1),
                                (_FUNCTIONS, _functions(total, SHOWN), 2)):
        if rows:
            out.print()
            console.print_table(out, console.table(columns, rows, left=left))
    for title, some in (("GONE", total["gone_findings"]), ("NEW", total["new_findings"])):
        for finding in some[:SHOWN]:
            out.print()
            out.print(f"{title} {finding['check']} {findings.place(finding)}: {finding['why']}",
                      soft_wrap=True)
            for line in findings.code_lines(finding):
                out.print(f"    {line}", soft_wrap=True)


def markdown(total: dict[str, Any], line: str) -> str:
    parts = [f"# everypc: {line}\n", f"A is `{total['a']['binary']}`, B is `{total['b']['binary']}`.\n",
             markdown_table(_SIDES, _sides(total), left=2), "".join(f"- {note}\n" for note in _notes(total))]
    for title, columns, rows, left in (("Shapes", _SHAPES, _shapes(total, SHOWN_IN_MARKDOWN), 1),
                                       ("Functions", _FUNCTIONS, _functions(total, SHOWN_IN_MARKDOWN), 2)):
        if rows:
            parts += [f"## {title}\n", markdown_table(columns, rows, left=left)]
    for title, some in (("New findings", total["new_findings"]), ("Gone", total["gone_findings"])):
        if some:
            parts += [f"## {title}\n", *(f"### {f['check']} `{findings.place(f)}`\n\n{f['why']}\n\n```\n"
                                         + "\n".join(findings.code_lines(f)) + "\n```\n"
                                         for f in some[:SHOWN_IN_MARKDOWN])]
    return "\n".join(parts)
