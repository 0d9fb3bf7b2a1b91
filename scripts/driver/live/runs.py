"""Runs of a program, with and without shots, and when one of them is to be ended."""
from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from ..context import Context
from . import plan, program, shots
from .plan import LivePlan, Wish
from .program import Ended, Look, Order

# A program hangs that has used so much more, since its last shot, than all of a run without shots.
_TIMES, _EXTRA_CPU_S, _EXTRA_WALL_S = 20, 60.0, 300.0
_FOR_THE_LAST_S = 1.0   # from the last shot to the end: for calls to come back


@dataclass(frozen=True)
class Limits:
    budget_s: float | None = None   # how long shots are fired; the program then goes on to its end
    # a run without shots that is not over by then, and the run under fire of such a program, is told to end
    told: bool = False
    reference: bool = True          # also run it without shots, to compare
    # None: where the user is, with the user's input and output; otherwise there, and nobody looks on
    cwd: Path | None = None
    wall_s: float | None = None     # each run is killed after so long
    # called now and then during a run under fire, with what the plan's head says
    look: Callable[[Look, dict[str, int]], None] | None = None


def environment(wish: Wish) -> dict[str, str]:
    """One goroutine at a time, where the user did not say otherwise, so that the order of shots is the
    program's; threads enough where another one is to go on. No collections but those in each call, and freed
    memory that can be told."""
    env = dict(os.environ)
    env.setdefault("GOMAXPROCS", "4" if "thread" in wish.inside else "1")
    if set(wish.inside) & set(plan.CALLED):
        env.setdefault("GOGC", "off")
        env.setdefault("GOMEMLIMIT", "4GiB")
    if "gc" in wish.inside:
        # Inside an injected call no stack can be moved (live/agent/move.h).
        ours = "clobberfree=1,gcshrinkstackoff=1,invalidptr=1"
        env["GODEBUG"] = ",".join(filter(None, (ours, env.get("GODEBUG", ""))))
    return env


def plain(context: Context, made: LivePlan, words: list[str], limits: Limits, source: Path | None) -> Ended:
    """A run without shots."""
    return program.run(context, [*made.prefix, str(made.program), *words[1:]], environment(Wish()), source,
                       quiet=True, watch=lambda look: _order(limits, look.wall_s), cwd=limits.cwd)


def _order(limits: Limits, wall_s: float, extra_s: float = 0.0) -> Order:
    """By the time alone."""
    if limits.wall_s is not None and wall_s > limits.wall_s:
        return Order.KILL
    over = limits.told and limits.budget_s is not None and wall_s > limits.budget_s + extra_s
    return Order.END if over else Order.GO_ON


def under_fire(context: Context, made: LivePlan, words: list[str], wish: Wish, limits: Limits,
                without: Ended | None, source: Path | None, quiet: bool = False) -> Ended:
    argv = [*made.prefix, str(made.agent), str(made.shots), str(made.program), *words[1:]]
    return program.run(context, argv, environment(wish), source, quiet or limits.cwd is not None,
                       _watch(made, limits, without), limits.cwd)


def _watch(made: LivePlan, limits: Limits, without: Ended | None) -> Callable[[Look], Order]:
    """Sees to the budget, and whether the program still makes progress."""
    begin = time.monotonic()
    last = {"done": -1, "wall": 0.0, "cpu": 0.0}
    plain_wall, plain_cpu = (without.wall_s, without.cpu_s) if without else (10.0, 10.0)
    if without and not without.told:   # it ends by itself
        limits = replace(limits, told=False)

    def watch(look: Look) -> Order:
        now = shots.head(made.shots, made.big_endian)
        if limits.budget_s is not None and time.monotonic() - begin > limits.budget_s and not now["stop"]:
            shots.ask_to_stop(made.shots, made.big_endian)
        if now["fired"] + now["visited"] != last["done"]:
            last.update(done=now["fired"] + now["visited"], wall=look.wall_s, cpu=look.cpu_s)
        if limits.look:
            limits.look(look, now)
        hung = (look.cpu_s - last["cpu"] > _TIMES * plain_cpu + _EXTRA_CPU_S
                or look.wall_s - last["wall"] > _TIMES * plain_wall + _EXTRA_WALL_S)
        return Order.KILL if hung else _order(limits, look.wall_s, _FOR_THE_LAST_S)

    return watch
