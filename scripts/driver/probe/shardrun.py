"""Runs one shard of one probe to its end: reads its events as they come, restarts it after a case that killed
it or hung, and writes the groups of lines to a spool. Whatever is lost on the way becomes a failure, never
silence. A shard whose spool has cases from before is continued behind the last of them."""
from __future__ import annotations

import signal
import time
from pathlib import Path

from .. import children
from . import events
from .events import Event
from .plan import Counter, Outcome, Plan
from .shard import Shard
from .spool import FINISHED, Kept, Spool
from .watch import End, Watch

MAX_HANGS = 10        # in one shard; then the rest of it counts as not run


class ShardRun:
    """One shard of one target. `run` returns when every case was run, or can't be."""

    def __init__(self, plan: Plan, shard: Shard, spool: Path, counter: Counter,
                 stop: children.StopRequest) -> None:
        self.plan, self.shard, self.spool, self.counter, self.stop = plan, shard, spool, counter, stop
        self.outcome = Outcome()
        self._group: list[str] = []
        self._begun: Event | None = None
        self._oracles: set[str] = set()
        self._last_index: int | None = None
        self._ended = self._started = False
        self._again: set[int] = set()   # where cases go on after something else killed the probe
        self._boots: list[Event] = []   # of its guests
        self._counts, self._case_counts = (0, 0), (0, 0)   # up to the last case that ended, and this one
        self._out: Spool

    def run(self) -> Outcome:
        try:
            with Spool(self.spool) as self._out:
                self._restore(self._out.kept)
                if not self._out.kept.finished:
                    self._attempts(self._out.kept.hangs)
                    if not self.outcome.interrupted and self.outcome.usage is None:
                        self._out.write(events.dump(FINISHED))
        finally:
            self.counter.finished = True
        return self.outcome

    def _restore(self, kept: Kept) -> None:
        self.outcome.expected, self.outcome.done = kept.expected or 0, kept.done
        self.outcome.ends += kept.ends
        self.counter.expected, self.counter.done = kept.expected, kept.done
        self.counter.shots, self.counter.failures = kept.shots, kept.failures
        self._last_index, self._counts = kept.last_index, kept.counts

    def _attempts(self, hangs: int) -> None:
        """Starts the probe as often as it takes."""
        began = time.monotonic()
        first = self._next()
        while True:
            if self.stop.requested:
                self.outcome.interrupted = True
                return
            done_before = self.outcome.done
            budget = self.plan.budget_s
            left = None if budget is None else max(1.0, budget - (time.monotonic() - began))
            end = self._attempt(first, left)
            if not self._is_death(end):
                return
            if self._killed_from_outside(end):
                first = self._next()
                continue
            hangs += bool(end.hang)
            after = self._bury(end)
            if hangs >= MAX_HANGS:
                self._lost(f"given up after {hangs} hangs")
            elif after is not None and (self.outcome.done > done_before):
                first = after
                continue
            elif self.outcome.done < self.outcome.expected:
                self._lost("the probe does not start again")
            return

    def _is_death(self, end: End) -> bool:
        """Whether the probe died of a case; what else it ended with is dealt with."""
        if end.stopped:
            self.outcome.interrupted = True
            self._drop_or_close()
        elif end.cut:
            self._drop_or_close()
            self._lost(f"the budget of {self.plan.budget_s:g} s ended")
        elif end.status == 2 and not end.hang and self._begun is None:
            if not (self._started and self.outcome.expected == 0):
                self.outcome.usage = end.stderr[0] if end.stderr else "exit status 2 without a message"
        elif not end.hang and ((end.status == 0 and (self._ended or self.plan.shot is not None))
                               or (end.status == -signal.SIGKILL and self._ended)):
            self._check_complete()
        else:
            return True
        return False

    def _next(self) -> int:
        return 0 if self._last_index is None else self._last_index + 1

    def _killed_from_outside(self, end: End) -> bool:
        """A probe that was sent SIGKILL, and not by us: by whatever ends this run as well, or where memory is
        short. The case is no more to blame than the others, so it is run once more."""
        first = self._next()
        if end.status != -signal.SIGKILL or end.hang or first in self._again:
            return False
        self._again.add(first)
        self.counter.failures -= sum(events.parse(one)["ev"] == "fail" for one in self._group)
        self._begun, self._group = None, []
        return True

    # ---- one process ----

    def _attempt(self, first: int, budget_s: float | None) -> End:
        self._ended = self._started = False
        self._begun = None
        argv = self.plan.shard_command(self.shard, first, budget_s, self._counts)
        try:
            proc = children.start(argv, self.plan.root, stdin=self.plan.start.stdin)
        except OSError as error:
            return End(status=127, stderr=[f"{argv[0]}: {error.strerror}"])
        watch = Watch(proc, self.plan, budget_s, self.stop)
        try:
            for line in watch.lines():
                self._line(line)
        finally:
            status = children.kill(proc) if watch.end.killed or proc.poll() is None else proc.returncode
            # What a far probe ends with is its standard input.
            for pipe in (proc.stdin, proc.stdout, proc.stderr):
                if pipe:
                    pipe.close()
        watch.end.status = status
        return watch.end

    def _line(self, line: str) -> None:
        if not line.strip():
            return
        try:
            event = events.parse(line)
            self._event(event, line)
        except ValueError as error:
            self._fail("protocol", "an event of the probe", f"{error}: {line[:200]}")

    def _event(self, event: Event, line: str) -> None:
        kind = event["ev"]
        if kind == "start":
            if not self._started and self.counter.expected is None:
                self.outcome.expected = self.counter.expected = event["cases"]
                self._out.write(line)
            self._started = True
        elif kind == "begin":
            if self._begun is not None:
                raise ValueError(f"case {self._begun['index']} has not ended")
            if self._last_index is not None and event["index"] <= self._last_index:
                raise ValueError("the case index does not increase")
            self._begun, self._group, self._oracles = event, [line], set()
            self._case_counts = self._counts
        elif kind == "fail":
            self.counter.failures += 1
            self._oracles.add(event["oracle"])
            self._keep(line)
        elif kind == "case":
            if self._begun is None or self._begun["index"] != event["index"]:
                raise ValueError("this case did not begin")
            self._close(event, line)
        elif kind == "injectable":
            self._case_counts = (event["injected"], event["injectable"])
        elif kind == "boot":
            self._boots.append(event)
        elif kind == "end":
            self._ended = True
            if self._boots:
                event |= {"boots": len(self._boots), **{name: sum(boot[name] for boot in self._boots)
                                                        for name in ("boot_ns", "boot_cpu_ns")}}
            self.outcome.ends.append(event)
            self._out.write(events.dump(event))
        else:  # "skip", and what later probes may add
            self._keep(line)

    def _keep(self, line: str) -> None:
        if self._begun:
            self._group.append(line)
        else:
            self._out.write(line)

    # ---- groups ----

    def _close(self, event: Event, line: str) -> None:
        """Ends the begun case, after adding the failures that the probe owes."""
        if event["covered"] < event["reportable"] and not self._oracles & {"coverage", "crash", "hang"}:
            self._fail("coverage", f"{event['reportable']} PCs", f"{event['covered']} PCs")
        if event["failures"] > 0 and not self._oracles:
            self._fail("protocol", "a fail event for each failure",
                       f"{event['failures']} failures without one")
        counted: list[str] = []
        if self._case_counts != self._counts:
            self._counts = self._case_counts
            counted = [events.dump({"ev": "injectable", "injected": self._counts[0],
                                    "injectable": self._counts[1]})]
        self._out.write(*counted, *self._group, line)
        self._last_index = event["index"]
        self.outcome.done += 1
        self.counter.done += 1
        self.counter.shots += event["shots"]
        self._begun, self._group = None, []

    def _close_dead(self) -> None:
        """Ends a case that the probe did not survive: none of its PCs counts as covered."""
        begun = self._begun
        assert begun is not None
        pcs = begun["pcs"] if isinstance(begun.get("pcs"), int) else 0
        event = {"ev": "case", "index": begun["index"], "case": begun["case"], "progs": 0,
                 **dict.fromkeys(events.CASE_COUNTS, 0), "pcs": pcs, "reportable": pcs, "died": True}
        event["failures"] = sum(events.parse(one)["ev"] == "fail" for one in self._group)
        self._close(event, events.dump(event))

    def _fail(self, oracle: str, expected: str, got: str, case: str | None = None) -> None:
        """Records a failure that the driver itself saw."""
        name = case or (self._begun["case"] if self._begun else "-")
        event = {"ev": "fail", "id": self.plan.case_id(name), "oracle": oracle, "expected": expected,
                 "got": got, "by": "driver"}
        self._oracles.add(oracle)
        self.counter.failures += 1
        self._keep(events.dump(event))

    def _bury(self, end: End) -> int | None:
        """Blames the end of the probe on the begun case, and returns the index to start again from, if there
        is one."""
        oracle = "hang" if end.hang else "crash"
        said = end.hang or f"the probe ended with {children.status_text(end.status)}" + _last(end.stderr)
        if self._begun is not None:
            index = self._begun["index"]
            self._fail(oracle, "the case ends", said)
            self._close_dead()
            return index + 1
        where = ("before its first case" if self._last_index is None
                 else f"after the case with index {self._last_index}")
        if self._ended:
            where = "after its last case"
        self._fail(oracle, "the probe runs to its end", f"{said}, {where}")
        return None if self._last_index is None or self._ended else self._last_index + 1

    def _drop_or_close(self) -> None:
        """For a case that was cut short through no fault of its own: only the failures seen so far are
        kept."""
        if self._begun is not None and self._oracles:
            self._close_dead()
        self._begun = None

    def _check_complete(self) -> None:
        if self.outcome.done < self.outcome.expected:
            self._lost("the probe ended")

    def _lost(self, why: str) -> None:
        self._fail("coverage", f"{self.outcome.expected} cases in shard {self.shard}",
                   f"{self.outcome.done}: {why}")


def _last(lines: list[str]) -> str:
    return f" ({lines[-1][:200]})" if lines else ""
