"""Names of architectures where no port may have to change anything. In comments, where they are examples,
they may stand."""
from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from .tree import Fault, read

# A port's own files; the list of targets; documents; Debian's names; tests, whose fakes have targets.
ALLOWED = ("arch/", "cases/", "Makefile", "ci/", ".ci/", ".github/", ".gitlab-ci.yml", "scripts/tests/",
           "harness/test/")
# Words that are also English or numbers: as names they stand alone, in quotes or in lists of names.
_CODE = {".c", ".h", ".S", ".inc", ".def", ".py", ".mk", ".tsv", ".ld"}
_COMMENT = re.compile(r'/\*.*?\*/|//[^\n]*|(?m:^\s*#(?!\s*(?:if|elif|ifdef|ifndef|define)\b).*$)|""".*?"""',
                      re.DOTALL)


def check(paths: list[Path], names: list[str]) -> Iterator[Fault]:
    # A variable may be called "arm" (of a timer), and Go's ARM is a name of capstone's: only exact words
    # count.
    word = re.compile(r"(?<![\w.])(?:" + "|".join(re.escape(name)
                                                  for name in sorted(names, key=len, reverse=True))
                      + r")(?![\w])")
    for path in paths:
        if str(path).startswith(ALLOWED) or path.suffix not in _CODE:
            continue
        text = "\n".join(read(path))
        code = _COMMENT.sub(lambda m: "\n" * m[0].count("\n"), text)
        for number, line in enumerate(code.splitlines(), 1):
            for found in word.findall(line):
                if found != "arm" or '"arm' in line or path.suffix in (".tsv", ".mk"):
                    yield Fault(path, number,
                                f"the name of an architecture, {found}; make it data of the port, "
                                "arch/<arch>/")
