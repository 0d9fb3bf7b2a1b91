"""What --cases means: a glob over case names, or files of cases (.S, .progs, .tsv) from inside or outside the
tree."""
from __future__ import annotations

import glob
import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from .. import folders
from ..errors import UsageError
from .targets import Target, words

SUFFIXES = (".progs", ".S", ".tsv")
LISTED = "@"          # in front of a file that holds the words of --cases
_ARGUMENT = 32768     # bytes of names that are passed on as an argument; Linux takes 131,072
_SHOWN = 1024         # bytes of names in reports and commands, where the user said it shorter


@dataclass(frozen=True)
class Selection:
    """`files` empty: the tree's own cases. `glob` filters case names either way; None takes all."""

    glob: str | None = None
    files: tuple[Path, ...] = field(default=())
    said: str = ""    # the words that named the files, as they can be said again

    def make_args(self, root: Path, out: Path) -> list[str]:
        """`out`: the build folder, relative to `root`; names that are too many for an argument go there."""
        names = " ".join(self.names(root))
        if len(names) <= _ARGUMENT:
            return ["CASE_FILES=" + names] if names else []
        path = root / out / "cases.list"
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_text(encoding="utf-8") != names:
            folders.write_text(path, names)
        return [f"CASE_LIST={out / path.name}"]

    def names(self, root: Path) -> list[str]:
        """The files as make and the reports name them: relative to the project when inside it."""
        return [str(f.relative_to(root)) if f.is_relative_to(root) else str(f) for f in self.files]

    def folder(self, root: Path, seed: int) -> str:
        """Name of the build folder that holds the probe of this selection."""
        if not self.files:
            return f"seed-{seed}"
        key = "\n".join(self.names(root)) + f"\n{seed}"
        return "files-" + hashlib.sha256(key.encode()).hexdigest()[:12]

    def text(self, root: Path) -> str:
        """As the user would say it again."""
        return " ".join(([shown] if (shown := self.files_text(root)) else [])
                        + ([self.glob] if self.glob else []))

    def files_text(self, root: Path) -> str:
        """The files' names; thousands of them by the folder, pattern or list that the user gave."""
        names = " ".join(self.names(root))
        return self.said if len(names) > _SHOWN and len(self.said) < len(names) else names


def parse(args: list[str] | None, cwd: Path) -> Selection:
    """Reads the words of --cases; relative paths are relative to `cwd`."""
    patterns: list[str] = []
    files: list[Path] = []
    given = [w for arg in args or [] for w in _split(arg, cwd)]
    for word in [w for one in given for w in _listed(one, cwd)]:
        path = cwd / word
        if _exists(path) and path.is_dir():
            inside = sorted(p for p in path.iterdir() if p.suffix in SUFFIXES)
            if not inside:
                raise UsageError(f"--cases {word}: no .progs, .S or .tsv file in this folder")
            files += inside
        elif word.endswith(SUFFIXES):
            hits = [path] if _exists(path) else [*map(Path, sorted(glob.glob(str(path))))]  # noqa: PTH207
            if not hits:
                raise UsageError(f"--cases {word}: no such file")
            files += hits
        elif word != "*":   # make's default: all of them
            patterns.append(word)
    if len(patterns) > 1:
        raise UsageError(f"--cases takes files or one glob over case names, not {len(patterns)} globs: "
                         f"{' '.join(patterns)}")
    resolved = tuple(dict.fromkeys(f.resolve() for f in files))
    for path in resolved:
        _check(path)
    said = " ".join(word for word in given if word not in patterns)
    return Selection(patterns[0] if patterns else None, resolved, said)


def _split(arg: str, cwd: Path) -> list[str]:
    return [arg] if _exists(cwd / arg) else words(arg)


def _exists(path: Path) -> bool:
    """A list of names may be too long for one."""
    try:
        return path.exists()
    except OSError:
        return False


def _listed(word: str, cwd: Path) -> list[str]:
    """The word, or the words of the file that @FILE names."""
    if not word.startswith(LISTED):
        return [word]
    path = cwd / word.removeprefix(LISTED)
    try:
        found = words(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeError) as error:
        raise UsageError(f"--cases {word}: {getattr(error, 'strerror', None) or 'not a text file'}") from None
    if not found:
        raise UsageError(f"--cases {word}: no name of a case or file in it")
    return found


def _check(path: Path) -> None:
    """Refuses what make could not pass on, and what holds no case."""
    if any(c.isspace() or c in "#$:%'\"\\" for c in str(path)):
        raise UsageError(f"{path}: make can't handle a path with blanks or any of # $ : % ' \" \\; move the "
                         "file")
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from None
    lines = [line.strip() for line in text.splitlines()]
    if not any(line and not line.startswith(("//", "#", "/*", "*")) for line in lines):
        raise UsageError(f"{path}: no case in this file")


def default_targets(known: list[Target], selection: Selection, root: Path) -> list[Target] | None:
    """The targets of the files' own folder under cases/, when --arch says nothing; None when there are no
    files."""
    if not selection.files:
        return None
    archs = set()
    for path in selection.files:
        owner = next((t.arch for t in known if path.is_relative_to(root / "cases" / t.arch)), None)
        if owner is None:
            raise UsageError(f"{path}: which target is this file for? Name it with --arch (make: ARCH=)")
        archs.add(owner)
    return [t for t in known if t.arch in archs and t.family] or [t for t in known if t.arch in archs]
