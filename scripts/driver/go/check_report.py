"""What a person reads of check-go: the findings in full, the table of binaries, go-summary.md."""
from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import folders
from ..report import console, explained
from ..report.console import markdown_table
from . import findings, groups, unchecked
from .findings import Finding
from .groups import Group
from .records import FRAGILE, INCOMPLETE, MARKDOWN, STATES, Checked, Summary, verdict
from .triage import FALSE, KNOWN, NEW

if TYPE_CHECKING:
    from rich.text import Text

SHOWN = 10              # kinds of new violations in full on the terminal; of known ones half as many
SHOWN_IN_MARKDOWN = 50
SHOWN_DIFFERENCES = 5   # Prog shapes of each target on the terminal
_PC_KINDS = ("safe", "unsafe", "restart", "restart_at_entry")
_COLUMNS = ("binary", "go", "functions", "instructions", "safe", "unsafe", "restart", "at entry",
            "filtered PCs", *STATES,
            "incomplete", "s")
_PARTS = re.compile(r"(.*?)(\d*)(\D*)$")   # of a register's name: "v31" is "v", "31", ""
_TITLES = {NEW: "VIOLATION", KNOWN: "KNOWN VIOLATION", FALSE: "FALSE ALARM", FRAGILE: "FRAGILE"}


def _rows(total: Summary) -> list[list[Any]]:
    rows = []
    for one in total["binaries"]:
        pcs = one.get("pcs", {})
        n = sum(pcs.get(kind, 0) for kind in _PC_KINDS)
        shares = [f"{pcs.get(kind, 0) / n:.1%}" if n else "-" for kind in _PC_KINDS]
        rows.append([one["name"], one["go"] or "?", one.get("functions", 0), one.get("instructions", 0),
                     *shares, pcs.get("filtered", 0),
                     *(one[state] for state in STATES), one[INCOMPLETE], f"{one['wall_s']:.1f}"])
    return rows


_PROG_COLUMNS = ("target", "assembler", "Progs", "refused by Go", "relocated", "same bytes", "but literals",
                 "share", "same marks", "ours stricter",
                 "differ by shape", "unexplained")


def _prog_rows(total: Summary) -> list[list[Any]]:
    return [[p["target"], p["go"], p["progs"], p["refused"], p["relocated"], p["same_bytes"], p["literals"],
             f"{p['share']:.1%}" if p["share"] is not None else "-", p["same_marks"], p["stricter"],
             len(p["differences"]),
             sum(not d["why"] for d in p["differences"])] for p in total["progs"]]


def _differences(total: Summary, limit: int) -> list[list[Any]]:
    """Of each target so many, those that nothing explains first."""
    return [[p["target"], d["what"], d["shape"], d["progs"], d["examples"][0]["prog"], d["examples"][0]["go"],
             d["examples"][0]["ours"],
             d["why"] or "no reason is known"]
            for p in total["progs"] for d in sorted(p["differences"], key=lambda d: bool(d["why"]))[:limit]]


def notes(total: Summary) -> list[str]:
    """What limits the verdict, a line each."""
    lines = []
    for one in total["binaries"]:
        lines += [f"{one['name']}: skipped {check}: {why}" for check, why in one["left_out"].items()]
        lines += unchecked.notes(one["name"], one["unchecked_functions"], one[INCOMPLETE],
                                 one.get("preemptible_functions", 0))
        lines += _harvested(one)
        if one.get("live"):
            lines.append(f"{one['name']}: fired at while it ran, its violations were "
                         + ", ".join(f"{n} {verdict}" for verdict, n in sorted(one["live"].items())))
        if one["lost"]:
            kept = f"; keeps {one['kept_below']} bytes below SP" if one["kept_below"] else ""
            here = ", as measured on this machine's CPU" if one.get("stub_measured_here") else ""
            lines.append(f"{one['name']}: its injected call loses {ranges(one['lost'])}{kept}{here}")
        if one.get("stub_settings"):
            lines.append(f"{one['name']}: its injected call asks what the CPU has: {one['stub_settings']}; "
                         "clobber counts the last one that was measured or read")
        if one.get("stub_read"):
            lines.append(f"{one['name']}: what becomes of {ranges(one['stub_read'])} was read in its stub, "
                         "not executed: no CPU here has them")
        if one.get("stub_unread"):
            lines.append(f"{one['name']}: not known: what becomes of {one['stub_unread']}")
    lines += [f"triage.tsv:{row['line']}: matched nothing here: {row['check']} on {row['targets']}: "
              f"{row['argument']}"
              for row in total["stale_triage"]]
    return lines


def _harvested(one: Summary) -> list[str]:
    h = one.get("harvest")
    if not h:
        return []
    kinds = ", ".join(f"{k['cases']} of {k['shapes']} {name}" for name, k in h["kinds"].items())
    ran = (f": {h['shots']} shots, {h['trials']} trials, {h['pairs']} pairs at {h['covered_pcs']} PCs, "
           f"{h['failed']} failures" if h.get("cases") else "")
    skipped = f", {h['skipped']} without a state that they can run from" if h.get("skipped") else ""
    return [f"{one['name']}: ran its own sequences ({kinds}){ran}{skipped}"]


def ranges(names: list[str]) -> str:
    """Registers, neighbours joined: "x18, x27, fpcr, v0-31"."""
    files: dict[tuple[str, str], list[int]] = {}
    for name in names:
        stem, number, rest = _PARTS.findall(name)[0]
        files.setdefault((stem, rest), []).append(int(number) if number else -1)
    shown = []
    for (stem, rest), numbers in files.items():
        for _, run in itertools.groupby(enumerate(numbers), lambda pair: pair[1] - pair[0]):
            first, *others = [number for _, number in run]
            last = f"-{others[-1]}" if others else ""
            shown.append(f"{stem}{first if first >= 0 else ''}{last}{rest}")
    return ", ".join(shown)


def _shown(checked: list[Checked], limits: dict[str, int]) -> Iterator[tuple[Checked, Group]]:
    """The kinds of findings to print, of each state up to its limit."""
    for state, limit in limits.items():
        some = [(done, group) for done in checked for group in done.groups if group["state"] == state]
        yield from some[:limit]


def finding_text(done: Checked, finding: Finding, kind: str = "") -> Text:
    """A finding in full: what and where, how many there are of its kind, why it matters, the code around
    it."""
    state = finding["state"]
    text = console.text(f"{_TITLES[state]} {finding['check']} {findings.place(finding)} in {done.name}",
                style="bold red" if state == NEW else "bold yellow")
    pcs = " ".join(f"{pc:#x}" for pc in finding["pcs"][:8]) + (" ..." if finding["n_pcs"] > 8 else "")
    fields = {"kind": kind, "PC": pcs, "register": finding.get("register", ""), "why": finding["why"],
              "live": finding.get("live", {}).get("text", ""),
              "protected" if state == FRAGILE else "triage": finding["argument"]}
    for name, value in fields.items():
        if value:
            text.append(f"\n  {name + ':':<10} {_clean(value)}", style="not bold default")
    return text.append_text(explained.rich(findings.explanation(done.info.target, finding)))


def _clean(text: str) -> str:
    return "".join(c if c.isprintable() else "?" for c in text)


def show(checked: list[Checked], total: Summary, to_stderr: bool = False) -> None:
    """The table, what limits it, and the first findings. The verdict's line is the caller's, who prints it
    last."""
    out = console.console(to_stderr)
    bad = [i for i, one in enumerate(total["binaries"]) if one[NEW]]
    console.print_table(out, console.table(_COLUMNS, _rows(total), left=2, bad=bad))
    for line in notes(total):
        out.print(line, soft_wrap=True)
    if total["progs"]:
        out.print()
        console.print_table(out, console.table(_PROG_COLUMNS, _prog_rows(total), left=2))
    for target, what, shape, n, prog, go, ours, why in _differences(total, SHOWN_DIFFERENCES):
        out.print(f"{target} {what}: {n} of {shape}: {prog}: Go {go}, ours {ours} ({why})", soft_wrap=True)
    limits = {FRAGILE: SHOWN_IN_MARKDOWN, FALSE: 0, KNOWN: SHOWN // 2, NEW: SHOWN}
    for done, group in _shown(checked, limits):
        out.print()
        out.print(finding_text(done, group["finding"], groups.text(group)), soft_wrap=True)
    kinds = sum(group["state"] == NEW for done in checked for group in done.groups)
    if kinds > SHOWN:
        out.print(f"\n... and {kinds - SHOWN} more kinds of new violations in the binaries' findings.jsonl")


def write_markdown(folder: Path, checked: list[Checked], total: Summary) -> None:
    _, line = verdict(total)
    parts = [f"# everypc: {line}\n", f"Revision `{total['revision']}`.\n",
             markdown_table(_COLUMNS, _rows(total), left=2)]
    if notes(total):
        parts.append("".join(f"- {_clean(note)}\n" for note in notes(total)))
    if total["progs"]:
        parts.append("## The toolchain's assembler and ours\n")
        parts.append(markdown_table(_PROG_COLUMNS, _prog_rows(total), left=2))
        parts.append(markdown_table(("target", "what", "shape", "Progs", "example", "Go", "ours", "why"),
                                    _differences(total, SHOWN_IN_MARKDOWN), left=3))
        parts.append("".join(f"- {p['target']}: Go refuses {n}: {why}\n" for p in total["progs"] for why,
                             n in p["refusals"].items()))
    for state, title in ((NEW, "New violations"), (KNOWN, "Known violations"), (FALSE, "Known false alarms"),
                         (FRAGILE, "Fragile")):
        some = list(_shown(checked, {state: SHOWN_IN_MARKDOWN}))
        if some:
            parts.append(f"## {title}\n")
        for done, group in some:
            finding, kind = group["finding"], groups.text(group)
            drawn = explained.plain(findings.explanation(done.info.target, finding))
            code = "\n".join(_clean(line) for line in drawn)
            parts.append(f"### {finding['check']} `{_clean(findings.place(finding))}` in "
                         f"{done.name}\n\n{_clean(finding['why'])}\n"
                         + (f"\n{_clean(kind)}\n" if kind else "")
                         + (f"\nLive: {_clean(finding['live']['text'])}\n" if "live" in finding else "")
                         + (f"\n{finding['argument']}\n" if finding["argument"] else "")
                         + f"\n```\n{code}\n```\n")
    folders.write_text(folder / MARKDOWN, "\n".join(parts))
