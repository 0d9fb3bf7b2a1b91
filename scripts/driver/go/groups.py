"""Findings of one kind: the same check finds the same in the same instructions, numbers apart. Reports show
one of each kind, how many there are, and in which functions."""
from __future__ import annotations

from typing import Any

from . import findings
from .findings import Finding

Group = dict[str, Any]   # check, state, shape, n, functions (findings by name), finding (the first)

SHOWN = 6   # functions of a group


def add(groups: list[Group], index: dict[tuple[str, ...], Group], finding: Finding) -> None:
    """`index` has the groups by their kind."""
    kind = _kind(finding)
    group = index.get(kind)
    if group is None:
        check, state, shape, _ = kind
        group = index[kind] = {"check": check, "state": state, "shape": shape, "n": 0, "functions": {},
                               "finding": finding}
        groups.append(group)
    group["n"] += 1
    group["functions"][finding["function"]] = group["functions"].get(finding["function"], 0) + 1


def _kind(finding: Finding) -> tuple[str, ...]:
    return finding["check"], finding["state"], findings.shape(finding), finding["argument"]


def show_confirmed(index: dict[tuple[str, ...], Group], found: list[Finding]) -> None:
    """Of each kind that firing at it has confirmed, the finding that is shown is a confirmed one."""
    for finding in found:
        group = index[_kind(finding)]
        if _confirmed(finding) and not _confirmed(group["finding"]):
            group["finding"] = finding


def _confirmed(finding: Finding) -> bool:
    return finding.get("live", {}).get("verdict") == "confirmed"


def summary(group: Group) -> Group:
    """Without the finding, which is listed elsewhere."""
    return {name: value for name, value in group.items() if name != "finding"}


def text(group: Group) -> str:
    """"" for a finding that is the only one of its kind; else how many there are, and where."""
    if group["n"] == 1:
        return ""
    names = [name + (f" ({n})" if n > 1 else "") for name, n in group["functions"].items()]
    more = f", and {len(names) - SHOWN} more functions" if len(names) > SHOWN else ""
    return (f"{group['n']} of this kind, in {len(names)} {'function' if len(names) == 1 else 'functions'}: "
            f"{', '.join(names[:SHOWN])}{more}")
