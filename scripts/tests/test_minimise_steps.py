"""The search for a smaller case, on a bench that builds nothing."""
from __future__ import annotations

from collections.abc import Callable
from typing import Any

from driver.minimise import lines, simpler
from driver.minimise.lines import Case
from driver.minimise.search import Search
from driver.minimise.trial import Symptom

START = Case(("\tINIT x3 = 0x40", "\tINIT x5 = arena+64", "\tFRAGMENT", "\tADD $0x10, R3, R4", "\tCMP R9, R4",
              "\tBEQ out", "\tPCDATA $0, $-3", "\tMOVD 24(R5), R11", "\tSUB $0x345, R11, R11",
              "\tMOVD R11, 24(R5)", "\tPCDATA $0, $-1", "out:", "\tADD R14, R9, R15"))
FAILURE = {"id": "arm64/a.b@+0x4#0", "oracle": "state", "got": "x2=0x1"}


class Bench:
    """Fails for what `shows` says, and counts."""

    def __init__(self, shows: Callable[[Case], bool],
                 confirms: Callable[[Case], bool] = lambda _: True) -> None:
        self.shows, self.confirms = shows, confirms
        self.builds = 0
        self.symptom = Symptom("state", False, "table")
        self.last: list[Case] = []

    def failing(self, candidates: list[Case]) -> list[tuple[int, Any]]:
        self.builds += 1
        self.last = candidates
        return [(k, FAILURE) for k, case in enumerate(candidates) if self.shows(case)]

    def confirmed(self, number: int) -> Any:
        return FAILURE if self.confirms(self.last[number]) else None


def _minimised(bench: Bench, start: Case = START) -> tuple[list[str], bool]:
    search = Search(bench, start, FAILURE, 60, lambda _: None)  # type: ignore[arg-type]
    found = search.run()
    return [line.strip() for line in found.case.body], found.minimal


def _has(*words: str) -> Callable[[Case], bool]:
    return lambda case: all(any(word in line for line in case.body) for word in words)


def test_all_that_does_not_matter_goes() -> None:
    bench = Bench(_has("SUB", "PCDATA $0, $-3"))
    body, minimal = _minimised(bench)
    assert body == ["PCDATA $0, $-3", "SUB $0, R0, R0"] and minimal
    assert bench.builds < 12


def test_two_progs_far_apart() -> None:
    assert _minimised(Bench(_has("ADD $", "ADD R")))[0] == ["ADD $0, R0, R0", "ADD R0, R0, R0"]


def test_numbers_shrink_as_far_as_they_may() -> None:
    def shows(case: Case) -> bool:
        return any(found and int(found, 0) >= 0x23 for line in case.body if "SUB" in line
                   for found in [line.partition("$")[2].partition(",")[0]])
    assert _minimised(Bench(shows))[0] == ["SUB $0x34, R0, R0"]   # halving it leaves less than 0x23


def test_what_fails_once_and_not_again_is_not_taken() -> None:
    bench = Bench(_has("SUB"), confirms=_has("SUB", "CMP"))
    assert _minimised(bench)[0] == ["CMP R0, R0", "SUB $0, R0, R0"]


def test_a_search_ends_when_its_time_is_over() -> None:
    search = Search(Bench(_has("SUB")), START, FAILURE, -1, lambda _: None)  # type: ignore[arg-type]
    found = search.run()
    assert found.case == START and not found.minimal


def test_the_symptom_is_the_oracle_and_whether_a_signal_is_needed() -> None:
    symptom = Symptom.of(FAILURE | {"blame": "table"})
    assert symptom.shown_by(FAILURE) and not symptom.shown_by(FAILURE | {"oracle": "crash"})
    assert not symptom.shown_by(FAILURE | {"got": "without any signal: signal 11"})


def test_registers_are_the_words_of_the_case() -> None:
    assert simpler.registers(START) == ["x3", "x5", "R3", "R4", "R9", "out", "R5", "R11", "R14", "R15"]
    renamed = {case.body[8].strip() for case in simpler.candidates(START)}
    assert "SUB $0x345, R3, R3" in renamed and "SUB $0, R11, R11" in renamed and "SUB $1, R11, R11" in renamed
    assert all(case.body[6] == START.body[6] for case in simpler.candidates(START))   # marks are no operands


ASSEMBLY = """\
	.include "cases.inc"
	CASE	one
	PROG	safe
	nop
	END_CASE one
/* MUST FAIL: two */
	CASE	two
	INIT	"R1 = arena"
	PROG	restart, "an addition in two, in place"
	aghi	%r1, 1
	aghi	%r1, 0x100
	END_CASE two
	CASE	three
	END_CASE three
	.section .rodata
"""


def test_a_case_of_an_assembly_file() -> None:
    case = lines.of_assembly(ASSEMBLY, "two")
    assert case and case.head == ('\t.include "cases.inc"', "/* MUST FAIL: two */")
    assert case.foot == ("\t.section .rodata",) and case.progs == 1
    assert case.groups() == [(1, 2, 3)] and case.instructions == [2, 3]
    text = lines.text({"c0": case, "c1": case})
    assert text.count("CASE\tc1") == 1 and "END_CASE c0" in text
    owners = lines.places({"c0": case, "c1": case})
    assert {owners[k + 1] for k, line in enumerate(text.splitlines()) if k in owners and "INIT" in line} == {
        "c0", "c1"}
    assert lines.of_assembly(ASSEMBLY, "four") is None


def test_lines_of_a_file_of_candidates_have_owners() -> None:
    text = lines.text({"c3": START, "c7": START.without([0])}).splitlines()
    owners = lines.places({"c3": START, "c7": START.without([0])})
    assert text[0] == "TEXT c3(SB)" and len(owners) == len(text)
    assert [owners[k + 1] for k, line in enumerate(text) if line == "END"] == ["c3", "c7"]
