"""Who includes whom in harness/: no circle of files, and harness/go's rooms know only those below them."""
from __future__ import annotations

import re
from pathlib import Path

HARNESS = Path(__file__).resolve().parents[2] / "harness"
# harness/go/README.md draws it.
BELOW = {"binary": set(), "flow": {"binary"}, "checks": {"binary", "flow"}, "sequences": {"binary", "flow"},
         "commands": {"binary", "flow", "checks", "sequences"}, "fuzz": {"binary"}}
# What lies below all of them, with the form in which a probe has its cases.
# The fuzzer's seeds are written by the tests' writer of Go binaries.
GROUND = {"asm/error.h", "pctab/pctab.h", "probe/case.h"}
EXTRA = {"fuzz": {"test/go_object.h", "test/go_samples.h"}}


def includes(file: Path) -> list[Path]:
    found = []
    for name in re.findall(r'^#include "(.*?)"', file.read_text(), re.MULTILINE):
        for folder in (file.parent, HARNESS):
            if (folder / name).is_file():
                found.append((folder / name).resolve())
                break
    return found


def test_a_room_includes_only_itself_and_what_lies_below() -> None:
    wrong = []
    for file in sorted((HARNESS / "go").rglob("*.[ch]")):
        room = file.relative_to(HARNESS / "go").parts[0]
        for other in includes(file):
            parts = other.relative_to(HARNESS).parts
            name = "/".join(parts)
            known = (parts[1] in BELOW[room] | {room} if parts[0] == "go"
                     else name in GROUND | EXTRA.get(room, set())
                     or (parts[0] == "insn" and room not in ("binary", "fuzz"))
                     or (parts[:2] == ("live", "plan") and room == "commands"))
            if not known:
                wrong.append(f"{file.relative_to(HARNESS)} includes {name}")
    for room in ("insn", "pctab", "asm"):
        wrong += [str(file) for file in (HARNESS / room).rglob("*.[ch]")
                  for other in includes(file) if HARNESS / "go" in other.parents]
    assert wrong == []


def test_what_fires_at_programs_knows_the_file_that_both_sides_share_and_no_probe() -> None:
    may = {"plan": ("asm/error.h", "insn/", "pctab/", "go/binary/", "go/flow/", "live/plan/", "live/shots.h"),
           "agent": ("pctab/pctab.h", "live/agent/", "live/shots.h")}
    wrong = [f"{file.relative_to(HARNESS)} includes {other.relative_to(HARNESS)}"
             for room, below in may.items() for file in sorted((HARNESS / "live" / room).glob("*.[ch]"))
             for other in includes(file) if not str(other.relative_to(HARNESS)).startswith(below)]
    assert wrong == []


def test_no_circle_of_includes() -> None:
    files = [file.resolve() for file in HARNESS.rglob("*.[ch]")]
    done: set[Path] = set()

    def follow(file: Path, way: tuple[Path, ...]) -> None:
        names = " -> ".join(str(one.relative_to(HARNESS)) for one in (*way, file))
        assert file not in way, f"a circle: {names}"
        if file not in done:
            for other in includes(file):
                follow(other, (*way, file))
            done.add(file)

    for file in files:
        follow(file, ())
