"""Where a case comes from, as lines: everypc-asm writes what stands in .progs files and templates; a .S file
is read as it is; what a macro or a table has made is machine code."""
from __future__ import annotations

from pathlib import Path

from ..build import make
from ..build.probes import Recipe
from ..context import Context
from ..errors import UsageError
from ..probe import one_shot
from ..probe.events import Event
from ..probe.one_shot import ShotId
from ..probe.plan import Plan
from . import lines
from .lines import Case


def read(context: Context, plan: Plan, recipe: Recipe, name: str, failure: Event) -> Case:
    """The case `name` of a probe. `failure`: one of its, whose source says in which file it stands."""
    path = Path(failure.get("source", "").rpartition(":")[0])
    case = (_assembly(context.root / path, name) if path.suffix == ".S"
            else _progs(context, plan, recipe, name))
    return case or _machine_code(context, plan, name)


def _progs(context: Context, plan: Plan, recipe: Recipe, name: str) -> Case | None:
    done = make.run(context, "rewritten", f"NAME={name}", f"TARGET={plan.target.name}", f"SEED={recipe.seed}",
                    f"SEEDS={recipe.seeds}", *([f"DRAWN={recipe.drawn}"] if recipe.drawn else []),
                    *recipe.cases.make_args(context.root, recipe.out(context.root, plan.target)))
    return lines.of_progs(done.out) if done.status == 0 and done.out.startswith("TEXT") else None


def _assembly(path: Path, name: str) -> Case | None:
    return lines.of_assembly(path.read_text(encoding="utf-8"), name.removeprefix(f"{path.stem}."))


def _machine_code(context: Context, plan: Plan, name: str) -> Case:
    fired = one_shot.fire(context, ShotId(plan.target.name, name, "@+0x0#0"), plan)
    case = lines.of_events(fired.explaining)
    if not case.instructions:
        raise UsageError(f"the probe lists no code of {name}, so there is nothing to take away")
    return case
