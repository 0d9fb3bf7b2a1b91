"""Bisection over entries: cmd/bisect's patterns and markers, the search, mixtures of two tables, and a real
check that a few entries of many make fail."""
from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

import built
import pytest
from conftest import everypc, last_line

from driver.bisect import marks, pattern
from driver.bisect.marks import Prog
from driver.bisect.search import Search, Trial
from driver.errors import UsageError

ROOT = Path(__file__).resolve().parents[2]


# ---- patterns, by what Go's internal/bisect says of them ----

@pytest.mark.parametrize(("text", "on", "off"), [
    ("y", [0, 5], []), ("n", [], [0, 5]), ("!y", [], [0, 5]), ("!n", [0, 5], []), ("vvy", [5], []),
    ("01+10", [0b01, 0b110], [0b00, 0b11]), ("+01+10", [0b01, 0b110], [0b00, 0b11]),
    ("01+10-1001", [0b0001, 0b10], [0b1001, 0b11]), ("-01-1000", [0b11, 0], [0b01, 0b1000]),
    ("y-01-1000", [0b11, 0], [0b01, 0b1000]), ("x3f", [0x13f], [0x13e]), ("!x3f", [0x13e], [0x13f]),
])
def test_patterns(text: str, on: list[int], off: list[int]) -> None:
    parsed = pattern.parse(text)
    assert [parsed.enables(change) for change in on + off] == [True] * len(on) + [False] * len(off)
    assert parsed.visible == text.startswith("v")


def test_what_is_inverted_reports_what_it_switches_off() -> None:
    assert [pattern.parse("!01").prints(c) for c in (1, 2)] == [True, False]
    assert pattern.parse("n").prints(1) and not pattern.parse("qn").prints(1)


@pytest.mark.parametrize("text", ["", "v", "2", "0+1-01+001", "x", "01-", "0y", f"{0:065b}", "x" + "0" * 17])
def test_what_is_no_pattern(text: str) -> None:
    with pytest.raises(UsageError, match="not a pattern"):
        pattern.parse(text)


def test_markers_come_back() -> None:
    change = pattern.identity("add", 3)
    text = f"x.go:3: {pattern.marker(change)} one\nno marker\n[bisect-match 0101] two\n"
    assert pattern.reports(text) == {change: "x.go:3: one", 5: "two"}


# ---- the search ----

class Table:
    """Changes of which some are guilty: alone, or only all together. `inverted`: those that are off."""

    def __init__(self, n: int, guilty: int, together: bool = False, inverted: bool = False) -> None:
        self.all = [pattern.identity("change", k) for k in range(n)]
        self.guilty = set(random.Random(n).sample(self.all, guilty))
        self.together, self.inverted = together, inverted

    def run(self, text: str) -> Trial:
        parsed = pattern.parse(text)
        bad = {change for change in self.guilty if parsed.enables(change) != self.inverted}
        wanted = self.all if text in ("y", "n") else self.guilty if parsed.visible else ()
        return Trial(bad == self.guilty if self.together else bool(bad),
                     {c: f"change {c}" for c in wanted if parsed.prints(c)})


def _search(table: Table, most: int = 0) -> tuple[Search, list[set[int]]]:
    made = Search(table.run, lambda _: None, most)
    return made, [set(one.changes) for one in made.find()]


def test_three_guilty_of_ten_thousand_in_at_most_sixty_runs() -> None:
    table = Table(10_000, 3)
    made, found = _search(table)
    assert sorted(map(min, found)) == sorted(table.guilty) and all(len(one) == 1 for one in found)
    assert made.runs <= 60 and not made.more


def test_one_guilty_takes_some_fifteen() -> None:
    assert _search(Table(10_000, 1))[0].runs <= 20


def test_changes_that_fail_only_together_are_one_set() -> None:
    table = Table(1000, 3, together=True)
    assert _search(table)[1] == [table.guilty]


def test_what_fails_when_it_is_switched_off() -> None:
    table = Table(500, 1, inverted=True)
    assert _search(table)[1] == [table.guilty]


def test_it_stops_after_the_most() -> None:
    made, found = _search(Table(500, 3), most=2)
    assert len(found) == 2 and made.more


def test_nothing_to_find() -> None:
    with pytest.raises(UsageError, match="passes with all changes and without"):
        Search(lambda _: Trial(False), lambda _: None).find()
    with pytest.raises(UsageError, match="reports no change"):
        Search(lambda text: Trial(text == "y"), lambda _: None).find()


# ---- mixtures ----

def _progs(*values: int) -> tuple[Prog, ...]:
    return tuple(Prog(4 * k, value, f"ADD ${k}, R1, R2", f"a.progs:{k}") for k, value in enumerate(values))


@pytest.mark.parametrize(("good", "bad", "as_bad", "mixed"), [
    ((-1, -3, -1), (-1, -1, -2), {2}, [-1, -3, -2]),
    ((-3, -4, -1), (-3, -1, -3), {2}, [-3, -4, -3]),     # ranges of both side by side
    ((-3, -1, -1), (-1, -3, -1), {1}, [-3, -4, -1]),     # stay apart, though both say -3
    ((-3, -3, -1), (-3, -4, -1), {1}, [-3, -4, -1]),     # one range, or two
    ((-1, -1, -1), (-3, -3, -1), {1}, [-1, -3, -1]),     # the rest of a range without its start
    ((-5, -1, -1), (-1, -2, -1), set(), [-5, -1, -1]),
])
def test_mixtures(good: tuple[int, ...], bad: tuple[int, ...], as_bad: set[int], mixed: list[int]) -> None:
    assert marks.mixed(_progs(*good), _progs(*bad), as_bad) == mixed


def test_entries_that_deviate_and_what_makes_them() -> None:
    good, bad = {"a": _progs(-3, -4, -1, -1)}, {"a": _progs(-4, -3, -2, -2)}
    assert [(e.prog, e.good, e.bad) for e in marks.deviating(good, bad)] == [(2, "safe", "unsafe"),
                                                                             (3, "safe", "unsafe")]
    assert len({e.change for e in marks.deviating(good, bad)}) == 2
    assert len({e.change for e in marks.deviating(good, bad, marks.RULE)}) == 1
    assert marks.same_code(good, {"a": _progs(-1)}) == ([], ["a"])


# ---- real runs ----

CASES = "".join(f"ADD $0x1234567{k:x}, R1, R2\nADD ${k}, R1, R2\n" for k in range(1, 6))


@pytest.fixture
def tables(tmp_path: Path) -> list[str]:
    """The arguments for cases of which two have a mark that is wrong, and five one that is only strict."""
    file = tmp_path / "few.progs"
    file.write_text(CASES)
    folder = built.probe("arm64", [file])
    subprocess.run(["make", "-s", "go-tool"], cwd=ROOT, check=True)
    done = subprocess.run([ROOT / "build/host/everypc-go", "cases", "--tables", folder / "probe"],
                          capture_output=True, text=True, check=True)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    restartable = 0
    for prog in (prog for line in lines if "case" in line for prog in line["case"]["progs"]):
        restartable += prog[1] == -3
        prog[1] = -2 if prog[1] == -1 else -1 if restartable in (2, 4) else prog[1]
    (tmp_path / "bad.json").write_text("\n".join(map(json.dumps, lines)))
    return ["bisect-entries", "--arch", "arm64", "--cases", str(file), "--bad", str(tmp_path / "bad.json"),
            "--no-setup"]


@pytest.mark.guest
def test_the_guilty_entries_of_a_real_check(tables: list[str]) -> None:
    done = everypc(*tables)
    assert done.returncode == 0, done.stderr
    assert last_line(done).startswith("passed: 2 guilty sets found in ")
    assert last_line(done).endswith("runs, and without them it passes")
    found = [line for line in done.stdout.splitlines() if line.startswith("  ")]
    assert sorted(line.partition(":")[0].split(".")[1] for line in found) == ["ADD_0x12345672_R1_R2 +0",
                                                                              "ADD_0x12345674_R1_R2 +0"]
    assert all("restart is now safe" in line and "few.progs:" in line for line in found)


@pytest.mark.guest
def test_one_run_as_cmd_bisect_wants_it(tables: list[str]) -> None:
    none, every = (everypc(*tables, f"--pattern={text}") for text in ("n", "vy"))
    assert none.returncode == 0 and every.returncode == 1
    assert len(pattern.reports(none.stdout)) == 7 and "few.progs" not in none.stdout
    assert sum("few.progs" in text for text in pattern.reports(every.stdout).values()) == 7
    by_rule = everypc(*tables, "--pattern", "vy", "--by", "rule")
    assert len(pattern.reports(by_rule.stdout)) == 2


TARGET = """import sys
text, guilty = sys.argv[1], 0b1011
sys.path.insert(0, sys.argv[2])
from driver.bisect import pattern
parsed = pattern.parse(text)
for change in range(32):
    if parsed.prints(change):
        print(pattern.marker(change), f"line {change}", file=sys.stderr)
sys.exit(7 if parsed.enables(guilty) else 0)
"""


def test_a_command_that_speaks_the_protocol_is_driven(tmp_path: Path) -> None:
    (tmp_path / "target.py").write_text(TARGET)
    done = everypc("bisect-entries", "--", "X=PATTERN", sys.executable, "-S", str(tmp_path / "target.py"),
                   "PATTERN", str(ROOT / "scripts"))
    assert done.returncode == 0 and "guilty 1:\n  line 11\n" in done.stdout


@pytest.mark.parametrize(("args", "said"), [
    (("--", "true"), "a command with PATTERN in it"),
    (("--", "/nosuch/program", "PATTERN"), "/nosuch/program: No such file"),
    (("--good", "nosuch", "--arch", "arm64"), "'nosuch' is neither a folder, a file nor 'ours'"),
    (("--arch", "arm64 mips"), "is of one target"),
])
def test_what_makes_no_sense_is_refused(args: tuple[str, ...], said: str) -> None:
    done = everypc("bisect-entries", *args)
    assert done.returncode == 2 and said in last_line(done)
