"""The history as small charts, in SVG by hand: a line each for failures, the cost of a shot and the score."""
from __future__ import annotations

from typing import Any

from .history import Line

WIDTH, HEIGHT, MARGIN = 360, 90, 6
_KEPT = 60   # runs
# command, key, title, unit, and how a value is written
_SERIES = (("check", "failed", "Failures", "{:.0f}"),
           ("check", "over_floor_us", "µs a shot over a bare signal", "{:.1f}"),
           ("check", "shots", "Shots", "{:,.0f}"),
           ("mutants", "score", "Mutation score", "{:.1%}"))


def charts(history: list[Line]) -> list[dict[str, Any]]:
    """One for each series that has a value: title, points (x, y, what the run was), and the last value."""
    made = []
    for command, key, title, form in _SERIES:
        lines = [one for one in history if one["command"] == command
                 and isinstance(one.get(key), (int, float))]
        if lines:
            made.append(_chart(lines[-_KEPT:], key, title, form))
    return made


def _chart(lines: list[Line], key: str, title: str, form: str) -> dict[str, Any]:
    values = [float(one[key]) for one in lines]
    low, high = min(0.0, *values) if key == "failed" else min(values), max(values)
    span = (high - low) or 1.0
    step = (WIDTH - 2 * MARGIN) / max(1, len(values) - 1)
    points = [{"x": round(MARGIN + k * step, 1),
               "y": round(HEIGHT - MARGIN - (value - low) / span * (HEIGHT - 2 * MARGIN), 1),
               "text": f"{form.format(value)} · {one.get('revision', '')[:10]} · {one.get('time', '')}",
               "bad": key == "failed" and value > 0} for k, (one, value) in enumerate(zip(lines, values))]
    return {"title": title, "points": points, "last": form.format(values[-1]), "low": form.format(low),
            "high": form.format(high), "line": " ".join(f"{p['x']},{p['y']}" for p in points)}
