"""Folders of results that survive whatever ends the driver: one run at a time writes to a folder, and what is
new takes the place of what is old in one step."""
from __future__ import annotations

import contextlib
import ctypes
import errno
import fcntl
import json
import os
import shutil
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from .errors import UsageError

LOCK = ".lock"
# What a write to a full disk, or one that is full for this user, ends with.
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2   # renameat2(2)
_libc = ctypes.CDLL(None, use_errno=True)


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """While it lasts, no other run can lock `folder`. The kernel gives the lock back when the driver ends,
    however it ends."""
    path = folder / LOCK
    lock = _lock(path)
    try:
        with contextlib.suppress(OSError):   # only for the message: a full disk shows soon enough
            os.ftruncate(lock, 0)
            os.write(lock, str(os.getpid()).encode())
        yield
    finally:
        path.unlink(missing_ok=True)
        os.close(lock)


def _lock(path: Path) -> int:
    while True:
        lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            process = os.read(lock, 20).decode("ascii", "replace")
            os.close(lock)
            who = f" (process {process})" if process else ""
            raise UsageError(f"--results {path.parent}: another run is writing there{who}; wait for it, or "
                             "name another folder") from None
        # Whoever had the lock may have removed the file before this one was locked.
        with contextlib.suppress(FileNotFoundError):
            if os.path.samestat(path.stat(), os.fstat(lock)):
                return lock
        os.close(lock)


def write_text(path: Path, text: str) -> None:
    """Replaces a file by one with this text, in one step. An OSError names the file."""
    fresh = path.with_name(f".{path.name}.new")
    try:
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(path)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise OSError(error.errno, error.strerror, os.path.relpath(path)) from None


def write_json(path: Path, data: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_text(path, json.dumps(data, indent=1, ensure_ascii=False) + "\n")


def replace(new: Path, old: Path, keep: bool = False, but: Collection[str] = ()) -> None:
    """Puts the folder `new` in the place of `old` in one step; what was there is deleted. With `keep`, what
    `new` has no file for is kept, `but` for files of these names."""
    if not old.exists():
        old.parent.mkdir(parents=True, exist_ok=True)
        new.rename(old)
        return
    for path in old.iterdir() if keep else []:
        if not (new / path.name).exists() and path.name not in but:
            link_tree(path, new / path.name)
    _exchange(new, old)
    shutil.rmtree(new)


def replace_keeping(new: Path, old: Path) -> None:
    """The same, and `new` stays where it is, for a run that may yet have to continue with it."""
    copy = new.with_name(f".{new.name}.copy")
    shutil.rmtree(copy, ignore_errors=True)
    link_tree(new, copy)
    replace(copy, old)


def link_tree(old: Path, new: Path) -> None:
    """A second name for a file, or for each file of a folder."""
    if old.is_dir():
        shutil.copytree(old, new, copy_function=_link, dirs_exist_ok=True)
    else:
        _link(old, new)


def _link(old: str | Path, new: str | Path) -> None:
    try:
        os.link(old, new)
    except OSError as error:
        if error.errno in FULL:
            raise
        shutil.copy2(old, new)   # a file system without links


def _exchange(one: Path, other: Path) -> None:
    """Exchanges two names. Where the file system can't do that at once, there is neither for a moment."""
    if _libc.renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0:
        return
    aside = one.with_name(f".{one.name}.old")
    other.rename(aside)
    one.rename(other)
    aside.rename(one)
