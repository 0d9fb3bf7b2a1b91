"""A guest under QEMU's gdbstub with gdb-multiarch attached: stops at one PC, and leaves the user there."""
from __future__ import annotations

import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from .. import children
from ..build import setup
from ..context import Context
from ..errors import SetupError, UsageError
from .one_shot import ShotId
from .plan import Plan

GDB = "gdb-multiarch"
_QEMU_OPTION = "-g"     # takes a socket's path since 5.1 (linux-user/main.c)
_SCRIPT_S = 120          # for a script to end
_ALWAYS = ("set pagination off", "set confirm off", "set width 0", "set debuginfod enabled off")
# The stub reports every signal to GDB first: those of the guest are its own business.
_ATTACH = ("target remote {socket}", "handle all nostop noprint pass", "handle SIGINT nopass stop")
# What the agent's traps raise (arch/*/live/trap.h): a stop there comes before the agent sees it.
_TRAPS = ("handle SIGTRAP stop print pass", "handle SIGILL stop print pass")


def session(context: Context, qemu: list[str], guest: list[str], setup_lines: list[str], script: Path | None,
            env: dict[str, str] | None = None) -> int:
    """Starts `qemu` with its gdbstub on `guest`, and GDB, which runs `setup_lines`, in which "ATTACH" stands
    where it is to attach, and then takes what the user types; with `script`, that file's commands, and ends.
    Returns GDB's exit code."""
    setup.ensure_gdb(context, GDB)
    with tempfile.TemporaryDirectory(prefix="everypc-gdb-") as folder:
        socket = Path(folder) / "stub"
        commands = Path(folder) / "setup.gdb"
        attach = [line.format(socket=socket) for line in _ATTACH]
        lines = [*_ALWAYS, *(line if line != "ATTACH" else "\n".join(attach) for line in setup_lines)]
        commands.write_text("\n".join(lines) + "\n", encoding="utf-8")
        proc = children.start([qemu[0], _QEMU_OPTION, str(socket), *qemu[1:], *guest], context.root,
                              env, subprocess.STDOUT)
        try:
            _wait_for(socket, proc)
            batch = ["-batch", "-x", str(commands), "-x", str(script)] if script else ["-x", str(commands)]
            with _interrupts_are_gdbs():
                return subprocess.run([GDB, "-q", *batch], check=False,
                                      timeout=_SCRIPT_S if script else None).returncode
        except subprocess.TimeoutExpired:
            raise UsageError(f"--gdb: not at the PC, and through {script}, within {_SCRIPT_S} s") from None
        finally:
            children.kill(proc)
            if proc.stdout:
                proc.stdout.close()


def _wait_for(socket: Path, proc: subprocess.Popen[bytes]) -> None:
    """Until the stub listens."""
    for _ in range(100):
        if socket.exists():
            return
        try:
            proc.wait(children.POLL_S)
        except subprocess.TimeoutExpired:
            continue
        said = proc.stdout.read().decode("utf-8", "replace") if proc.stdout else ""
        raise SetupError(f"QEMU did not start its gdbstub: {said.strip() or proc.returncode}")
    raise SetupError("QEMU did not start its gdbstub within 10 s")


@contextmanager
def _interrupts_are_gdbs() -> Iterator[None]:
    """Ctrl-C stops the guest, and does not end the driver."""
    before: Callable[[int, FrameType | None], Any] | int | None = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def debug_shot(context: Context, plan: Plan, shot: ShotId, index: int, script: Path | None) -> int:
    """Stops a shot's thread at its PC, in the case itself, before the signal comes. `index`: of the case
    among the probe's. Returns GDB's exit code."""
    offset = int((shot.place or "@+0x0#0").partition("#")[0].removeprefix("@+"), 16)
    entry = f"everypc_cases[{index}]->entry"
    lines = [f"file {plan.probe}", "ATTACH",
             # The runs without a signal, and the self-test, come first: this is the first shot of the case.
             f"tbreak fire_pin if p->c == everypc_cases[{index}]", "continue",
             f"tbreak *({entry} + {offset:#x})", "continue",
             f"set $entry = {entry}",
             *_hint(f"{shot.target}/{shot.shot} at its PC, +{offset:#x}, before its signal comes",
                    ["x/8i $entry        the case; at the PC, a branch to itself pins the thread",
                     "info registers     what it holds now",
                     "break handle_preempt, continue      the decision; finish: what it was",
                     "break async_preempt, continue       the injected call",
                     "break case_leave, continue          the end of the case"])]
    guest = [str(plan.probe), *plan.arguments("--repro", shot.shot or "", "--in-place")]
    return session(context, list(plan.start.prefix), guest, lines, script)


def debug_program(context: Context, qemu: list[str], guest: list[str], env: dict[str, str], program: Path,
                  agent: Path, address: int, visit: int, name: str, script: Path | None) -> int:
    """Stops a program that everypc live fires at where it comes to an address for the `visit`th time, from 1.
    """
    # A breakpoint of GDB's at the agent's trap would have it never arrive. A program that is loaded elsewhere
    # than its file says is so by whole pages.
    lines = [f"file {program}", f"add-symbol-file {agent}", "ATTACH", *_TRAPS, "set language c",
             "set $visits = 0", f"while $visits < {visit}", "continue",
             f"if ((unsigned long) $pc & 0xfff) == {address & 0xfff:#x}", "set $visits = $visits + 1", "end",
             "end",
             *_hint(f"{name}, where the program comes there for the {ordinal(visit)} time",
                    ["x/8i $pc           at the PC, the agent's trap stands in for the instruction",
                     "info registers     what it holds now",
                     "break runtime.sighandler, continue     the runtime's handler of the signal",
                     "break runtime.asyncPreempt, continue   the injected call"])]
    return session(context, qemu, guest, lines, script, env)


def ordinal(n: int) -> str:
    last = "th" if n // 10 % 10 == 1 else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{last}"


def _hint(where: str, what: list[str]) -> list[str]:
    text = [f"stopped: {where}. Type for example:", *(f"\\ \\ {line}" for line in what),
            "\\ \\ kill               ends it"]   # GDB drops plain leading blanks
    return ["x/i $pc", *(f"echo {line}\\n" for line in text)]
