"""What a run under fire says at its end: on standard error, and as JSON, Markdown and JUnit."""
from __future__ import annotations

import signal
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import folders
from ..report import console, explained, junit
from ..report.results import count
from . import counting, program
from .plan import LivePlan
from .shots import ORACLES, Shots
from .verdict import Failure, Run

if TYPE_CHECKING:
    from rich.text import Text

JSON, MARKDOWN, JUNIT = "live.json", "live.md", "junit.xml"
COLUMNS = ("function", "PCs", "executed", "fired", "injected", "resumed", "refused", "refused, allowed",
           "not compared", "failed")
# where a plain signal was fired
PLAIN_COLUMNS = ("function", "PCs", "executed", "fired", "handled", "failed")
_SHOWN = 20


def rows(plan: LivePlan, shots: Shots) -> list[dict[str, Any]]:
    """One for each function, those with failures and with the most PCs executed first."""
    by_function: dict[int, list[Any]] = {}
    for pc in shots.pcs:
        by_function.setdefault(pc.function, []).append(pc)
    found = [_row(plan.functions[number].name, plan.functions[number].filter, pcs)
             for number, pcs in by_function.items()]
    return sorted(found, key=lambda row: (-row["failed"], -row["executed"], row["function"]))


def _row(name: str, why: str, pcs: list[Any]) -> dict[str, Any]:
    def n(*outcomes: str) -> int:
        return sum(pc.outcome in outcomes for pc in pcs)

    return {"function": name, "filter": why, "pcs": len(pcs), "executed": len(pcs) - n("not reached"),
            "fired": n("fired", "refused", "injected", "resumed", "entered", "handled"),
            "handled": n("handled"), "injected": n("injected", "resumed"),
            "resumed": n("resumed"), "refused": n("refused"),
            "refused_though_allowed": sum(pc.outcome == "refused" and pc.allowed for pc in pcs),
            "not_compared": sum(pc.uncompared for pc in pcs), "failed": sum(pc.wrong != 0 for pc in pcs)}


def as_dict(run: Run, failures: list[Failure], inside: tuple[str, ...]) -> dict[str, Any]:
    """Of failures whose difference was not kept there is the number alone."""
    plan, shots = run.plan, run.shots
    table = rows(plan, shots)
    unlisted = shots.head["n_differences"] - len(shots.differences)
    return {"schema": 1, "program": str(plan.program), "arguments": run.words[1:], "target": plan.target.name,
            "go": plan.version, "runner": plan.runner, "inside": list(inside), "signal": run.signal,
            "foreign_functions": plan.foreign, "reserved_functions": plan.reserved,
            "big_endian": plan.big_endian,
            "status": run.with_shots.status, "hung": run.with_shots.hung,
            "interrupted": run.with_shots.interrupted, "told_to_end": run.with_shots.told,
            "told_without": run.without is not None and run.without.told,
            "status_without": run.without.status if run.without else None,
            "output_compared": (run.without is not None and run.steady and not run.without.told
                                and not run.with_shots.told),
            "wall_s": round(run.with_shots.wall_s, 3),
            "wall_without_s": round(run.without.wall_s, 3) if run.without else None,
            "pcs": len(shots.pcs), "executed": sum(row["executed"] for row in table),
            "refused_though_allowed": sum(row["refused_though_allowed"] for row in table),
            "refused_why": dict(Counter(pc.why_refused for pc in shots.pcs if pc.outcome == "refused")),
            **shots.counts, **counting.counts(shots), "left_out": plan.left_out, "functions": table,
            "failed": len(failures) + unlisted, "not_listed": unlisted,
            "failed_by_oracle": dict(shots.wrong + Counter(
                one.oracle for one in failures if one.oracle not in ORACLES.values())),
            "failures": [one.as_dict() for one in failures]}


def write(folder: Path, result: dict[str, Any]) -> None:
    folders.write_json(folder / JSON, result)
    folders.write_text(folder / MARKDOWN, markdown(result))
    suite = ET.Element("testsuite", name=f"{result['target']} {Path(result['program']).name}",
                       time=f"{result['wall_s']:.3f}")
    by_function: dict[str, list[dict[str, Any]]] = {}
    for one in result["failures"]:
        by_function.setdefault(one.get("function", "").rpartition("+")[0], []).append(one)
    for row in result["functions"]:
        if row["executed"]:
            junit.testcase(suite, result["target"], row["function"], by_function.pop(row["function"], []), [])
    for name, rest in by_function.items():
        junit.testcase(suite, result["target"], name or "the program's end", rest, [])
    junit.write(folder / JUNIT, [junit.counted(suite)])


def markdown(result: dict[str, Any]) -> str:
    cells = [_cells(row, result) for row in result["functions"] if row["executed"]]
    what = f"{Path(result['program']).name} on {result['target']}, {result['go'] or 'not a Go program'}"
    lines = [f"# {what}\n",
             summary(result) + "\n", console.markdown_table(_columns(result), cells)]
    if result["failures"]:
        texts = ["\n".join(failure_text(one)) for one in result["failures"]]
        more = more_failures(result, len(texts))
        lines += ["## Failures\n", "```", *texts, *([more] if more else []), "```\n"]
    return "\n".join(lines)


def _columns(result: dict[str, Any]) -> tuple[str, ...]:
    return PLAIN_COLUMNS if result["signal"] else COLUMNS


def _cells(row: dict[str, Any], result: dict[str, Any]) -> list[Any]:
    if result["signal"]:
        return [row["function"], row["pcs"], row["executed"], row["fired"], row["handled"], row["failed"]]
    return [row["function"], row["pcs"], row["executed"], row["fired"], row["injected"], row["resumed"],
            row["refused"], row["refused_though_allowed"], row["not_compared"], row["failed"]]


def summary(result: dict[str, Any]) -> str:
    """The last line, as the other commands have it."""
    what = f"{count(result['fired'], 'shot')} at {result['executed']} of {count(result['pcs'], 'PC')}, "
    what += (f"{result['handled']} handled" if result["signal"] else
             f"{result['injected']} injected, {result['resumed']} resumed, {result['refused']} refused")
    if result["told_to_end"]:
        what += "; it was told to end when the budget was over (SIGTERM)"
        if result["status"] == -signal.SIGKILL:
            what += f", and killed {program.GRACE_S:g} s later"
    if result["failed"]:
        by = ", ".join(f"{n} {oracle}" for oracle, n in sorted(result["failed_by_oracle"].items()))
        return f"failed: {count(result['failed'], 'failure')} ({by}); {what}"
    if result["interrupted"]:
        return f"failed: interrupted; {what}"
    if not result["fired"]:
        return f"failed: nothing was fired; {what}"
    return f"passed: {what}"


def limits(result: dict[str, Any]) -> list[str]:
    """What was not looked at, a line each."""
    left = {"PCs were not executed": result["pcs"] - result["executed"],
            "shots came " + ("where the signal had no handler, and were not sent" if result["signal"]
                             else "before the runtime took signals"): result["too_early"],
            "handlers did not return: they left by a jump, or the program ended in them":
                result["entered"] - result["handled"],
            "functions are in another instruction set, and have no shot": result["foreign_functions"],
            "shots came where the program blocks the signal": result["blocked"],
            "visits could not be waited for, since too many were at once or control went where no trap was":
                result["visits_lost"],
            "calls came back behind another goroutine, and were not compared": result["uncompared"],
            "calls did not come back before the program's end":
                result["injected"] - result["resumed"] - result["uncompared"],
            "stacks were not followed to their end": result["not_unwound"],
            "shots the runtime refused though the tables allow them (no room on the stack, or it was busy)":
                result["refused_though_allowed"],
            f"PCs were executed {counting.AT_MOST} times or more: that visit was taken for the last":
                result["last_cut"],
            "PCs had fewer visits than in the run that counted them, and no shot at the last":
                result["last_missed"],
            "PCs were executed again behind the visit that was the last one in the run that counted":
                result["last_came_again"],
            "PCs came to something else than in the run before, with the same arguments: the program does "
            "not run the same way each time": result.get("changed") or 0,
            "calls had no room on the stack for what is called inside": result["no_room"],
            "tracebacks were not compared to their end, or found wrong":
                result["tracebacks"] - result["traced"],
            "calls were gone on with by the same thread": _kept(result),
            **{f"instructions have no shot: {why}": n for why, n in result["left_out"].items()}}
    lines = [f"{n} {what}" for what, n in left.items() if n > 0]
    lines += [f"{name} has no shot: {why}" for name, why in result["reserved_functions"].items()]
    if not result["output_compared"]:
        lines.append("the program's output was not compared" + (
            ": without shots it did not end within the budget, either" if result["told_without"] else
            ": it was told to end" if result["told_to_end"] else
            "" if result["status_without"] is None else ": it differs from run to run without shots, too"))
    return lines


def _kept(result: dict[str, Any]) -> int:
    return int(result["threads_kept"]) if "thread" in result["inside"] else 0


def _inside(result: dict[str, Any]) -> list[str]:
    """What was done inside the calls, in numbers."""
    said = {"traceback": f"{count(result['traced'], 'traceback')} compared to the end",
            "gc": count(result["collections"], "collection"),
            "move": f"{count(result['moved'], 'stack')} moved, of {result['moves_asked']} asked to",
            "thread": f"{result['threads_changed']} of {result['threads_changed'] + result['threads_kept']} "
                      "calls gone on with by another thread"}
    return [said[name] for name in result["inside"] if name in said]


def failure_text(one: dict[str, Any]) -> list[str]:
    """A failure in full, without colour."""
    drawn = explained.plain(one["explanation"]) if one.get("explanation") else []
    return [*_head(one), *(f"  {line}" for line in drawn), *_tail(one)]


def _head(one: dict[str, Any]) -> list[str]:
    return [f"FAIL {one['id']}", *(f"  {name + ':':<10} {one[name]}"
                                   for name in ("oracle", "expected", "got", "again") if one.get(name))]


def _tail(one: dict[str, Any]) -> list[str]:
    lines: list[str] = []
    for name in ("said", "suspects"):
        if one.get(name):
            lines += [f"  {name}:", *(f"    {line}" for line in one[name])]
    return lines


def failure_rich(one: dict[str, Any], to_stderr: bool) -> Text:
    """The same for a console."""
    title, *head = _head(one)
    text = console.text(title, style="bold red")
    text.append("".join(f"\n{line}" for line in head), style="not bold default")
    if one.get("explanation"):
        text.append_text(explained.rich(one["explanation"], to_stderr=to_stderr))
    return text.append("".join(f"\n{line}" for line in _tail(one)), style="not bold default")


def more_failures(result: dict[str, Any], shown: int) -> str:
    """How many there are besides those shown, or ""."""
    left = result["failed"] - min(shown, len(result["failures"]))
    if not left:
        return ""
    of = f", {result['not_listed']} of them without details" if result["not_listed"] else ""
    return f"... and {count(left, 'failure')} more{of}"


def show(result: dict[str, Any], to: Path) -> None:
    """On standard error."""
    out = console.console(to_stderr=True)
    table = [_cells(row, result) for row in result["functions"] if row["executed"]]
    console.print_table(out, console.table(_columns(result), table[:_SHOWN],
                                           bad=[i for i, row in enumerate(table[:_SHOWN]) if row[-1]]))
    if len(table) > _SHOWN:
        out.print(f"... and {len(table) - _SHOWN} functions more: {to / MARKDOWN}", soft_wrap=True)
    if done := _inside(result):
        out.print("inside: " + "; ".join(done), soft_wrap=True)
    for line in limits(result):
        out.print(f"note: {line}", soft_wrap=True)
    for one in result["failures"][:_SHOWN]:
        out.print(failure_rich(one, to_stderr=True), soft_wrap=True)
    if more := more_failures(result, _SHOWN):
        out.print(f"{more}: {to / JSON}" if len(result["failures"]) > _SHOWN else more, soft_wrap=True)
    out.print(f"{summary(result)}; see {to / JSON}", soft_wrap=True)
