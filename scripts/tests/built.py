"""The probes that tests build for cases of their own. They stay in build/test/probes under a name that says
what is in them: tests with the same files share one, in whichever process they run, and the next run finds
it built."""
from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "build/test/probes"


def probe(target: str, files: list[Path], sut: Path | None = None, drawn: int = 0) -> Path:
    """The folder that has `probe` with these cases in it, or so many random programs and what the harness
    adds of its own, and with the files of `sut` in place of ours."""
    cases = [file if file.is_relative_to(ROOT) else _kept(file) for file in files]
    under_test = ([f"DRAWN={drawn}"] if drawn else []) + ([f"SUT={_kept_folder(sut)}"] if sut else [])
    out = FOLDER / target / _digest(" ".join(map(str, [*cases, *under_test])).encode())
    out.mkdir(parents=True, exist_ok=True)
    # of the target: what is under test is built once for all of its probes
    with (FOLDER / target / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = subprocess.run(["make", "-s", "probe", f"TARGET={target}", f"OUT={out.relative_to(ROOT)}",
                               "CASE_FILES=" + " ".join(map(str, cases)), *under_test],
                              cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return out


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


def _kept(file: Path) -> Path:
    """A copy of a temporary file, at a path that depends on what is in it alone."""
    return _put(FOLDER / "files" / _digest(file.read_bytes()) / file.name, file)


def _kept_folder(folder: Path) -> Path:
    if folder.is_relative_to(ROOT):
        return folder
    files = sorted(folder.iterdir())
    kept = FOLDER / "sut" / _digest(b"".join(file.name.encode() + file.read_bytes() for file in files))
    for file in files:
        _put(kept / file.name, file)
    return kept


def _put(kept: Path, file: Path) -> Path:
    kept.parent.mkdir(parents=True, exist_ok=True)
    if not kept.exists():
        half = kept.with_name(f".{kept.name}.{os.getpid()}")   # another process may be writing it, too
        half.write_bytes(file.read_bytes())
        half.rename(kept)
    return kept
