"""The names of a probe's cases."""
from __future__ import annotations

import json

from ..context import Context
from .plan import Plan

_PATIENCE_S = 60.0


def names(context: Context, plan: Plan) -> list[str]:
    """All of them, in the probe's order; none if it can't be asked: they are for messages only."""
    try:
        done = plan.call(context, "--list", timeout_s=_PATIENCE_S)
        events = [json.loads(line) for line in done.out.splitlines() if line.strip()]
    except (OSError, ValueError):
        return []
    return [event["case"] for event in events if event.get("ev") == "listed"]
