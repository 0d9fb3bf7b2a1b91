"""A failure as bisections end with it: the one place where they are given words."""
from __future__ import annotations

from typing import Any

from ..report import summary


def failure(found: dict[str, Any]) -> str:
    """`found`: a failure of a summary.json. The command that runs it again is the caller's to say: the
    commit's tree goes."""
    return summary.failure_text({name: value for name, value in found.items() if name != "repro"}).plain


def block(text: str) -> str:
    """The first failure that a command printed, its head and the indented lines below it; or its last
    lines."""
    lines = text.splitlines()
    begin = next((k for k, line in enumerate(lines) if line.startswith(("FAIL ", "VIOLATION"))), None)
    if begin is None:
        return "\n".join(lines[-5:])
    end = next((k for k in range(begin + 1, len(lines)) if not lines[k].startswith(" ")), len(lines))
    return "\n".join(lines[begin:end])
