"""Compares two binaries of one target, by the names of their functions and by the shapes of their code. It
says which PCs gained or lost preemptibility, and which findings are new: what a bisection over toolchains
ends with."""
from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from ..errors import FAILED, PASSED
from . import findings
from .findings import Finding
from .records import STATES, Checked

# as everypc-go check numbers them in "points"
KINDS = ("safe", "unsafe", "restart", "restart_at_entry", "filtered")
PREEMPTIBLE = ("safe", "restart", "restart_at_entry")
MAX_SHAPES = 200       # listed in the JSON file

Counts = dict[str, int]


def side(done: Checked) -> dict[str, Any]:
    pcs = total_of(f["pcs"] for f in done.functions)
    return {"name": done.name, "binary": str(done.info.path), "go": done.info.version,
            "functions": len(done.functions), "pcs": pcs,
            "share": share(pcs), "lost": done.lost, "left_out": done.left_out,
            **{state: done.count(state) for state in STATES}}


def total_of(counts: Iterable[Counts]) -> Counts:
    total: Counter[str] = Counter(dict.fromkeys(KINDS, 0))
    for one in counts:
        total.update(one)
    return dict(total)


def preemptible(pcs: Counts) -> int:
    return sum(pcs[kind] for kind in PREEMPTIBLE)


def share(pcs: Counts) -> float | None:
    """Of the PCs where the runtime looks at the table, those where it would preempt."""
    n = preemptible(pcs) + pcs["unsafe"]
    return round(preemptible(pcs) / n, 4) if n else None


def compare(a: Checked, b: Checked) -> dict[str, Any]:
    mine, others = _named(a.functions), _named(b.functions)
    changed = [f for name in mine if name in others if (f := function(name[0], mine[name], others[name]))]
    changed.sort(key=lambda f: (-abs(f["share_change"]), -(f["gained"] + f["lost"]), f["name"]))
    new, gone = findings_apart(a.listed, b.listed)
    return {"only_in_a": sorted(name for name, k in mine.keys() - others.keys()),
            "only_in_b": sorted(name for name, k in others.keys() - mine.keys()),
            "same": len(mine.keys() & others.keys()) - len(changed), "changed": changed,
            "gained": sum(f["gained"] for f in changed), "lost": sum(f["lost"] for f in changed),
            "shapes": shapes(a.shapes, b.shapes), "new_findings": new, "gone_findings": gone}


def _named(functions: list[dict[str, Any]]) -> dict[tuple[str, int], dict[str, Any]]:
    """By name, and number where a name is not the only one."""
    seen: Counter[str] = Counter()
    found = {}
    for f in functions:
        found[f["name"], seen[f["name"]]] = f
        seen[f["name"]] += 1
    return found


def function(name: str, a: dict[str, Any], b: dict[str, Any]) -> dict[str, Any] | None:
    """What changed in a function; None if nothing did. PC by PC where it has as many of them in both, else by
    their number. `share_change`, of the preemptible PCs, ranks the functions: one that has merely shrunk does
    not lead the list."""
    if sum(a["pcs"].values()) == sum(b["pcs"].values()):
        pairs = list(zip(_kinds(a["points"]), _kinds(b["points"])))
        gained = sum(y in PREEMPTIBLE and x not in PREEMPTIBLE for x, y in pairs)
        lost = sum(x in PREEMPTIBLE and y not in PREEMPTIBLE for x, y in pairs)
        other = sum(x != y for x, y in pairs) - gained - lost
        how = "PC by PC"
    else:
        more = preemptible(b["pcs"]) - preemptible(a["pcs"])
        gained, lost, other, how = max(more, 0), max(-more, 0), 0, "by number"
    if not gained + lost + other:
        return None
    shares = share(a["pcs"]), share(b["pcs"])
    change = 0.0 if None in shares else round(shares[1] - shares[0], 4)   # type: ignore[operator]
    return {"name": name, "how": how, "gained": gained, "lost": lost, "other_action": other,
            "share_change": change, "a": a["pcs"], "b": b["pcs"]}


def _kinds(points: list[int]) -> Iterator[str]:
    for kind, n in zip(points[::2], points[1::2]):
        yield from [KINDS[kind]] * n


def shapes(a: dict[str, dict[str, Any]], b: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """The shapes that both have and whose preemptible share is another, those with the most PCs at stake
    first."""
    found = []
    for code in a.keys() & b.keys():
        x, y = share(a[code]["pcs"]), share(b[code]["pcs"])
        if x is not None and y is not None and x != y:
            at_stake = abs(x - y) * min(sum(a[code]["pcs"].values()), sum(b[code]["pcs"].values()))
            found.append({"code": code, "share_a": x, "share_b": y, "at_stake": round(at_stake),
                          "a": a[code]["pcs"], "b": b[code]["pcs"]})
    found.sort(key=lambda s: (-s["at_stake"], s["code"]))
    return found[:MAX_SHAPES]


def findings_apart(a: list[Finding], b: list[Finding]) -> tuple[list[Finding], list[Finding]]:
    """The findings of b that a has not, and those of a that b has not, by check, function, register and
    code."""
    def key(f: Finding) -> tuple[Any, ...]:
        return f["check"], f["function"], f.get("register"), findings.shape(f), f["fragile"] is not None

    def by_key(some: list[Finding]) -> dict[tuple[Any, ...], list[Finding]]:
        found: dict[tuple[Any, ...], list[Finding]] = defaultdict(list)
        for f in some:
            found[key(f)].append(f)
        return found

    def beyond(here: dict[tuple[Any, ...], list[Finding]],
               there: dict[tuple[Any, ...], list[Finding]]) -> list[Finding]:
        return [f for k, some in here.items() for f in some[len(there.get(k, [])):]]

    before, after = by_key(a), by_key(b)
    return beyond(after, before), beyond(before, after)


def verdict(total: dict[str, Any]) -> tuple[int, str]:
    new = sum(f["fragile"] is None for f in total["new_findings"])
    gone = sum(f["fragile"] is None for f in total["gone_findings"])
    text = (f"{total['gained']} PCs gained and {total['lost']} lost preemptibility in "
            f"{len(total['changed'])} functions, "
            f"{new} violation{'' if new == 1 else 's'} new, {gone} gone")
    return (FAILED, f"failed: {text}") if new else (PASSED, f"passed: {text}")
