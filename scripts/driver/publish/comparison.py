"""Two results folders side by side: what fails now and did not, what passes again, coverage and speed."""
from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..errors import FAILED, PASSED
from ..go import findings
from ..go.triage import NEW
from .collect import Collected

NEWLY_RED, NEWLY_GREEN = "newly red", "newly green"
COLUMNS = ("target", "cases", "failed", "PCs covered", "preemptible", "us/shot over floor")


@dataclass
class Comparison:
    """Names of cases ("arm64/add.1"), findings and programs under fire."""

    red: list[str] = field(default_factory=list)      # fails now; before it passed, or was not there
    green: list[str] = field(default_factory=list)    # failed before, and passes now
    still: list[str] = field(default_factory=list)    # fails in both
    gone: list[str] = field(default_factory=list)     # failed or passed before, and is not there now
    added: int = 0                                    # of which the old one knows nothing
    rows: list[tuple[str, ...]] = field(default_factory=list)   # for COLUMNS
    gone_targets: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        return {"schema": 1, "newly_red": self.red, "newly_green": self.green, "still_red": self.still,
                "gone": self.gone, "added": self.added, "gone_targets": self.gone_targets,
                "targets": [dict(zip(COLUMNS, row)) for row in self.rows], "exit": self.verdict()[0]}

    def verdict(self) -> tuple[int, str]:
        said = (f"{len(self.red)} {NEWLY_RED}, {len(self.green)} {NEWLY_GREEN}, {len(self.still)} still red, "
                f"{self.added} added, {len(self.gone)} gone")
        if self.gone_targets:
            said += f"; not run any more: {', '.join(self.gone_targets)}"
        return (FAILED, f"failed: {said}") if self.red else (PASSED, f"passed: nothing {NEWLY_RED}; {said}")


def compare(old: Collected, new: Collected) -> Comparison:
    made = Comparison()
    before, after = outcomes(old), outcomes(new)
    made.red = [name for name, bad in after.items() if bad and not before.get(name, False)]
    made.still = [name for name, bad in after.items() if bad and before.get(name, False)]
    made.green = [name for name, bad in before.items() if bad and after.get(name) is False]
    ran = {name.partition("/")[0] for name in after}
    made.gone_targets = sorted({name.partition("/")[0] for name in before} - ran)
    made.gone = [name for name in before if name not in after and name.partition("/")[0] in ran]
    made.added = sum(name not in before for name in after)
    olds = {one["target"]: one for one in old.total.get("targets", [])}
    made.rows = [_row(olds.get(one["target"]), one) for one in new.total.get("targets", [])]
    return made


def outcomes(found: Collected) -> dict[str, bool]:
    """Whether each case, each place that check-go found and each program under fire failed."""
    made: dict[str, bool] = {}
    for target, columns in found.cases.items():
        made |= {f"{target}/{name}": failed > 0 for name, failed in zip(columns["name"], columns["failed"])}
    for failure in found.failures:   # of no case: a probe that died, oracle cross
        name = failure["id"].rpartition("@")[0] or failure["id"]
        made[name] = True
    for binary in found.go.get("binaries", []):
        for one in binary["findings"]:
            made[f"go:{binary['name']}/{one['check']} {findings.place(one)}"] = one["state"] == NEW
    for unit in found.live:
        made[f"live:{unit['target']}/{unit['name']}"] = unit["failed"] > 0
    return made


def _row(old: dict[str, Any] | None, new: dict[str, Any]) -> tuple[str, ...]:
    def change(value: Any, form: str = "{}") -> str:
        texts = [form.format(value(one)) for one in (old, new) if one is not None]
        return texts[0] if len(set(texts)) == 1 else " -> ".join(texts)

    return (new["target"], change(lambda one: one["cases"]), change(lambda one: one["failed"]),
            change(lambda one: f"{one['covered_pcs']}/{one['reportable_pcs']}"),
            change(lambda one: f"{100 * one['preemptible_pcs'] / one['tried_pcs']:.1f}%" if one["tried_pcs"]
                   else "-"),
            change(lambda one: one["shot_us"] - one["floor_us"], "{:.1f}"))


def lines(made: Comparison, shown: int) -> list[str]:
    """The names, up to `shown` of each kind."""
    said = []
    for what, names in ((NEWLY_RED, made.red), (NEWLY_GREEN, made.green), ("still red", made.still),
                        ("gone", made.gone)):
        said += [f"{what}: {name}" for name in names[:shown]]
        if len(names) > shown:
            said.append(f"... and {len(names) - shown} more {what}")
    return said
