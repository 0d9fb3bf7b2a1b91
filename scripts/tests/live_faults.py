"""Faults to plant into a stock Go program: one at a time, into its tables, its runtime's handler, pushCall,
asyncPreempt or collector. Where an instruction is, is seen from what it does and which function it calls, in
the order of the runtime's source (runtime/preempt.go, signal_<arch>.go, of Go 1.19); what no effect tells is
in the port's port.json ("live")."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import ports
from go_code import Insn, Program
from go_tables import Run, quantum, replaced, to_the_return, value_at

FARTHEST = 20   # bytes that the runtime goes back (runtime/preempt.go, isAsyncSafePoint)
SAFE, UNSAFE, RESTART, AT_ENTRY = -1, -2, (-3, -4), -5   # of PCDATA_UnsafePoint


class NotHere(Exception):
    """Why a fault can't be in that program."""


@dataclass(frozen=True)
class Fault:
    plant: Callable[[Program], bytes]   # the binary with it; or NotHere
    oracle: str                         # that names it
    function: str                       # of the program, to fire at
    inside: str = ""                    # what has to happen behind a shot for it to be seen
    once: bool = False                  # fire where the function has a frame, once
    alone: bool = False                 # no other oracle fails: nothing else goes wrong by it

    def where(self, p: Program) -> list[str]:
        """Arguments of live."""
        if not self.once:
            return ["--func", self.function]
        deltas = _runs(p, self.function, "sp_delta")
        start, end = next((start, end) for start, end, value in deltas if value)
        f = p.function(self.function)
        places = [insn.address - f["entry"] for insn in p.code(self.function)] if f else []
        safe = [at for at in places if start + (end - start) // 2 <= at < end
                and value_at(_runs(p, self.function, "unsafe_point"), at) == SAFE]
        return ["--at", f"{self.function}+{safe[0]:#x}"]


def _port(p: Program, key: str) -> Any:
    return ports.expected(p.target, "live", {}).get(key)


def _one(found: list[Insn], what: str) -> Insn:
    if not found:
        raise NotHere(f"this Go's runtime has no {what} that could be found")
    return found[0]


# ---- tables ----

def _table(p: Program, function: str, table: str, choices: list[list[Run]],
           why: str) -> bytes:
    """The first of the tables that fits in the old one's place."""
    f = p.function(function)
    assert f
    for runs in choices:
        if image := replaced(p.image, f[table], runs):
            return image
    raise NotHere(why)


def quiet(p: Program) -> bytes:
    """The program with a scheduler that sends no signals of its own: a fault is met by shots alone."""
    calls = [call for name in ("preemptM", "signalM", "tgkill")
             for call in p.calls("runtime.preemptone", f"runtime.{name}")]
    _one(calls, "call of preemptM")
    return p.without(*calls)


def _runs(p: Program, function: str, table: str) -> list[Run]:
    f = p.function(function)
    assert f
    return [(start, end, value) for start, end, value in f[table]]


def sp_delta_is_wrong(p: Program) -> bytes:
    runs = _runs(p, "main.framed", "sp_delta")
    return _table(p, "main.framed", "sp_delta",
                  [[*runs[:k], (start, end, value - 8), *runs[k + 1:]]
                   for k in to_the_return(runs) for start, end, value in [runs[k]] if value],
                  "its SP-delta table can't be told from another one")


def scratch_is_safe(p: Program) -> bytes:
    """Behind the first instruction of a sequence by way of REGTMP."""
    regtmp = ports.expected(p.target, "regtmp")
    if not regtmp:
        raise NotHere("no register is lost that Go's assembler marks")
    runs, step = _runs(p, "main.scratch", "unsafe_point"), quantum(p.image)
    values = RESTART if regtmp["restarts"] else (UNSAFE,)
    users = {insn.address for insn in p.code("main.scratch") if regtmp["reg"] in insn.registers("r")}
    f = p.function("main.scratch")
    assert f
    sizes = {insn.address - f["entry"]: insn.size for insn in p.code("main.scratch")}
    early = []
    for k, ((start, end, value), (_, until, after)) in enumerate(zip(runs, runs[1:])):
        edge = start + max(sizes.get(start, step), step)
        if value in values and after == SAFE and edge < end and f["entry"] + edge in users:
            early.append([*runs[:k], (start, edge, value), (edge, until, after), *runs[k + 2:]])
    return _table(p, "main.scratch", "unsafe_point", early, "no mark of a scratch register can end early")


def range_goes_on(p: Program) -> bytes:
    """A range that is begun again reaches beyond an instruction that can't be done twice."""
    if not (ports.expected(p.target, "regtmp") or {}).get("restarts"):
        raise NotHere("Go's assembler restarts nothing")
    runs = _runs(p, "main.inPlace", "unsafe_point")
    sizes = {insn.address: insn.size for insn in p.code("main.inPlace")}
    f = p.function("main.inPlace")
    assert f
    longer = []
    for k, ((start, end, value), (_, until, after)) in enumerate(zip(runs, runs[1:])):
        edge = end
        while edge - start <= FARTHEST and edge < until:
            edge += sizes[f["entry"] + edge]
        if value in RESTART and after == SAFE and end < edge < until:
            longer.append([*runs[:k], (start, edge, value), (edge, until, after), *runs[k + 2:]])
    return _table(p, "main.inPlace", "unsafe_point", longer, "no range can be longer")


def entry_from_inside(p: Program) -> bytes:
    """The function is to be begun again where it has moved SP."""
    runs, deltas = (_runs(p, "main.framed", name) for name in ("unsafe_point", "sp_delta"))
    return _table(p, "main.framed", "unsafe_point",
                  [[*runs[:k], (start, end, AT_ENTRY), *runs[k + 1:]]
                   for k, (start, end, value) in enumerate(runs)
                   if value == SAFE and value_at(deltas, start) and value_at(deltas, end - 1)],
                  "its table of unsafe points can't be told from another one")


# ---- pushCall ----

def _push_call(p: Program) -> tuple[list[Insn], Insn]:
    """Its stores of more than a constant, and where it lowers SP. Where it is inlined, the atomic accesses
    behind it are not its."""
    name = "runtime.(*sigctxt).pushCall"
    code = p.code(name) or p.code("runtime.doSigPreempt")
    sp = _sp(p)
    lowers = _one([insn for insn in code if insn.subtracts_from not in (None, sp)], "pushCall")
    stores = [insn for insn in code if insn.address > lowers.address
              and insn.base("store") not in (None, sp) and "atomic" not in insn.effects
              and insn.registers("r") - {insn.base("store")}]
    return stores, lowers


def _push_call_store(what: str) -> Callable[[Program], bytes]:
    def plant(p: Program) -> bytes:
        order = _port(p, "push_call") or ["sp", "slot", "resume", "pc"]
        if what not in order:
            raise NotHere("nothing is kept there")
        stores, _ = _push_call(p)
        if len(stores) < len(order):
            raise NotHere("this Go's pushCall is another one")
        return p.without(stores[order.index(what)])
    return plant


def sp_is_lowered_otherwise(p: Program) -> bytes:
    """By a multiple: the instruction with one bit turned that says so."""
    lowers = _push_call(p)[1]
    code = p.bytes_of(lowers)
    was = int(lowers.effects.rpartition("-0x")[2], 16)
    for bit in range(8 * len(code)):
        other = bytearray(code)
        other[bit // 8] ^= 1 << bit % 8
        text = p.effects(bytes(other))
        head, _, by = text.rpartition("-0x")
        if (head == lowers.effects.rpartition("-0x")[0] and was < int(by, 16) <= 512
                and int(by, 16) % was == 0):
            return p.with_code((lowers, bytes(other)))
    raise NotHere("this Go's pushCall is another one")


# ---- asyncPreempt ----

def _sp(p: Program) -> str:
    return next(insn.base("store") or "" for insn in p.code("runtime.asyncPreempt") if insn.base("store"))


def _stub(p: Program, kind: str, what: str) -> Insn:
    """Where the stub loads ("w") or stores ("r") the register of that kind."""
    name = (_port(p, "stub") or {}).get(kind)
    if not name:
        raise NotHere("it has no flags" if kind == "flags" else "live compares none")
    code, sp = p.code("runtime.asyncPreempt"), _sp(p)
    access = "load" if what == "w" else "store"
    found = [insn for insn in code if name in insn.registers(what)
             and (kind == "flags" or insn.base(access) == sp)]
    return _one(found[::-1] if what == "w" else found, f"asyncPreempt's {access} of {name}")


def _restore(kind: str) -> Callable[[Program], bytes]:
    def plant(p: Program) -> bytes:
        insn = _stub(p, kind, "w")
        instead = _port(p, "instead_of_popping_flags") if kind == "flags" else None
        return p.with_code((insn, bytes.fromhex(instead))) if instead else p.without(insn)
    return plant


def save_is_left_out(p: Program) -> bytes:
    return p.without(_stub(p, "general", "r"))


# ---- the filter: isAsyncSafePoint, in the order of its source ----

_FILTER = "runtime.isAsyncSafePoint"


def _filter_branches(p: Program, behind: str, before: str | None) -> list[Insn]:
    """Its branches between a call and another one."""
    first = _one(p.calls(_FILTER, behind), f"call of {behind}").address
    last = _one(p.calls(_FILTER, before), f"call of {before}").address if before else 1 << 64
    return [insn for insn in p.code(_FILTER) if insn.is_branch and first < insn.address < last]


def unsafe_is_accepted(p: Program) -> bytes:
    return p.without(_filter_branches(p, "runtime.pcdatavalue2", "runtime.funcname")[0])


def assembly_is_accepted(p: Program) -> bytes:
    branches = _filter_branches(p, "runtime.pcdatavalue2", "runtime.funcname")[-2:]
    if branches[0].target != branches[1].target:
        raise NotHere("this Go's isAsyncSafePoint is another one")
    return p.without(*branches)


def _name_checks(p: Program) -> tuple[Insn, list[Insn]]:
    """The branch of the first names that are refused, which leads behind the last one's branch; and the
    branches that follow."""
    f = p.function(_FILTER)
    branches = _filter_branches(p, "runtime.memequal", None)
    for insn in branches:
        ends = [b for b in branches if f and insn.target == b.address + b.size + b.delay - f["entry"]]
        if ends:
            return insn, [b for b in branches if b.address > ends[0].address]
    raise NotHere("this Go's isAsyncSafePoint is another one")


def runtime_is_accepted(p: Program) -> bytes:
    return p.without(_name_checks(p)[0])


def ranges_are_ignored(p: Program) -> bytes:
    """The runtime goes on at the PC of a range that is to be begun again: what its branch depends on, the
    instruction before it, stays what it was."""
    if not (ports.expected(p.target, "regtmp") or {}).get("restarts"):
        raise NotHere("Go's assembler restarts nothing")
    code = p.code(_FILTER)
    branch = _name_checks(p)[1][1]   # behind that of RestartAtEntry
    return p.without(code[code.index(branch) - 1])


def all_is_refused(p: Program) -> bytes:
    return p.without(_one(p.calls("runtime.sighandler", "runtime.doSigPreempt"), "call of doSigPreempt"))


# ---- behind it ----

def scheduler_is_not_called(p: Program) -> bytes:
    name = "runtime.asyncPreempt2"
    _one(p.calls(name, "runtime.mcall"), "call of mcall")
    return p.without(*p.calls(name, "runtime.mcall"))


def frame_is_not_scanned(p: Program) -> bytes:
    """The collector leaves out what an interrupted frame and its registers may point to."""
    name = "runtime.scanframeworker"
    _one(p.calls(name, "runtime.scanConservative"), "call of scanConservative")
    return p.without(*p.calls(name, "runtime.scanConservative"))


def locals_are_not_scanned(p: Program) -> bytes:
    """The collector leaves out what the callers' stack maps say."""
    name = "runtime.scanframeworker"
    _one(p.calls(name, "runtime.scanblock"), "call of scanblock")
    return p.without(*p.calls(name, "runtime.scanblock"))


FAULTS = {
    "SP delta": Fault(sp_delta_is_wrong, "unwind", "main.framed", alone=True),
    "scratch register marked safe": Fault(scratch_is_safe, "state", "main.scratch", "adversary"),
    "restart range too long": Fault(range_goes_on, "state", "main.inPlace"),
    "restart at entry, SP moved": Fault(entry_from_inside, "unwind", "main.framed"),
    "pushCall: SP not stored": Fault(_push_call_store("sp"), "frame", "main.floats"),
    "pushCall: SP lowered otherwise": Fault(sp_is_lowered_otherwise, "frame", "main.framed", once=True),
    "pushCall: slot not stored": Fault(_push_call_store("slot"), "frame", "main.floats"),
    "pushCall: resume PC not stored": Fault(_push_call_store("resume"), "decision", "main.floats"),
    "pushCall: PC not stored": Fault(_push_call_store("pc"), "frame", "main.framed", once=True),
    "pushCall: another register's slot": Fault(_push_call_store("slot r2"), "frame", "main.floats"),
    "stub: general register not restored": Fault(_restore("general"), "state", "main.floats", "adversary"),
    "stub: FP register not restored": Fault(_restore("float"), "state", "main.floats", "adversary"),
    "stub: flags not restored": Fault(_restore("flags"), "state", "main.inPlace", "adversary"),
    "stub: register not saved": Fault(save_is_left_out, "state", "main.scratch", "adversary"),
    "filter: unsafe point accepted": Fault(unsafe_is_accepted, "decision", "main.framed"),
    "filter: assembly accepted": Fault(assembly_is_accepted, "decision", "main.assembly"),
    "filter: runtime.* accepted": Fault(runtime_is_accepted, "decision", "runtime.intstring"),
    "filter: all refused": Fault(all_is_refused, "liveness", "main.floats", alone=True),
    "filter: range's PC kept": Fault(ranges_are_ignored, "decision", "main.scratch"),
    "scheduler not called": Fault(scheduler_is_not_called, "liveness", "main.floats", alone=True),
    "collector: frame not scanned": Fault(frame_is_not_scanned, "roots", "main.walk", "gc"),
    "collector: locals not scanned": Fault(locals_are_not_scanned, "crash", "main.walk", "gc", alone=True),
}
