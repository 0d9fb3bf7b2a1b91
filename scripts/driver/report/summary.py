"""What a person reads: the final table, the first failures in detail, and summary.md."""
from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import folders
from . import console, depth, explained, shown
from .console import markdown_table, print_table, table
from .results import Summary, verdict

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

SHOWN_REASONS = 10    # of what was skipped, on the terminal
SHOWN_IN_MARKDOWN = 100

_COLUMNS = ("target", "runner", "shard", "cases", "Progs", "PCs covered", "shots", "resumed", "restarted",
            "at entry", "refused",
            "skipped", "failures", "us/shot", "s")
_FIRST_FIELDS = ("oracle", "prog", "source", "insn", "visit", "expected", "got", "blame", "why")
_HIDDEN_FIELDS = {"id", "repro", "by", "explanation", *_FIRST_FIELDS}


def _rows(total: Summary) -> list[list[Any]]:
    skips: dict[str, int] = {}
    for skip in total["skipped"]:
        skips[skip["target"]] = skips.get(skip["target"], 0) + 1
    return [[s["target"], s["runner"], s["shards"], s["cases"], s["progs"],
             f"{s['covered_pcs']}/{s['reportable_pcs']}", s["shots"],
             s["resumed"], s["restarted"], s["entry_restarted"], s["refused"], skips.get(s["target"], 0),
             s["failed"],
             f"{s['shot_us']:.1f}", f"{s['wall_s']:.1f}"] for s in total["targets"]]


def final(out: Console, total: Summary, results: Path, show: int = shown.SHOWN) -> None:
    """The table, and up to `show` failures of each target. `results`: the folder that has all of them. The
    verdict's line is the caller's, who prints it last."""
    bad = [i for i, s in enumerate(total["targets"]) if s["failed"] or s["covered_pcs"] < s["reportable_pcs"]]
    print_table(out, table(_COLUMNS, _rows(total), left=3, bad=bad))
    if depth.rows(total):
        out.print()
        print_table(out, table(depth.COLUMNS, depth.rows(total)))
    for line in (*platform_lines(total), *sp_lines(total), *boot_lines(total)):
        out.print(line, soft_wrap=True)
    _skipped(out, total)
    for line in total["missing"]:
        out.print(console.text(f"missing: {line}", style="red"))
    for target, cases in shown.by_target(total, show).items():
        for one in cases:
            for failure in one.failures:
                out.print()
                out.print(failure_text(failure), soft_wrap=True)
            if one.failures and one.left:
                out.print(f"  ... and {one.left} more of {target}/{one.case}", soft_wrap=True)
        rest = shown.left_out(total, target, cases)
        if rest:
            out.print(f"\n{rest}: see {results / 'summary.md'}, or say --show N", soft_wrap=True)


def platform_lines(total: Summary) -> list[str]:
    """What a runner does to registers over a plain signal, a line a target, and what it can't give the second
    thread; nothing for one that keeps all."""
    lines = []
    for s in total["targets"]:
        found = s.get("platform") or {}
        where = f"platform: {s['runner']} on {s['target']}"
        if found.get("broken"):
            lines.append(f"{where} does not survive a plain signal: {found['broken']}")
        if found.get("lost"):
            lines.append(f"{where} loses {', '.join(found['lost'])} over a plain signal")
        if found.get("exposed"):
            lines.append(f"{where} keeps {', '.join(found['exposed'])} over a signal only if the handler "
                         "leaves it alone")
        if found.get("thread_alike"):
            lines.append(f"{where} has no memory far from the first thread's: both thread pointers agree in "
                         f"{found['thread_alike']} of their bytes, whose loss would not be noticed")
    return lines


def sp_lines(total: Summary) -> list[str]:
    """Where oracle sp-delta had nothing to hold the table to, a line for all targets."""
    def by_target(name: str) -> str:
        return ", ".join(f"{s['target']} {s[name]}" for s in total["targets"] if s.get(name))

    why = {"sp_unknown_pcs": "SP was written with something other than a constant before them, "
                             "and no table says where it is",
           "sp_inexact_pcs": "refused, with SP between two values of the table"}
    return [f"sp-delta: not checked at these PCs ({text}): {by_target(name)}" for name,
            text in why.items() if by_target(name)]


def boot_lines(total: Summary) -> list[str]:
    """How long the guests took to boot, which is part of a target's seconds, and not of what a shot took."""
    said = [f"{s['target']} {s['boot_s']:.1f} s ({s['boots']} boot{'s' * (s['boots'] > 1)}, "
            f"{s['boot_cpu_s']:.1f} s of CPU time)" for s in total["targets"] if s.get("boots")]
    return [f"of these seconds, guests booted: {', '.join(said)}"] if said else []


def _skipped(out: Console, total: Summary) -> None:
    """How much was skipped, by reason; each one by name is in summary.md."""
    reasons: dict[str, int] = {}
    for skip in total["skipped"]:
        reasons[skip["why"]] = reasons.get(skip["why"], 0) + 1
    for why, count in sorted(reasons.items(), key=lambda item: -item[1])[:SHOWN_REASONS]:
        out.print(f"skipped {count}: {why}", soft_wrap=True)
    if len(reasons) > SHOWN_REASONS:
        out.print(f"skipped {sum(reasons.values())} in all, for {len(reasons)} reasons: see summary.md")


def failure_text(failure: dict[str, Any]) -> Text:
    """A failure in full: its id, then a field a line, the command that runs it again last."""
    text = console.text(f"FAIL {failure['id']}", style="bold red")
    target, _, rest = failure["id"].partition("/")
    case, at, place = rest.rpartition("@")
    fields: dict[str, Any] = {"target": target, "case": case if at else rest, "PC": place.partition("#")[0]}
    if not at:  # the driver's own failures have no PC
        del fields["PC"]
    fields |= {name: failure[name] for name in _FIRST_FIELDS if failure.get(name) not in (None, "")}
    fields |= {name: value for name, value in failure.items() if name not in _HIDDEN_FIELDS and value != ""}
    if "repro" in failure:
        fields["again"] = failure["repro"]
    for name, value in fields.items():
        shown = console.printable("; ".join(str(value).splitlines()))
        text.append(f"\n  {name + ':':<10} {shown}", style="not bold default")
    if failure.get("explanation"):
        text.append_text(explained.rich(failure["explanation"]))
    return text


def markdown(total: Summary) -> str:
    """summary.md: verdict, table, failures, what was skipped."""
    _, line = verdict(total)
    parts = [f"# everypc: {line}\n", f"Mode {total['mode']}, seed {total['seed']}, revision "
                                     f"`{total['revision']}`"
             + (f", cases `{total['case_selection']}`" if total["case_selection"] else "")
             + (f", system under test `{total['sut']}`" if total["sut"] else "") + ".\n",
             markdown_table(_COLUMNS, _rows(total), left=3)]
    if depth.rows(total):
        parts.append("## Preemptible PCs, pairs, the stub\n")
        parts.append(markdown_table(depth.COLUMNS, depth.rows(total)))
    if depth.strict_rows(total):
        parts.append("## Forbidden though some action loses nothing\n")
        parts.append(markdown_table(("target", "Prog", "strict PCs"), depth.strict_rows(total), left=2))
    if total["missing"]:
        parts.append("## Missing\n")
        parts.append("".join(f"- {one}\n" for one in total["missing"]))
    said = (*platform_lines(total), *sp_lines(total), *boot_lines(total))
    if said:
        parts.append("".join(f"- {one}\n" for one in said))
    if total["failures"]:
        parts.append("## Failures\n")
        shown = total["failures"][:SHOWN_IN_MARKDOWN]
        parts.append(markdown_table(("shot", "oracle", "blame", "Prog", "expected", "got", "again"),
                                    [[f"`{f['id']}`", f["oracle"], f.get("blame", ""), f.get("prog", ""),
                                      f["expected"], f["got"],
                                      f"`{f['repro']}`"] for f in shown], left=7))
        if total["failed"] > len(shown):
            parts.append(f"... and {total['failed'] - len(shown)} more in events.jsonl.\n")
        parts += [f"### `{f['id']}`\n\n```\n" + "\n".join(explained.plain(f["explanation"])) + "\n```\n"
                  for f in shown if f.get("explanation")]
    if total["skipped"]:
        parts.append("## Skipped\n")
        shown = total["skipped"][:SHOWN_IN_MARKDOWN]
        parts.append(markdown_table(("target", "what", "why"),
                                    [[s["target"], s["what"], s["why"]] for s in shown], left=3))
        if len(total["skipped"]) > len(shown):
            parts.append(f"... and {len(total['skipped']) - len(shown)} more in summary.json.\n")
    return "\n".join(parts)


def write_markdown(path: Path, total: Summary) -> None:
    folders.write_text(path, markdown(total))
