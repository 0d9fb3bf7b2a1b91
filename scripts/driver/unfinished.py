"""What a run has so far: a folder below the results that is there until they are complete, so that --resume
can continue whatever ended the driver. It names what decides the results, and a run that differs in that is
no continuation."""
from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from . import folders
from .errors import UsageError

FOLDER = ".unfinished"
_RUN = "run.json"


class Unfinished:
    """results/.unfinished/<command>. `jobs` is what the run was begun with: it decides how targets are
    divided, so that another number does not make what is there useless."""

    def __init__(self, results: Path, command: str, jobs: int) -> None:
        self.results, self.folder, self.jobs = results, results / FOLDER / command, jobs

    def begin(self, identity: dict[str, Any], resume: bool, say: Callable[[str], None]) -> None:
        """Begins a run, or with `resume` continues what is there. `identity`: all that decides the results,
        by the names that the user knows. Raises UsageError if that has changed."""
        kept = self._read()
        if resume and kept is not None:
            self._refuse_other(kept["identity"], identity)
            self.jobs = kept["jobs"]
            return
        if resume:
            say(f"nothing to resume in {self.results}: this is a new run")
        elif kept is not None:
            say(f"dropped the unfinished run in {self.results}, which --resume would have continued")
        self._remove()
        folders.write_json(self.folder / _RUN, {"identity": identity, "jobs": self.jobs})

    def _read(self) -> dict[str, Any] | None:
        try:
            kept = json.loads((self.folder / _RUN).read_text(encoding="utf-8"))
            return kept if isinstance(kept, dict) and {"identity", "jobs"} <= kept.keys() else None
        except (OSError, ValueError):
            return None

    def _refuse_other(self, kept: dict[str, Any], now: dict[str, Any]) -> None:
        for name in dict.fromkeys([*now, *kept]):
            if kept.get(name) != now.get(name):
                shown = (f"was begun with {name} {_shown(kept.get(name))}, not {_shown(now.get(name))}"
                         if not name.startswith("the ") else f"was begun with another version of {name}")
                raise UsageError(f"the unfinished run in {self.results} {shown}: a run can only be resumed "
                                 "as it was begun; leave out --resume to start anew")

    def finish(self) -> None:
        """Removes it: the results are complete."""
        self._remove()
        with contextlib.suppress(OSError):   # another command's may be there
            self.folder.parent.rmdir()

    def _remove(self) -> None:
        """At once, whatever ends the driver meanwhile: no run goes on from a half of this one. Also what an
        earlier removal left."""
        gone = self.folder.with_name(self.folder.name + ".gone")
        shutil.rmtree(gone, ignore_errors=True)
        with contextlib.suppress(FileNotFoundError):
            self.folder.rename(gone)
        shutil.rmtree(gone, ignore_errors=True)


def _shown(value: Any) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value) or "(none)"


def digest(path: Path) -> str:
    """Of a file's contents; "" if there is no such file."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return ""
