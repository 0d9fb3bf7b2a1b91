"""What happened in a shot, as one object that a report can hold: the disassembly of the Prog and its
neighbours with what the tables say, what the handler did, and how the end states differ. Renderers
(report/explained.py, the page) draw it; nothing else about a failure has to be known for that.

    {"target": "arm64", "at": 12,                      at: bytes from the entry; None: the case as a whole
     "progs": [{"prog": 3, "text": "ADD R2, R3", "source": "counter.progs:6"}],
     "lines": [{"offset": 12, "bytes": "6300028b",     in the order of memory
                "text": "add x3, x3, x2",              by capstone; "" where it does not know it
                "prog": 3, "value": -3,                of PCDATA_UnsafePoint, by the encoded table
                "sp_delta": 0,                         by the table; absent where it says nothing
                "here": true}],                        the PC of the signal
     "action": {"kind": "injected", "by": "handler", "resume": 0,
                "text": "the call was injected; the thread went on at +0x0, ..."},
     "differences": [{"what": "x2", "expected": "0x...1a", "got": "0x...1b", "bits": "0x...01"}],
     "more": 0,                                        differences that are not listed
     "notes": []}                                      what could not be shown, and why

Lines are in the order of their offsets and may leave some out. Further keys of a line: "damage" (why the
table can't be read), "mark" (what the table should say, where it says something else), "unreported" (no
signal reports this PC: a delay slot), and of Go binaries "sp_moved" (where SP really is), "filter" (why the
runtime refuses whatever the table says), "blame" (the instruction that makes it wrong), "source".

kind of an action: "injected", "refused", "tried" (an oracle had the call injected, whatever the table says),
"none". by: "handler", what it did; "table", what the table asks for, where no shot was seen; "trial".
`resume` is an offset, or None. `bits` is as wide as the values, or "" where it makes no sense."""
from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

Explanation = dict[str, Any]
Line = dict[str, Any]

VALUES = {-1: "safe", -2: "unsafe", -3: "restart 1", -4: "restart 2", -5: "restart at entry"}
_RESTARTS, _SAFE, _UNSAFE, _AT_ENTRY = (-3, -4), -1, -2, -5
_MAX_LINES = 40       # in one window; what lies between it and a resume PC is left out
_VALUE = re.compile(r"([^:=]+)=(0x[0-9a-fA-F_]+)$")


def made(target: str, at: int | None, code: list[dict[str, Any]], lines: list[Line],
         action: dict[str, Any] | None, differences: list[dict[str, Any]], more: int = 0) -> Explanation:
    """`code`: all Progs, `lines`: all instructions, of which those around `at` and the resume PC are kept."""
    for line in lines:
        if line["offset"] == at:
            line["here"] = True
    kept = _window(lines, at, (action or {}).get("resume"))
    progs = {line.get("prog") for line in kept}
    return {"target": target, "at": at, "progs": [prog for prog in code if prog["prog"] in progs],
            "lines": kept, "action": action, "differences": differences, "more": more, "notes": []}


def _window(lines: list[Line], at: int | None, resume: int | None) -> list[Line]:
    """The Prog at the PC and its neighbours, and the one that the thread resumes in with what lies between,
    where that is not too much."""
    here = next((line["prog"] for line in lines if line["offset"] == at), None)
    if here is None:
        return lines[:_MAX_LINES]
    there = next((line["prog"] for line in lines if line["offset"] == resume), here)
    first, last = min(here - 1, there), max(here + 1, there)
    near = [line for line in lines if first <= line["prog"] <= last]
    if len(near) <= _MAX_LINES:
        return near
    return [line for line in lines if abs(line["prog"] - here) <= 1 or line["prog"] == there]


# ---- actions ----

def injected(resume: int, at: int | None, value: int | None = None) -> dict[str, Any]:
    """`value`: what the table says at the PC."""
    where = ("the same PC" if resume == at else "the entry" if value == _AT_ENTRY
             else "the start of the restart range" if value in _RESTARTS else "another PC")
    return {"kind": "injected", "by": "handler", "resume": resume,
            "text": f"the call was injected, and the thread went on at {resume:+#x}, {where}"}


def refused(why: str) -> dict[str, Any]:
    return {"kind": "refused", "by": "handler", "resume": None,
            "text": f"the handler refused ({why}): the thread went on as if nothing had come"}


def tried(what: str, resume: int) -> dict[str, Any]:
    return {"kind": "tried", "by": "trial", "resume": resume,
            "text": f"tried whatever the table says: the call injected, then {what}, {resume:+#x}"}


def by_table(lines: list[Line], at: int | None) -> dict[str, Any]:
    """What the table asks for at a PC where no shot was seen."""
    index = next((k for k, line in enumerate(lines) if line["offset"] == at), None)
    value = lines[index].get("value") if index is not None else None
    if index is None or value is None:
        return {"kind": "none", "by": "table", "resume": None, "text": "no shot was seen"}
    start = index
    while value in _RESTARTS and start > 0 and lines[start - 1].get("value") == value:
        start -= 1
    resume = None if value == _UNSAFE else 0 if value == _AT_ENTRY else lines[start]["offset"]
    told = "refuse" if resume is None else f"inject the call and go on at {resume:+#x}"
    return {"kind": "none", "by": "table", "resume": resume,
            "text": f"no shot was seen; by the table ({VALUES.get(value, value)}) the handler is to {told}"}


# ---- differences ----

def difference(expected: str, got: str) -> dict[str, Any] | None:
    """Of a failure's two lines, where they give one register or byte; "x2=0x1a" and "x2=0x1b"."""
    left, right = _VALUE.search(expected), _VALUE.search(got)
    if not left or not right or left[1] != right[1]:
        return None
    return {"what": left[1].strip(), "expected": left[2], "got": right[2], "bits": bits(left[2], right[2])}


def bits(expected: str, got: str) -> str:
    """The bits in which two numbers in hex differ, in hex and as wide; "" if they are not of one width."""
    if len(expected) != len(got):
        width = max(len(expected), len(got)) - 2
        if "_" in expected + got:
            return ""
        return f"{int(expected, 16) ^ int(got, 16):#0{width + 2}x}"
    return "0x" + "".join("_" if a == "_" else f"{int(a, 16) ^ int(b, 16):x}"
                          for a, b in zip(expected[2:], got[2:]))


def names(one: Explanation) -> list[str]:
    """The registers and bytes that differ."""
    return [each["what"] for each in one["differences"]]


def of_events(target: str, events_: Iterable[dict[str, Any]], failure: dict[str, Any] | None,
              at: int | None) -> Explanation:
    """From what a probe reports of one shot with --repro and --explain. `failure`: the event that is
    explained; None: the shot that passed."""
    code: list[dict[str, Any]] = []
    lines: list[Line] = []
    reader = _Reader(failure, at)
    for event in events_:
        if event["ev"] == "code":
            code.append({"prog": event["prog"], "text": event["text"], "source": event["source"],
                         "mark": event["mark"]})
        elif event["ev"] == "insn":
            lines.append(_line(event, code))
        else:
            reader.take(event)
    return reader.explanation(target, code, lines)


def _line(event: dict[str, Any], code: list[dict[str, Any]]) -> Line:
    line = {"offset": event["pc"], "bytes": event["bytes"], "text": "", "prog": event["prog"]}
    line |= {name: event[name] for name in ("value", "damage", "sp_delta") if name in event}
    mark = next((prog["mark"] for prog in code if prog["prog"] == event["prog"]), None)
    if mark != event.get("value"):
        line["mark"] = mark
    if not event["reportable"]:
        line["unreported"] = True
    return line


class _Reader:
    """Finds, among the shots of a run, the one that is explained: the first that fails as `failure` does, or
    else the first. What differs is reported before the failure, and the shot behind it."""

    def __init__(self, failure: dict[str, Any] | None, at: int | None) -> None:
        self.failure, self.at = failure, at
        self.pending: list[dict[str, Any]] = []
        self.differences: list[dict[str, Any]] | None = None
        self.shot: dict[str, Any] | None = None   # the "shot" or "trial"
        self.open = False      # the next shot or trial is the one
        self.more = 0

    def take(self, event: dict[str, Any]) -> None:
        kind = event["ev"]
        if kind == "differs":
            self.pending.append(event)
        elif kind == "fail":
            self._fail(event)
        elif kind in ("shot", "trial"):
            if self.shot is None or self.open:
                self.shot = event
            self.open = False
            self.pending = []

    def _fail(self, event: dict[str, Any]) -> None:
        wanted = self.failure is not None and event["oracle"] == self.failure["oracle"]
        if wanted and self.differences is None:
            self.differences = [{name: one[name] for name in ("what", "expected", "got", "bits")}
                                for one in self.pending]
            self.more = sum(one.get("more", 0) for one in self.pending)
            self.open = True
        self.pending = []

    def explanation(self, target: str, code: list[dict[str, Any]], lines: list[Line]) -> Explanation:
        found = self.differences or []
        failure = self.failure
        if failure is not None and not found:
            pair = difference(failure.get("expected", ""), failure.get("got", ""))
            found = [pair] if pair else []
        value = next((line.get("value") for line in lines if line["offset"] == self.at), None)
        action = _action(self.shot, self.at, value) if self.shot and self.at is not None else None
        if action is None and self.at is not None:
            action = by_table(lines, self.at)
        one = made(target, self.at, code, lines, action, found, self.more)
        if failure is not None and self.differences is None:
            one["notes"].append("the shot was fired again to be explained, and did not fail so")
        if not lines:
            one["notes"].append("the probe listed no code for it")
        return one


def _action(event: dict[str, Any], at: int | None, value: int | None) -> dict[str, Any] | None:
    """None: the event does not say, since the signal that counts came in the injected call."""
    if event["ev"] == "trial":
        return tried(event["action"], event.get("resume", 0))
    if "resume" in event:
        return injected(int(event["resume"]), at, value)
    if "refusal" not in event:
        return None
    return refused(event.get("refused", f"reason {event['refusal']}"))
