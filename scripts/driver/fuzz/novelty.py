"""Which seed is next: of several, the one whose programs hold the most that was rarely fired at."""
from __future__ import annotations

from dataclasses import dataclass, field

from ..build import make
from ..build.targets import Target
from ..context import Context
from ..errors import BuildError
from .corpus import Corpus, Entry

CANDIDATES = 4   # seeds that are drawn for each that is fired at; drawing costs a hundredth


@dataclass
class Drawn:
    """What the programs of a seed hold."""

    keys: set[str] = field(default_factory=set)
    examples: dict[str, str] = field(default_factory=dict)

    def worth(self, corpus: Corpus) -> float:
        """1 for what is new, less for what is not, the more often it was fired at."""
        return sum(1 / (1 + corpus.coverage.get(key, 0)) ** 2 for key in self.keys)


def draw(context: Context, target: Target, first: int, count: int, programs: int
         ) -> tuple[list[Entry], dict[int, Drawn]]:
    """The optab's entries, and what each of the seeds draws."""
    done = make.run(context, "coverage", f"TARGET={target.name}", f"SEEDS={first}..{first + count - 1}",
                    f"DRAWN={programs}")
    if done.status != 0:
        raise BuildError(f"{target.name}: {(done.err or done.out).strip().splitlines()[0]}")
    return parse(done.out)


def parse(text: str) -> tuple[list[Entry], dict[int, Drawn]]:
    """Of what everypc-asm --coverage prints."""
    head, *lines = text.splitlines()
    entries = []
    for line in lines[:int(head)]:
        operations, template = line.split("\t")
        entries.append((operations, template))
    found: dict[int, Drawn] = {}
    for line in lines[int(head):]:
        case, entry, operation, mark, prog = line.split("\t")
        seed = int(case.split(".")[1].removeprefix("s"))
        one = found.setdefault(seed, Drawn())
        one.keys.add(f"{entry} {operation} {mark}")
        one.examples.setdefault(entry, prog)
    return entries, found


def choose(context: Context, target: Target, corpus: Corpus, programs: int) -> tuple[int, Drawn]:
    """The best of the next seeds; the others are passed over."""
    entries, drawn = draw(context, target, corpus.next_seed, CANDIDATES, programs)
    corpus.take_entries(entries)
    seed = max(drawn, key=lambda one: (drawn[one].worth(corpus), -one))
    return seed, drawn[seed]
