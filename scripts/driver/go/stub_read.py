"""What a binary's own stub loses, by reading its code in place of running it (everypc-go stub --read): of
registers that no CPU here has, and under settings of the CPU's flags that nothing here can execute. It counts
only where it agrees with all that was measured of the same stub."""
from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..context import Context
from ..errors import UsageError
from . import tool

Parts = dict[str, set[int]]   # of each register that loses something, its units


@dataclass
class Reader:
    """Of one binary's stub. `why` says why it can't be read, or not be trusted, once that is known."""

    context: Context
    binary: Path
    why: str = ""
    registers: dict[str, None] = field(default_factory=dict)   # that were read, and not seen in execution

    def complete(self, option: list[str], one: dict[str, Any], measured: Parts) -> None:
        """Adds to what was measured what is read of the registers that its CPU lacks."""
        lacking = set(one.get("lacking", []))
        read = self._read(option) if lacking else None
        if read is None:
            return
        unseen = lacking | set(one["not_measured"])
        differs = sorted(reg for reg in read.keys() | measured.keys()
                         if reg not in unseen and read.get(reg) != measured.get(reg))
        if differs:
            self.why = f"what is read of {differs[0]} is not what was measured"
            return
        one["read"] = {reg: sorted(parts) for reg, parts in read.items() if reg in lacking}
        self.registers |= dict.fromkeys(one["lacking"])

    def instead(self, option: list[str]) -> dict[str, Any] | None:
        """What is read, as if it had been measured; after all that could be measured is complete."""
        read = self._read(option)
        return None if read is None else {
            "lost": [], "read": {reg: sorted(parts) for reg, parts in read.items()}, "kept_below": [],
            "shots": 0, "stub_pcs": 0, "not_measured": []}

    def _read(self, option: list[str]) -> Parts | None:
        if self.why:
            return None
        try:
            said = json.loads(tool.call(self.context, "stub", *option, "--read", str(self.binary)).out)
        except UsageError as error:
            self.why = f"its stub can't be read: {error}"
            return None
        read: Parts = {}
        for one in said["lost"]:
            read.setdefault(one["reg"], set()).update(one["parts"])
        return read
