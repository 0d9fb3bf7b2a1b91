"""Whether a sweep that fires at each package several times comes to the same each time. A verdict must: which
failures there are. Counts of shots do where the tests run the same way each time; where they don't, that is
said."""
from __future__ import annotations

from typing import Any

Outcome = dict[str, Any]
# What a program that runs the same way each time has alike.
COUNTS = ("pcs", "executed", "fired", "injected", "refused")


def differences(outcomes: list[Outcome]) -> list[dict[str, Any]]:
    """One for each package on a target whose runs are not alike: `what` (verdict or counts) and `said`."""
    by_name: dict[tuple[str, str], list[Outcome]] = {}
    for one in outcomes:
        by_name.setdefault((one["target"], one["package"]), []).append(one)
    found = []
    for (target, package), several in by_name.items():
        what, values = ("verdict", [_verdict(one) for one in several])
        if len(set(values)) == 1:
            what, values = "counts", [_counts(one) for one in several]
        if len(set(values)) > 1:
            said = "; ".join(f"run {one['time']}: {value}" for one, value in zip(several, values))
            found.append({"target": target, "package": package, "what": what, "said": said})
    return found


def _verdict(one: Outcome) -> str:
    ids = sorted(f"{failure['oracle']} at {failure['id']}" for failure in one.get("failures", []))
    left_out = [f"without {name}" for name in one.get("tests_left_out", [])]
    return ", ".join([one["state"], f"{one.get('failed', 0)} failed", *ids, *left_out])


def _counts(one: Outcome) -> str:
    return ", ".join(f"{one.get(name, 0)} {name}" for name in COUNTS)
