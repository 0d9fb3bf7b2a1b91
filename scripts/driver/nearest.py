"""What was probably meant by a name that nothing has."""
from __future__ import annotations

import difflib
from collections.abc import Iterable

_LIKE_ENOUGH = 0.6
_SHOWN = 3


def nearest(word: str, known: Iterable[str]) -> list[str]:
    """The known names that are most like `word`, or that begin so: a glob's `*` stands for the rest."""
    wanted = word.replace("*", "").replace("?", "").lower()
    matcher = difflib.SequenceMatcher(autojunk=False)
    matcher.set_seq2(wanted)
    found: list[tuple[float, str]] = []
    for name in dict.fromkeys(known):
        best = 0.0
        for text in {name.lower(), name.lower()[:len(wanted)]}:
            matcher.set_seq1(text)
            if matcher.real_quick_ratio() > best and matcher.quick_ratio() > best:
                best = max(best, matcher.ratio())
        if best >= _LIKE_ENOUGH:
            found.append((best, name))
    return [name for _, name in sorted(found, key=lambda item: -item[0])[:_SHOWN]]


def hint(word: str, known: Iterable[str]) -> str:
    """The end of a message; empty where no name is like `word`."""
    names = nearest(word, known)
    return f"; did you mean {' or '.join(names)}?" if names else ""
