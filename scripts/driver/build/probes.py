"""Builds the probes, all targets at once."""
from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from ..context import Context
from ..errors import BuildError, DriverError, Interrupted, SetupError, UsageError
from . import failure, make
from .casefiles import Selection
from .targets import Target

# Which one to report, when targets fail differently.
_GRAVEST: tuple[type[DriverError], ...] = (Interrupted, UsageError, SetupError, BuildError, DriverError)


@dataclass(frozen=True)
class Recipe:
    """What goes into a probe."""

    seed: int
    cases: Selection
    sut: Path | None = None
    mutants: bool = False   # the probe that is linked with harness/mutants
    drawn: int = 0          # so many random programs of each kind and seed, alone; 0: the tree's cases too
    seeds: str = ""         # "1..100": random programs of all these, beside the tree's other cases

    @property
    def binary(self) -> str:
        return "mutants" if self.mutants else "probe"

    def out(self, root: Path, target: Target) -> Path:
        """The probe's build folder: one for each seed, selection of files and system under test."""
        alone = self.drawn and not self.cases.files
        name = f"drawn-{self.drawn}" if alone else self.cases.folder(root, self.seed)
        if self.seeds and not alone and not self.cases.files:
            name += f"-seeds-{self.seeds.replace('..', '-')}"
        if self.sut is not None:
            name += "-sut-" + hashlib.sha256(str(self.sut).encode()).hexdigest()[:12]
        return Path("build") / target.name / (name + ("-mutants" if self.mutants else ""))

    def make_args(self, root: Path, target: Target) -> list[str]:
        args = ["mutants-probe" if self.mutants else "probe", f"TARGET={target.name}",
                f"OUT={self.out(root, target)}", f"SEED={self.seed}"]
        args += ["MUTANTS=1"] if self.mutants else []
        args += [f"SEEDS={self.seeds}"] if self.seeds else []
        args += [f"DRAWN={self.drawn}"] if self.drawn else []
        return (args + ([f"SUT={self.sut}"] if self.sut else [])
                + self.cases.make_args(root, self.out(root, target)))


def build(context: Context, chosen: list[Target], recipe: Recipe) -> dict[str, Path]:
    """The probe of each target, built where something changed. Raises the gravest error when one does not
    build."""
    host_tool(context, chosen, recipe)
    inner = max(1, context.jobs // len(chosen))
    with ThreadPoolExecutor(max_workers=context.jobs) as pool:
        futures = [pool.submit(_one, context, target, recipe, inner) for target in chosen]
    errors = [error for error in (future.exception() for future in futures) if error is not None]
    for error in errors:
        if not isinstance(error, DriverError):
            raise error
    if errors:
        kind = next(kind for kind in _GRAVEST if any(type(error) is kind for error in errors))
        raise kind("\n".join(dict.fromkeys(str(error) for error in errors if type(error) is kind)))
    return {target.name: future.result() for target, future in zip(chosen, futures)}


def host_tool(context: Context, chosen: list[Target], recipe: Recipe) -> None:
    """Built once beforehand: two makes at the same time would write the same files. Marks under test make it
    another tool for each architecture."""
    own_marks = recipe.sut is not None and (recipe.sut / "marks.c").exists()
    by_arch = {target.arch: target.name for target in chosen}
    for args in [[f"SUT={recipe.sut}", f"TARGET={name}"] for name in by_arch.values()] if own_marks else [[]]:
        done = make.run(context, "host", *args, merge=True, jobs=context.jobs)
        if done.status != 0:
            failure.raise_from_log(context.root, "host", done.out, None, chosen)


def _one(context: Context, target: Target, recipe: Recipe, jobs: int) -> Path:
    root = context.root
    done = make.run(context, *recipe.make_args(root, target), merge=True, jobs=jobs)
    if done.status != 0:
        failure.raise_from_log(root, target.name, done.out, recipe.cases, [target])
    log = failure.write_log(root, target.name, done.out)
    probe = root / recipe.out(root, target) / recipe.binary
    if not probe.exists():
        raise BuildError(f"{target.name}: make did not build {probe.relative_to(root)}; see "
                         f"{log.relative_to(root)}")
    return probe
