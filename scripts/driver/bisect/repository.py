"""A git repository, and a worktree of it in which commits are tried: the user's own checkout stays as it is,
whatever ends the driver."""
from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from ..context import Context
from ..errors import DriverError, SetupError, UsageError


@dataclass(frozen=True)
class Repository:
    context: Context
    path: Path

    def git(self, *args: str, folder: Path | None = None) -> str:
        """What git prints. Raises DriverError with its last line where it fails."""
        done = self._run(args, folder or self.path)
        if done[0] != 0:
            lines = (done[2] or done[1]).strip().splitlines() or ["no reason given"]
            raise DriverError(f"git {' '.join(args[:2])} in {folder or self.path}: {lines[-1]}")
        return done[1].rstrip("\n")

    def _run(self, args: tuple[str, ...], folder: Path) -> tuple[int, str, str]:
        if shutil.which("git") is None:
            raise SetupError("git is not installed; install it with: apt-get install -y git")
        done = self.context.run(["git", "-C", str(folder), *args])
        return done.status, done.out, done.err

    def commit(self, name: str, what: str) -> str:
        """The full hash of a revision. `what`: how the user gave it, for the message."""
        if self._run(("rev-parse", "--git-dir"), self.path)[0] != 0:
            raise UsageError(f"{self.path} is not a git repository")
        status, out, _ = self._run(("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}"), self.path)
        if status != 0:
            raise UsageError(f"{what} {name}: {self.path} has no such commit")
        return out.strip()

    def title(self, commit: str) -> str:
        return self.git("log", "-1", "--format=%h %s", commit)

    def message(self, commit: str) -> str:
        """Hash, author, date, and the whole message."""
        return self.git("log", "-1", commit)


@dataclass(frozen=True)
class Tree:
    """The worktree."""

    repository: Repository
    path: Path

    def open(self, commit: str) -> None:
        """Makes it, or takes the one that an earlier bisection left when it was stopped."""
        repository = self.repository
        if not (self.path / ".git").is_file() or not self._is_usable():
            shutil.rmtree(self.path, ignore_errors=True)
            repository.git("worktree", "prune")
            self.path.parent.mkdir(parents=True, exist_ok=True)
            repository.git("worktree", "add", "--quiet", "--force", "--detach", str(self.path), commit)
        self.checkout(commit)

    def _is_usable(self) -> bool:
        try:
            own = Path(self.git("rev-parse", "--absolute-git-dir"))
        except DriverError:   # its repository forgot it
            return False
        (own / "index.lock").unlink(missing_ok=True)   # of a git that was killed
        self.git("bisect", "reset", "HEAD")
        return True

    def checkout(self, commit: str) -> None:
        self.git("checkout", "--quiet", "--force", "--detach", commit)

    def git(self, *args: str) -> str:
        return self.repository.git(*args, folder=self.path)

    def head(self) -> str:
        return self.git("rev-parse", "HEAD")

    def left(self) -> int:
        """How many commits a bisection under way still has to choose from."""
        good = self.git("for-each-ref", "--format=%(refname)", "refs/bisect/good-*").split()
        return int(self.git("rev-list", "--count", "refs/bisect/bad", "--not", *good))

    def remove(self) -> None:
        """Takes it away, with all that was built in it."""
        self.repository.git("worktree", "remove", "--force", str(self.path))
        self.repository.git("worktree", "prune")
