"""One make at a time writes to a target's build folder, and to build/host, though several runs of the driver
may go on in one tree."""
from __future__ import annotations

import contextlib
import fcntl
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from ..context import Context

HOST = "host"
_FILE, _HOST_FILE = ".lock", ".host-lock"   # two, should a target be called host
_POLL_S = 0.05
_SAID_AFTER_S = 1.0   # most makes find nothing to do


@contextlib.contextmanager
def building(context: Context, target: str | None) -> Iterator[None]:
    """While it lasts, no other run builds for `target`, or, without one, for the host, which is what targets'
    builds use. Waits for that, and if it takes long says so in a line. Raises Interrupted when a stop is
    asked for meanwhile. The kernel gives the locks back however the driver ends."""
    with contextlib.ExitStack() as held:
        folder = context.root / "build"
        held.enter_context(_locked(context, folder / HOST / _HOST_FILE,
                                   fcntl.LOCK_SH if target else fcntl.LOCK_EX))
        if target:
            held.enter_context(_locked(context, folder / target / _FILE, fcntl.LOCK_EX))
        yield


@contextlib.contextmanager
def _locked(context: Context, path: Path, how: int) -> Iterator[None]:
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        said, began = False, time.monotonic()
        while not _take(lock, how):
            context.stop.check()
            if not said and time.monotonic() - began > _SAID_AFTER_S:
                _say(path)
                said = True
            time.sleep(_POLL_S)
        with contextlib.suppress(OSError):   # only for the line of one that waits
            os.ftruncate(lock, 0)
            os.pwrite(lock, str(os.getpid()).encode(), 0)
        yield
    finally:
        with contextlib.suppress(OSError):   # by itself, as a process may just be forking
            fcntl.flock(lock, fcntl.LOCK_UN)
        os.close(lock)


def _take(lock: int, how: int) -> bool:
    try:
        fcntl.flock(lock, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:   # a file system without locks: as before there were any
        return True
    return True


def _say(path: Path) -> None:
    """Unless the other one is a thread of this run."""
    process = path.read_text(encoding="ascii", errors="replace")
    if process != str(os.getpid()):
        print(f"waiting for another run{f' (process {process})' if process else ''}, which builds "
              f"{'' if path.name == _HOST_FILE else f'for {path.parent.name} '}in this tree",
              file=sys.stderr, flush=True)
