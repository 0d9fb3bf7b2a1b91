"""The processes that the driver starts: each in a process group of its own, so that QEMU and make's own
children end with it, and each ended by the thread that started it as soon as a stop is asked for. The kernel
ends those that are left when the driver itself is killed."""
from __future__ import annotations

import ctypes
import functools
import os
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from .errors import Interrupted

POLL_S = 0.1  # how soon a stop is seen
LAUNCH = Path(__file__).resolve().parents[2] / "build/host/launch"   # launch.c; `make host` builds it
_PR_SET_PDEATHSIG = 1  # prctl(2)
_prctl = ctypes.CDLL(None).prctl


class StopRequest:
    """Set by a signal handler and polled by everyone. A plain attribute, because a handler must not take a
    lock."""

    def __init__(self) -> None:
        self.signal_name: str | None = None

    @property
    def requested(self) -> bool:
        return self.signal_name is not None

    def install(self) -> None:
        """Makes Ctrl-C, SIGTERM and SIGHUP ask for a stop. Main thread only."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)

    def ask(self, why: str) -> None:
        """What a signal does, for a fault that ends the command."""
        self.signal_name = self.signal_name or why

    def error(self, when: str = "") -> Interrupted:
        """What a command ends with that was stopped, " during" something."""
        return Interrupted(f"by {self.signal_name}{when}")

    def check(self) -> None:
        """Raises Interrupted if a stop is asked for."""
        if self.requested:
            raise self.error()

    def _on_signal(self, number: int, _frame: object) -> None:
        self.signal_name = signal.Signals(number).name


@dataclass(frozen=True)
class Completed:
    """How a process ended: `status` is its exit code, or minus the signal that killed it."""

    status: int
    out: str
    err: str
    timed_out: bool = False


def start(argv: list[str], cwd: Path, env: dict[str, str] | None = None,
          err: int | None = subprocess.PIPE,
          stdin: Path | int | None = None) -> subprocess.Popen[bytes]:
    """Starts `argv` with its output in a pipe, and a file, PIPE for one that the caller closes, or nothing as
    its input.
    `err` is what subprocess takes for standard error: PIPE for one of its own, STDOUT for the same one,
    None for the
    driver's. It must be ended by the thread that
    starts it: the kernel kills it when that thread ends, kill -9 of the driver included."""
    if not LAUNCH.exists():
        return _popen(argv, cwd, env, err, stdin, preexec_fn=functools.partial(_die_with, os.getpid()))
    reading, writing = os.pipe2(os.O_CLOEXEC)
    with os.fdopen(reading, "rb") as told:
        try:
            proc = _popen([str(LAUNCH), str(os.getpid()), str(writing), *argv], cwd, env, err, stdin,
                          pass_fds=[writing])
        finally:
            os.close(writing)
        failed = told.read()   # up to the exec
    if failed:
        with proc:
            raise OSError(int(failed), os.strerror(int(failed)), argv[0])
    return proc


def _popen(argv: list[str], cwd: Path, env: dict[str, str] | None, err: int | None, stdin: Path | int | None,
           preexec_fn: Callable[[], None] | None = None,
           pass_fds: Sequence[int] = ()) -> subprocess.Popen[bytes]:
    source = stdin if isinstance(stdin, int) else os.open(stdin or os.devnull, os.O_RDONLY | os.O_CLOEXEC)
    try:
        return subprocess.Popen(argv, cwd=cwd, env=env, stdin=source, stdout=subprocess.PIPE,
                                stderr=err, start_new_session=True, preexec_fn=preexec_fn,  # noqa: PLW1509
                                pass_fds=pass_fds)
    finally:
        if source >= 0:   # PIPE is negative
            os.close(source)


def _die_with(parent: int) -> None:
    """What launch.c does, in a fork of the driver. It calls nothing that could wait for a lock which another
    thread held at the fork."""
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:   # it was killed before the call
        os._exit(1)


def kill(proc: subprocess.Popen[bytes], gently_s: float = 0.0) -> int:
    """Ends the whole group of `proc` and returns its status. With `gently_s` it gets SIGTERM first and so
    many seconds (make then removes the files that it had half written)."""
    if gently_s > 0:
        _signal_group(proc, signal.SIGTERM)
        try:
            return proc.wait(gently_s)
        except subprocess.TimeoutExpired:
            pass
    _signal_group(proc, signal.SIGKILL)
    return proc.wait()


def _signal_group(proc: subprocess.Popen[bytes], number: int) -> None:
    try:
        os.killpg(proc.pid, number)
    except ProcessLookupError:
        pass


def run(argv: list[str], cwd: Path, stop: StopRequest, env: dict[str, str] | None = None,
        err: int | None = subprocess.PIPE, timeout_s: float | None = None,
        stdin: Path | int | None = None) -> Completed:
    """Runs `argv` to its end and returns what it printed (`err` and `stdin` as for start; a PIPE stays open
    and empty until the end). Raises Interrupted when a stop is asked for meanwhile."""
    proc = start(argv, cwd, env, err, stdin)
    held, proc.stdin = proc.stdin, None   # which communicate would close at once
    deadline = time.monotonic() + timeout_s if timeout_s is not None else None
    try:
        while True:
            try:
                out, said = proc.communicate(timeout=POLL_S)
                return Completed(proc.returncode, _text(out), _text(said))
            except subprocess.TimeoutExpired:
                timed_out = deadline is not None and time.monotonic() > deadline
                if not stop.requested and not timed_out:
                    continue
            kill(proc, gently_s=2.0 if stop.requested else 0.0)
            if held:
                held.close()
            out, said = proc.communicate()
            if stop.requested:
                raise stop.error(f" during {Path(argv[0]).name}")
            return Completed(proc.returncode, _text(out), _text(said), timed_out=True)
    finally:
        if held:
            held.close()


def _text(raw: bytes | None) -> str:
    return (raw or b"").decode("utf-8", "replace")


def cpu_seconds(pid: int) -> float:
    """User and system time that `pid` has used so far, in seconds; 0 once it is gone."""
    return _used(_stat(Path(f"/proc/{pid}/stat")))


def session_cpu_seconds(pid: int) -> float:
    """The same of a process that `start` started, with all that it has started itself and that lives: whose
    session it leads. Looks at every process of the machine."""
    stats = map(_stat, Path("/proc").glob("[0-9]*/stat"))
    return sum(_used(fields) for fields in stats if fields[3:4] == [str(pid)])


def _stat(path: Path) -> list[str]:
    """proc(5), from the third field on; none once the process is gone."""
    try:
        return path.read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _used(fields: list[str]) -> float:
    """Fields 14 and 15."""
    return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")


def status_text(status: int) -> str:
    """"exit status 3" or "SIGSEGV"."""
    if status >= 0:
        return f"exit status {status}"
    try:
        return signal.Signals(-status).name
    except ValueError:
        return f"signal {-status}"
