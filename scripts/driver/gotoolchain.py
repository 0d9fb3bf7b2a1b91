"""check-go on a toolchain: the programs that it builds for each target are checked, and the tree's cases are assembled with its
own assembler and compared with ours."""
from __future__ import annotations

import fnmatch
from pathlib import Path
from typing import Any

from . import children, gobuild, gocheck, goprogs, goresults, gotool, mutants, results, setup, targets
from .targets import words

REASONS = Path("cases/go/toolchains.tsv")
COLUMNS = ("targets", "what", "shape", "versions", "why")


def check_toolchain(given: str | None, arch: str | None, programs: list[str], options: gocheck.Options,
                    stop: children.StopRequest) -> tuple[int, str]:
    """Builds and checks; returns the exit code and the last line. `given`: the toolchain's GOROOT, None for the installed one."""
    chosen_programs = gobuild.choose(programs)
    session = gocheck.begin(options, stop)
    chosen = targets.select(list(session.targets.values()), arch)
    goroot = gobuild.goroot(session.root, given, stop, options.setup)
    version = goprogs.version(goroot, stop)
    setup.ensure(session.root, chosen, "qemu", stop, options.setup)
    reasons = mutants.read_rows(session.root / REASONS, COLUMNS)
    from . import goprogress, report   # need rich, which setup may just have installed
    out = report.console(to_stderr=options.json)
    out.print(f"{version} in {goroot}", soft_wrap=True)
    progs = []
    for target in chosen:
        for name in chosen_programs:
            with goprogress.Bar(out, f"{target.name} {name}") as bar:
                bar.note("building")
                path = gobuild.program(session.root, target, goroot, name, options.jobs, stop)
                gocheck.add(session, gotool.info(session.root, stop, path), bar)
        with goprogress.Bar(out, f"{target.name} Progs") as bar:
            bar.note("assembling")
            found = goprogs.compare(session.root, target, goroot, options.jobs, stop)
            progs.append(explain(goprogs.as_dict(found), reasons))
            results.write_json(options.results / goresults.FOLDER / f"{target.name}-progs.json", progs[-1])
    return gocheck.finish(session, progs)


def explain(found: dict[str, Any], reasons: list[dict[str, str]]) -> dict[str, Any]:
    """Adds to each difference the reason that is known for it, or ""."""
    for one in found["differences"]:
        one["why"] = next((row["why"] for row in reasons if _explains(row, found, one)), "")
    return found


def _explains(row: dict[str, str], found: dict[str, Any], one: dict[str, Any]) -> bool:
    return (row["what"] == one["what"] and any(fnmatch.fnmatchcase(found["target"], glob) for glob in words(row["targets"]))
            and fnmatch.fnmatchcase(one["shape"], row["shape"].replace("[", "[[]"))
            and any(fnmatch.fnmatchcase(found["go"], glob) for glob in words(row["versions"])))
