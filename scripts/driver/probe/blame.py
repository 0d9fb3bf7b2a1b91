"""Who is to blame for a failure: RULES says what the outcomes of the experiments with it point at (retry.py
makes them)."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from .events import Event

NO_MARK = 0   # no value of a table
_ACTION = {-1: "here", -3: "restart", -4: "restart", -5: "entry"}
_MARK = {-1: "safe", -2: "unsafe", -3: "restart", -4: "restart", -5: "restart at entry"}
_ACTIONS = {"here": "going on at this PC", "restart": "restarting its Prog",
            "entry": "restarting at the entry"}
_BY_THE_STUB = "the stub to call by the ABI"   # what oracle frame says of the stub
# and of the case
_BY_THE_MARKS = ("a frame record", "a request for preemption that is answered once")
_FROM_OUTSIDE = ("state", "crash", "hang", "truth", "pairs")   # oracles that see only what came of it


@dataclass(frozen=True)
class Experiment:
    """An "experiment" event: `verdict` is "ok" or the oracle that failed."""

    verdict: str
    expected: str = ""
    got: str = ""

    @property
    def ok(self) -> bool:
        """What the platform loses anyway is not this experiment's fault."""
        return self.verdict in ("ok", "platform")

    @property
    def difference(self) -> str:
        return (f"expected {self.expected}, got {self.got}" if self.expected or self.got
                else f"oracle {self.verdict}")


@dataclass(frozen=True)
class Facts:
    """What is known of a failure."""

    failure: Event
    experiments: dict[str, Experiment] = field(default_factory=dict)
    # the same experiments without the emulator; None: not possible here
    native: dict[str, Experiment] | None = None
    lost: tuple[str, ...] = ()   # registers that the platform's self-test found lost

    @property
    def oracle(self) -> str:
        return self.failure["oracle"]

    @property
    def mark(self) -> int:
        """The table's value at the PC; NO_MARK where the failure has none."""
        mark = self.failure.get("mark")
        return mark if isinstance(mark, int) else NO_MARK

    def bad(self, *names: str) -> bool:
        """Whether one of these experiments was made and failed."""
        return any(name in self.experiments and not self.experiments[name].ok for name in names)

    def verdict(self, name: str) -> str | None:
        return self.experiments[name].verdict if name in self.experiments else None

    def ok(self, name: str) -> bool:
        return name in self.experiments and self.experiments[name].ok

    def difference(self, name: str) -> str:
        return self.experiments[name].difference

    def passes_natively(self, *names: str) -> bool:
        return self.native is not None and all(name in self.native and self.native[name].ok for name in names)


@dataclass(frozen=True)
class Rule:
    """If it applies, this is to blame."""

    blame: str
    applies: Callable[[Facts], bool]
    why: Callable[[Facts], str]


def _table(f: Facts) -> str:
    action = _ACTION[f.mark]
    right = [text for name, text in _ACTIONS.items() if f.ok(name)]
    others = (f"; {' or '.join(right)} would be right from this state" if right
              else "; no resumption there is right")
    if f.bad(action):
        return (f"{_ACTIONS[action]}, which the mark {_MARK[f.mark]} allows, goes wrong when tried: "
                f"{f.difference(action)}{others}")
    wrong = f.difference("again") if f.bad("again") else f.oracle
    return (f"marked {_MARK[f.mark]}, it comes out wrong ({wrong}), and the call itself keeps every register"
            + (others if right else ""))


# The first that applies decides.
RULES = (
    Rule("unknown", lambda f: f.oracle == "platform" and "/platform@" in f.failure.get("id", ""),
         lambda f: "the adversary leaves something unchanged, so a stub that loses it would go unnoticed: "
                   "this CPU ignores writes to it, or the architecture's enter.S does not write it"),
    Rule("emulator", lambda f: f.oracle == "platform",
         lambda f: "the platform's self-test loses this register over a plain signal" +
                   (f" (lost: {', '.join(f.lost)})" if f.lost else "")),
    Rule("emulator", lambda f: f.bad("undisturbed", "again", "sentinel")
         and f.passes_natively("undisturbed", "again", "sentinel"),
         lambda f: "the same shot passes natively on this machine"),
    Rule("lowering", lambda f: f.oracle == "layout",
         lambda f: "the code is not laid out as the assembler promised, whatever the table says"),
    Rule("lowering", lambda f: "cross" in (f.oracle, f.verdict("undisturbed")),
         lambda f: "the code computes the wrong values without any signal" +
                   ("" if f.native else "; natively it was not tried, so the emulator may be at fault too")),
    Rule("lowering", lambda f: f.verdict("undisturbed") in ("crash", "hang"),
         lambda f: f"it does not end even without a signal: {f.experiments['undisturbed'].got}"),
    Rule("lowering", lambda f: f.bad("undisturbed"),
         lambda f: f"two runs without a signal differ ({f.difference('undisturbed')}): it depends on "
                   "something outside its initial state" +
                   ("" if f.native else ", or the emulator does")),
    Rule("table", lambda f: f.oracle == "sp-delta",
         lambda f: "the marks allow the call where the SP-delta table does not say where SP is: an unwinder "
                   "gets lost there"),
    Rule("table", lambda f: f.oracle == "return",
         lambda f: "the marks allow the call where the return address is not where an unwinder looks for it"),
    Rule("table", lambda f: f.oracle == "roots",
         lambda f: "the marks allow the call where a pointer is in the link register alone: push_call puts "
                   "it into a slot that no collector scans"),
    Rule("handler", lambda f: f.oracle in ("decision", "liveness"),
         lambda f: "the handler's choice is not what the marks say: its decision or the encoding that it "
                   "reads is wrong"),
    Rule("stub", lambda f: "frame" in (f.oracle, f.verdict("sentinel"))
         and (f.failure.get("expected", "") if f.oracle == "frame" else
              f.experiments["sentinel"].expected).startswith(_BY_THE_STUB),
         lambda f: "async_preempt calls with what the ABI does not allow: "
                   + (f.difference("sentinel") if f.verdict("sentinel") == "frame"
                      else f.failure["expected"])),
    Rule("handler", lambda f: f.verdict("sentinel") in ("frame", "decision"),
         lambda f: f"push_call is off even where no table is involved: {f.difference('sentinel')}"),
    Rule("table", lambda f: f.oracle == "frame" and f.failure.get("expected", "").startswith(_BY_THE_MARKS),
         lambda f: f"marked {_MARK.get(f.mark, f.mark)}, though a call injected there separates what "
                   "belongs together"),
    Rule("handler", lambda f: f.oracle == "frame",
         lambda f: "what push_call left is not what the architecture's frame rule asks for"),
    Rule("stub", lambda f: f.bad("sentinel"),
         lambda f: "the injected call goes wrong even where no table is involved: "
                   f"{f.difference('sentinel')}"),
    Rule("stub", lambda f: f.oracle == "nested",
         lambda f: "a signal inside the injected call itself goes wrong"),
    Rule("unknown", lambda f: f.oracle == "coverage" or f.verdict("again") == "coverage",
         lambda f: "no signal reached this PC, so nothing can be said of it"),
    Rule("emulator", lambda f: f.bad("spared") and f.passes_natively("spared"),
         lambda f: "it goes wrong even if the handler leaves it alone, and natively it does not: "
                   f"{f.difference('spared')}"),
    Rule("lowering", lambda f: f.bad("spared"),
         lambda f: "no signal is survived here, not even one that the handler ignores, as with a "
                   f"store-conditional that is not tried again: {f.difference('spared')}"),
    Rule("table", lambda f: f.oracle == "pairs" and f.ok("again") and f.mark in _ACTION,
         lambda f: f"one signal at this PC, marked {_MARK[f.mark]}, ends right, two do "
                   "not, and the call itself keeps every register"),
    Rule("unknown", lambda f: f.ok("again") and f.oracle != "truth",
         lambda f: "it did not happen again when the same shot was pinned and fired three times"),
    Rule("table", lambda f: f.oracle in _FROM_OUTSIDE and f.mark in _ACTION and f.ok("sentinel"), _table),
    Rule("unknown", lambda f: True,
         lambda f: "no rule applies" if f.experiments else "it could not be tried again"),
)


def decide(facts: Facts) -> tuple[str, str]:
    """Who is to blame, and why, in one sentence."""
    rule = next(rule for rule in RULES if rule.applies(facts))
    return rule.blame, rule.why(facts)
