"""What fuzzing a target has covered and found so far: results/fuzz/<target>/corpus.json, which is written
after each seed, so that another run goes on there."""
from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from .. import folders
from ..errors import UsageError
from ..probe.events import Event
from ..report import depth

FILE = "corpus.json"
_OF_ANY_PROG = ("stub", "handler")   # to blame
_NO_PROGS = ("TEXT", "END", "INIT", "PCDATA", "SPADJ", "FRAGMENT", "STAY", "SET", "FRAME_POINTER",
             "STACK_CHECK")
Finding = dict[str, Any]
Entry = tuple[str, str]   # of the optab: its operations, its template


@dataclass
class Corpus:
    """Of one target. `coverage`: by "<entry of the optab> <operation> <mark>", from how many seeds, each with
    initial states of its own, it was fired at; `examples`: a Prog of each entry; `missing`: operations and
    template of each entry that has none yet; `findings`: by key_of."""

    target: str
    sut: str = ""
    schema: int = 1
    entries: int = 0
    next_seed: int = 1
    seeds: int = 0
    cases: int = 0
    shots: int = 0
    reportable: int = 0
    covered: int = 0
    seconds: float = 0.0
    coverage: dict[str, int] = field(default_factory=dict)
    examples: dict[str, str] = field(default_factory=dict)
    missing: dict[str, Entry] = field(default_factory=dict)
    findings: dict[str, Finding] = field(default_factory=dict)

    def save(self, folder: Path) -> None:
        folders.write_json(folder / self.target / FILE, asdict(self))

    def cover(self, keys: set[str], examples: dict[str, str]) -> int:
        """Counts a seed's; returns how many are new."""
        new = sum(key not in self.coverage for key in keys)
        for key in keys:
            self.coverage[key] = self.coverage.get(key, 0) + 1
        for entry, text in examples.items():
            self.examples.setdefault(entry, text)
            self.missing.pop(entry, None)
        return new

    def take_entries(self, entries: list[Entry]) -> None:
        self.entries = len(entries)
        self.missing = {str(k): one for k, one in enumerate(entries) if str(k) not in self.examples}

    def add(self, failure: Event, seed: int) -> Finding | None:
        """Counts a failure; returns its finding if it is the first of its shape, or was not minimised yet."""
        key = next((key for key, one in self.findings.items() if one.get("blame") in _OF_ANY_PROG
                    and _loss(one) == _loss(failure)), key_of(failure))
        known = self.findings.get(key)
        if known is None:
            known = self.findings[key] = {
                "oracle": failure["oracle"], "shape": shape_of(failure), "first_seed": seed, "count": 0,
                "oracles": {},
                **{name: failure.get(name, "") for name in ("id", "prog", "mark", "expected", "got")}}
        known["count"] += 1
        known["oracles"][failure["oracle"]] = known["oracles"].get(failure["oracle"], 0) + 1
        known["last_seed"] = seed
        return known if not known.get("tried") else None

    def spread(self, finding: Finding) -> None:
        """A fault of the stub or the handler shows at any Prog: what lost the same is the same finding."""
        key = next(key for key, one in self.findings.items() if one is finding)
        for other in self.findings.values():
            if (finding.get("blame") in _OF_ANY_PROG and other is not finding and not other.get("tried")
                    and _loss(other) == _loss(finding)):
                other["same_as"] = key

    def join(self, finding: Finding, shapes: list[str]) -> None:
        """Notes what a finding was minimised to; one that has come down to the same Progs is the same."""
        finding["minimal"] = shapes
        for key, other in self.findings.items():
            if (other is not finding and other.get("minimal") == shapes and not other.get("same_as")
                    and (other["oracle"], other.get("blame")) == (finding["oracle"], finding.get("blame"))):
                finding["same_as"] = key
                return

    def distinct(self) -> list[Finding]:
        return [one for one in self.findings.values() if not one.get("same_as")]


def minimal_shapes(text: str) -> list[str]:
    """The shapes of the Progs of a minimised case, each once."""
    lines = [line.partition("//")[0].strip() for line in text.splitlines()]
    return sorted({depth.shape(line) for line in lines if line and not line.endswith(":")
                   and line.split()[0] not in _NO_PROGS})


def _loss(failure: Event | Finding) -> tuple[str, str]:
    """The oracle, and the register or place that it names first."""
    return failure["oracle"], failure.get("expected", "").partition("=")[0]


def shape_of(failure: Event) -> str:
    """Of the Prog that a failure is at; of one without a Prog, nothing tells it from others."""
    return depth.shape(failure["prog"]) if failure.get("prog") else "-"


def key_of(failure: Event) -> str:
    """The Prog's shape and mark, whatever the oracles that saw it; without a Prog, the oracle."""
    shape = shape_of(failure)
    return failure["oracle"] if shape == "-" else f"{shape} {failure.get('mark', '-')}"


def by_plainness(failure: Event) -> int:
    """For sorting: first what shows the fault by a single signal, last what shows it by other means."""
    order = ("state", "frame", "decision", "sp-delta", "return", "roots", "layout", "crash", "hang")
    return order.index(failure["oracle"]) if failure["oracle"] in order else len(order)


def load(folder: Path, target: str, sut: str, first: int = 1) -> Corpus:
    """`first`: the seed that a new one begins with. Raises UsageError for one that can't be
    read, or is of another system under test."""
    path = folder / target / FILE
    if not path.exists():
        return Corpus(target, sut, next_seed=first)
    try:
        kept = Corpus(**json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, TypeError) as error:
        why = f"{path}: not a corpus: {error}; name another folder with --results, or remove it"
        raise UsageError(why) from None
    if kept.sut != sut:
        raise UsageError(f"{path} is of {kept.sut or 'our own code'}, not of {sut or 'our own code'}; name "
                         "another folder with --results")
    return kept
