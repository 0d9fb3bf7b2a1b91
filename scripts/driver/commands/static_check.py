"""What `everypc check --static` does: the static check of cases, alone or beside their execution."""
from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import folders
from ..context import Context
from ..errors import FAILED, PASSED
from ..go import findings, static, tool
from ..go.static import Checked, Disagreement
from ..probe import events, runs
from ..probe.prepare import Prepared, RunOptions
from ..report import console, results
from ..report.results import count
from .arguments import Result

if TYPE_CHECKING:
    from rich.console import Console

ALONE, TOO = "alone", "too"
FILE = "static.json"
COLUMNS = ("target", "cases", "instructions", "safe", "unsafe", "restart", "at entry", "findings",
           "documented", "not followed", "ms")
_PC_KINDS = ("safe", "unsafe", "restart", "restart_at_entry")


def run(context: Context, prepared: Prepared, options: RunOptions, show: int,
        executed: int | None = None) -> Result:
    """Checks the cases of the built probes. `executed`: so many of them were executed, too, and both must say
    the same; without, a finding fails."""
    beside = executed is not None
    tool.build(context)
    known = static.Known(context.root)
    out = console.console(to_stderr=context.as_json)
    checked = [static.check(context, known, plan.target.name, plan.probe, plan.glob)
               for plan in prepared.plans]
    failed = {one.target: _failing(options.results / one.target) for one in checked} if beside else {}
    apart = [each for one in checked if beside for each in static.compare(known, one, failed[one.target])]
    console.print_table(out, console.table(COLUMNS, [_row(one) for one in checked],
                                           bad=[k for k, one in enumerate(checked) if one.findings]))
    if beside:
        _print_apart(out, apart)
    else:
        _print_findings(out, checked, show)
    total = {"schema": 1, "beside": beside, "targets": [_as_dict(one) for one in checked],
             "disagreements": [vars(one) for one in apart]}
    folders.write_json(options.results / FILE, total)
    if executed is not None:
        both = sum(static.agreed(one, failed[one.target]) for one in checked)
        return _verdict_beside(checked, apart, executed, both)
    if context.as_json:
        results.print_json(total)
    return _verdict(checked, options.results)


def _failing(folder: Path) -> dict[str, list[str]]:
    return static.failing(events.read(folder / runs.EVENTS))


def _row(one: Checked) -> list[Any]:
    said = one.summary
    unknown = sum(u["reached"] for u in said["unknown"]) + said["sp_unknown"]
    return [one.target, said["cases"], said["instructions"], *(said["pcs"][kind] for kind in _PC_KINDS),
            len(one.findings), len(one.documented), unknown, f"{said['seconds'] * 1000:.0f}"]


def _print_findings(out: Console, checked: list[Checked], show: int) -> None:
    for one in checked:
        for finding in one.findings[:show]:
            out.print()
            out.print(console.text(f"FAIL {one.target}/{findings.place(finding)}", style="bold red"),
                      soft_wrap=True)
            for line in _lines(finding):
                out.print(f"  {line}", soft_wrap=True)
        if len(one.findings) > show:
            out.print(f"... and {len(one.findings) - show} more on {one.target}: say --show N")


def _lines(finding: findings.Finding) -> list[str]:
    return [f"check:     {finding['check']}", f"prog:      {finding['prog']}",
            f"source:    {finding['source']}", f"why:       {finding['why']}", "code:",
            *(f"  {line}" for line in findings.code_lines(finding))]


def _print_apart(out: Console, apart: list[Disagreement]) -> None:
    for one in apart:
        out.print(f"DISAGREE {one.target}/{one.case}: the static check finds {one.static or 'nothing'}, "
                  f"execution fails in {one.execution or 'nothing'}", soft_wrap=True)


def _as_dict(one: Checked) -> dict[str, Any]:
    return {**one.summary, "findings": one.findings,
            "documented": [{"case": f["function"], "check": f["check"], "why": row["why"]}
                           for f, row in one.documented]}


def _verdict(checked: list[Checked], folder: Path) -> Result:
    found = sum(len(one.findings) for one in checked)
    cases = sum(one.summary["cases"] for one in checked)
    if found:
        return FAILED, f"failed: {count(found, 'finding')} of the static check; see {folder / FILE}"
    documented = sum(len(one.documented) for one in checked)
    return PASSED, (f"passed: {count(len(checked), 'target')}, {count(cases, 'case')} statically sound, "
                    f"{documented} documented by {static.FILE}")


def _verdict_beside(checked: list[Checked], apart: list[Disagreement], executed: int, both: int) -> Result:
    if apart:
        return FAILED, (f"failed: {count(len(apart), 'disagreement')} of the static check and execution: "
                        f"one of the two is wrong, or {static.FILE} has to say why it can't see that")
    cases = sum(one.summary["cases"] for one in checked)
    return PASSED, (f"passed: the static check and execution agree: {count(cases, 'case')} checked, "
                    f"{executed} executed, {both} wrong for both")
