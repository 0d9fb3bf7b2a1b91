"""effects-match: a false claim makes it fail. Builds and runs the real guest, for arm64."""
from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import CONTEXT, real_targets

from driver import children
from driver.build import make, targets
from driver.go import effects, tool
from driver.probe import runner

pytestmark = pytest.mark.guest

READS, WRITES, KILLS, MEM, VALUES = 4, 5, 6, 7, 8   # fields of a claim: harness/insn/execution/layout.h
X, NZCV = 1, 1 << 32                                # the low units of arm64's list: x0 to x30, sp, nzcv
ADD = "200002ab"      # adds x0, x1, x2
MOVK = "4055a2f2"     # movk x0, #0x12aa, lsl #16
LOAD = "208440f8"     # ldr x0, [x1], #8
STORE = "408c1ff8"    # str x0, [x2, #-8]!
BRANCH = "80000054"   # b.eq, 16 bytes ahead
CALL = "00010094"     # bl, 1 KB ahead


@pytest.fixture(scope="module")
def arm64() -> targets.Target:
    tool.build(CONTEXT)
    assert make.run(CONTEXT, "effects-probe", "TARGET=arm64", jobs=2).status == 0
    return real_targets()["arm64"]


def claims(tmp_path: Path, *codes: str) -> list[list[str]]:
    listed = tmp_path / "list"
    listed.write_text("".join(f"{code}\n" for code in codes))
    return [line.split("\t") for line in tool.call(CONTEXT, "claims", "arm64", str(listed)).out.splitlines()]


def run(tmp_path: Path, target: targets.Target, lines: list[list[str]]) -> effects.Matched:
    path = tmp_path / "claims"
    path.write_text("".join("\t".join(line) + "\n" for line in lines))
    return effects.sort_out("arm64", effects.run(CONTEXT, target, path, runner.Qemu()), [])


def flip(line: list[str], field: int, units: int) -> None:
    """In a set's first word."""
    low, *rest = line[field].split(" ")
    line[field] = " ".join([f"{int(low, 16) ^ units:x}", *rest])


def test_what_the_disassembler_lacks_has_the_text_of_the_list(tmp_path: Path, arm64: targets.Target) -> None:
    listed = tmp_path / "list"
    listed.write_text("b25e0083\t?\ne7123000408b\tvstrsb in the list\n")   # not in capstone 5
    _, srst, vstrs = tool.call(CONTEXT, "claims", "s390x", str(listed)).out.splitlines()
    assert srst.split("\t")[-1].startswith("srst ")
    assert vstrs.split("\t")[-1].startswith("vstrsb ")


def test_true_claims_pass(tmp_path: Path, arm64: targets.Target) -> None:
    codes = (ADD, MOVK, LOAD, STORE, BRANCH, CALL)
    done = run(tmp_path, arm64, claims(tmp_path, *codes))
    assert (done.tested, done.wrong, done.loose) == (len(codes), [], [])


@pytest.mark.parametrize(("code", "field", "units", "what"), [
    (ADD, READS, X << 1, "does not read x1, which shows in x0"),
    (ADD, WRITES, X, "does not write x0, which went from"),
    (ADD, WRITES, NZCV, "does not write nzcv, which went from"),
    (MOVK, READS, X, "kills x0, whose old value shows in x0"),
    (BRANCH, READS, NZCV, "does not read nzcv, which shows in where control goes"),
    (LOAD, WRITES, X << 1, "does not write x1, which went from"),
    (STORE, READS, X, "does not read x0, which shows in memory"),
])
def test_a_false_set_is_seen(tmp_path: Path, arm64: targets.Target, code: str, field: int, units: int,
                             what: str) -> None:
    lines = claims(tmp_path, code)
    flip(lines[1], field, units)
    done = run(tmp_path, arm64, lines)
    assert any(d["what"].startswith(what) for d in done.wrong), done


@pytest.mark.parametrize(("code", "field", "old", "new", "what"), [
    (LOAD, MEM, r",8,0;", ",4,0;", "memory that it does not load shows in x0"),
    (STORE, MEM, r",2,8,", ",2,4,", "stores to memory at"),
    (STORE, MEM, r",2,8,", ",1,8,", "stores to memory at"),
    (LOAD, VALUES, r",8;", ",10;", "gives x1 0x"),
    (MOVK, VALUES, r",10,12aa;", ",20,12aa;", "gives x0 0x"),
    (BRANCH, 3, r"^2001000c$", "20010010", "control went to"),
    (CALL, 3, r"^200103fc$", "20010400", "control went to"),
])
def test_a_false_operand_is_seen(tmp_path: Path, arm64: targets.Target, code: str, field: int, old: str,
                                 new: str, what: str) -> None:
    lines = claims(tmp_path, code)
    lines[1][field], n = re.subn(old, new, lines[1][field])
    assert n == 1, lines[1]
    assert any(d["what"].startswith(what) for d in run(tmp_path, arm64, lines).wrong)


def test_what_is_claimed_too_much_is_told(tmp_path: Path, arm64: targets.Target) -> None:
    lines = claims(tmp_path, ADD)
    flip(lines[1], READS, X << 5)
    done = run(tmp_path, arm64, lines)
    assert [d["what"] for d in done.loose] == ["reads x5"]


def test_sort_out_takes_known_differences_out() -> None:
    printed = "wrong\t00\tkills z2.0, whose\tld1 {v2.b}[1], [x0]\nok\t01\nskip\t02\tit uses REGTMP\tadd\n"
    known = effects.Difference("ld1 *", "kills z*", "because")
    done = effects.sort_out("arm64", printed, [known])
    assert (done.instructions, done.tested, done.skipped, done.wrong) == (3, 2, {"it uses REGTMP": 1}, [])
    assert [d["why"] for d in done.known] == ["because"]
    assert effects.sort_out("arm64", printed, []).wrong
    assert not effects.sort_out("arm64", "skip\t02\tx\ty\n", []).good


def test_goes_on_behind_what_ends_the_guest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A guest that dies of its second instruction."""
    path = tmp_path / "claims"
    path.write_text("head\n" + "".join(f"0{k}\t0\ttext {k}\n" for k in range(4)))
    given: list[str] = []

    def fake(argv: list[str], *_: object, **__: object) -> children.Completed:
        given.append(Path(argv[-1]).read_text())
        codes = [line.split("\t")[0] for line in given[-1].splitlines()[1:]]
        whole = [f"ok\t{code}\n" for code in codes if len(given) > 1 or code < "01"]
        return children.Completed(0 if len(given) > 1 else -11, "".join(whole), "")

    monkeypatch.setattr(children, "run", fake)
    target = targets.Target("arm64", "arm64", qemu="qemu-fake")
    done = effects.sort_out("arm64", effects.run(CONTEXT, target, path, runner.Qemu()), [])
    assert (done.instructions, done.tested, done.skipped) == (4, 3, {"it kills the guest": 1})
    assert given[1] == "head\n02\t0\ttext 2\n03\t0\ttext 3\n"
