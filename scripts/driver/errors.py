"""The ways in which a command can end, as exceptions that carry the driver's exit code and one line for the
user."""
from __future__ import annotations

PASSED, FAILED, USAGE, NOT_BUILT = 0, 1, 2, 125


class DriverError(Exception):
    """Ends the command: `kind` opens the last line that is printed, `code` is the exit code."""

    kind = "failed:"
    code = FAILED


class UsageError(DriverError):
    """What the user asked for makes no sense; the message says which part, and what would."""

    kind = "usage:"
    code = USAGE


class SetupError(DriverError):
    """Something that the run needs is not installed; the message has the command that installs it."""

    kind = "set-up:"
    code = USAGE


class BuildError(DriverError):
    """The tree does not build: `git bisect run` skips this commit (125)."""

    kind = "could not build:"
    code = NOT_BUILT


class Interrupted(DriverError):
    """The user or the CI asked to stop, and nothing had been run yet that could be kept."""

    kind = "failed: interrupted"
    code = FAILED
