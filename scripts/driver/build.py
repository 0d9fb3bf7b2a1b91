"""Builds the probes, all targets at once, and tells a fault in a case file (the user's) from one in the tree."""
from __future__ import annotations

import hashlib
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from . import children, make, setup
from .casefiles import SUFFIXES, Selection
from .errors import BuildError, DriverError, Interrupted, SetupError, UsageError
from .targets import Target

_GRAVEST = [Interrupted, UsageError, SetupError, BuildError]   # which one to tell of, when targets fail differently
_POSITION = re.compile(r"(?P<file>[^\s:][^:]*):(?:\d+:){0,2}\s*(?P<reason>.+)")


@dataclass(frozen=True)
class Recipe:
    """What goes into a probe."""

    seed: int
    cases: Selection
    sut: Path | None = None
    mutants: bool = False   # the probe that is linked with harness/mutants

    @property
    def binary(self) -> str:
        return "mutants" if self.mutants else "probe"

    def out(self, root: Path, target: Target) -> Path:
        """The probe's build folder: one for each seed, selection of files and system under test."""
        name = self.cases.folder(root, self.seed)
        if self.sut is not None:
            name += "-sut-" + hashlib.sha256(str(self.sut).encode()).hexdigest()[:12]
        return Path("build") / target.name / (name + ("-mutants" if self.mutants else ""))

    def make_args(self, root: Path, target: Target) -> list[str]:
        args = ["mutants-probe" if self.mutants else "probe", f"TARGET={target.name}", f"OUT={self.out(root, target)}", f"SEED={self.seed}"]
        args += ["MUTANTS=1"] if self.mutants else []
        return args + ([f"SUT={self.sut}"] if self.sut else []) + self.cases.make_args(root)


def probes(root: Path, chosen: list[Target], recipe: Recipe, jobs: int, stop: children.StopRequest) -> dict[str, Path]:
    """The probe of each target, built where something changed. Raises the gravest error when one does not build."""
    _host_tool(root, chosen, recipe, jobs, stop)
    inner = max(1, jobs // len(chosen))
    with ThreadPoolExecutor(max_workers=jobs) as pool:
        futures = [pool.submit(_one, root, target, recipe, inner, stop) for target in chosen]
    errors = [error for error in (future.exception() for future in futures) if error is not None]
    for error in errors:
        if not isinstance(error, DriverError):
            raise error
    if errors:
        kind = min((type(error) for error in errors), key=_GRAVEST.index)
        raise kind("\n".join(dict.fromkeys(str(error) for error in errors if type(error) is kind)))
    return {target.name: future.result() for target, future in zip(chosen, futures)}


def _host_tool(root: Path, chosen: list[Target], recipe: Recipe, jobs: int, stop: children.StopRequest) -> None:
    """Built once beforehand: two makes at the same time would write the same files. Marks under test make it another
    tool for each architecture."""
    own_marks = recipe.sut is not None and (recipe.sut / "marks.c").exists()
    by_arch = {target.arch: target.name for target in chosen}
    for args in [[f"SUT={recipe.sut}", f"TARGET={name}"] for name in by_arch.values()] if own_marks else [[]]:
        done = make.run(root, stop, "host", *args, merge=True, jobs=jobs)
        if done.status != 0:
            fail(root, write_log(root, "host", done.out), done.out, None, chosen)


def _one(root: Path, target: Target, recipe: Recipe, jobs: int, stop: children.StopRequest) -> Path:
    done = make.run(root, stop, *recipe.make_args(root, target), merge=True, jobs=jobs)
    log = write_log(root, target.name, done.out)
    if done.status != 0:
        fail(root, log, done.out, recipe.cases, [target])
    probe = root / recipe.out(root, target) / recipe.binary
    if not probe.exists():
        raise BuildError(f"{target.name}: make made no {probe.relative_to(root)}; see {log.relative_to(root)}")
    return probe


def write_log(root: Path, name: str, text: str) -> Path:
    path = root / "build" / name / "build.log"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def fail(root: Path, log: Path, text: str, cases: Selection | None, chosen: list[Target]) -> None:
    """Raises what the log of a failed build amounts to."""
    lines = [line for line in text.splitlines() if line.strip() and not make.own_lines(line)]
    where = log.relative_to(root)
    faults = case_faults(text, cases.names(root) if cases else [])
    if faults:
        raise UsageError("\n".join(faults[:5]) + (f"\n... and {len(faults) - 5} more in {where}" if len(faults) > 5 else ""))
    package = setup.package_of_header(text)
    if package:
        raise SetupError(f"missing: {package}; install with: apt-get install -y {package} "
                         f"(`make setup ARCH=\"{' '.join(t.name for t in chosen)}\"` does that too)")
    raise BuildError(f"{log.parent.name}: {first_error(lines) or text.strip() or 'make failed'}; see {where}")


def case_faults(log: str, case_files: list[str]) -> list[str]:
    """The `file:line: reason` lines that blame a case file: everypc-asm's (make then reports its exit status 2; of a .S
    file it knows no line), and the cross assembler's where they are about a file that the user gave."""
    refused = re.search(r"^make(\[\d+\])?: \*\*\* .*\bError 2$", log, re.MULTILINE) is not None
    faults = []
    for line in log.splitlines():
        found = _POSITION.fullmatch(line.strip())
        if not found or make.own_lines(line) or found["reason"] == "Assembler messages:":
            continue
        given = found["file"] in case_files and "warning" not in found["reason"].lower()[:8]
        if given or (refused and found["file"].endswith(SUFFIXES)):
            faults.append(line.strip())
    return list(dict.fromkeys(faults))


def first_error(lines: list[str]) -> str | None:
    """The line that says what went wrong: the first with "error" in it, else the last one."""
    for line in lines:
        if re.search(r"\berror\b|undefined reference|No such file|not found", line, re.IGNORECASE):
            return line.strip()
    return lines[-1].strip() if lines else None
