"""Where a case comes from, as lines: everypc-asm writes what stands in .progs files and templates; a .S file
is read as it is."""
from __future__ import annotations

from pathlib import Path

from ..build import make
from ..build.probes import Recipe
from ..context import Context
from ..errors import UsageError
from ..probe.events import Event
from ..probe.plan import Plan
from . import lines
from .lines import Case


def read(context: Context, plan: Plan, recipe: Recipe, name: str, failure: Event) -> Case:
    """The case `name` of a probe. `failure`: one of its, whose source says in which file it stands."""
    path = Path(failure.get("source", "").rpartition(":")[0])
    if path.suffix == ".S":
        return _assembly(context, path, name)
    done = make.run(context, "rewritten", f"NAME={name}", f"TARGET={plan.target.name}", f"SEED={recipe.seed}",
                    *recipe.cases.make_args(context.root))
    if done.status != 0 or not done.out.startswith("TEXT"):
        said = [line for line in done.err.splitlines() if line.startswith("everypc-asm: ")]
        raise UsageError(f"{name} can't be written as a .progs file: "
                         + (said[0].removeprefix("everypc-asm: ") if said else "everypc-asm gives no reason"))
    return lines.of_progs(done.out)


def _assembly(context: Context, path: Path, name: str) -> Case:
    case = lines.of_assembly((context.root / path).read_text(encoding="utf-8"),
                             name.removeprefix(f"{path.stem}."))
    if case is None:
        raise UsageError(f"{path} has no line CASE for {name}: a macro makes it, so it can't be taken apart")
    return case
