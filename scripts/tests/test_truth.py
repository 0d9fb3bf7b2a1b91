"""--depth full on itself: Progs whose truth is known, lies that each of its oracles must catch, and the
stub's PCs."""
from __future__ import annotations

import json
import subprocess
from pathlib import Path

import built
import ports
import pytest
from conftest import everypc, qemu, real_targets
from test_lies import ARCH, ROOT, _check, _expected, _targets

from driver.report import depth

pytestmark = pytest.mark.guest

# Signals at the stub's PCs take most of a short run's time, and have tests of their own.
NOT_THE_STUB = ("--without", "nested")

# What is found at the PCs of a Prog behind its first.
GOLDEN = [pytest.param(row["target"], row["prog"], row["mark"], row["behind"],
                       id=f"{row['target']}-{row['prog']}")
          for target in ports.first_with_key("truth") for row in ports.expected(target, "truth")]


def _probe(target: str, files: list[Path], *args: str, cpu: str = "", sut: Path | None = None) -> list[dict]:
    """Builds a probe with these cases and runs it."""
    command = _command(target, built.probe(target, files, sut), cpu)
    done = subprocess.run([*command, "--depth", "full", *args], cwd=ROOT, capture_output=True, text=True,
                          timeout=300)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize(("target", "prog", "mark", "behind"), GOLDEN)
def test_known_shapes_have_their_truth(target: str, prog: str, mark: int, behind: list[str],
                                       tmp_path: Path) -> None:
    file = tmp_path / "golden.progs"
    file.write_text(prog + "\n")
    told = [e for e in _probe(target, [file], "--verbose", *NOT_THE_STUB) if e["ev"] == "truth"
            and e["prog"] == prog]
    assert [e["mark"] for e in told] == [mark] * (len(behind) + 1)
    assert [e["truth"] for e in told] == ["both", *behind]


# A restart range that counts one too many if it is begun again behind its increment, where the flags from
# `test` say "equal".
ALIASING = {
    32: "orr x5, x1, x2; orr x5, x5, x4; cmp x5, #0",
    33: "movz x5, #0x8000, lsl #16; orr x5, x5, x5, lsl #32; eor x6, x1, x5; eor x7, x2, x5; orr x5, x6, "
        "x7; cmp x5, #0",
    34: "eor x5, x1, x2; eor x6, x2, x4; orr x5, x5, x6; cmp x5, #0; cset x5, eq; tst x1, #0xff; cset x6, "
        "ne; and x5, x5, x6; "
        "cmp x5, #1",
    35: "eor x5, x1, x0; eor x6, x2, x0; orr x5, x5, x6; cmp x5, #0",
    36: "ubfx x5, x0, #0, #1; cmp x5, #1",
    37: "ldxrh w6, [x0]; ubfx x5, x0, #1, #1; cmp x5, #1",   # does not bear a pointer 1 off
    38: "ldxr w6, [x0]; ubfx x5, x0, #2, #1; cmp x5, #1",    # nor 2
}


@pytest.mark.parametrize("state", ALIASING)
def test_each_aliasing_state_shows_what_no_other_does(state: int, tmp_path: Path) -> None:
    file = tmp_path / "alias.S"
    test = ALIASING[state].replace("; ", "\n\t")
    file.write_text(f"""\t.include "cases.inc"
\tCASE alias
\tINIT "R0 = arena"
\tPROG unsafe, "are they?"
\t{test}
\tPROG restart, "count it"
\tcinc x3, x3, eq
\tnop
\tPROG safe, "whatever was used"
\tmov x5, #0
\tmov x6, #0
\tmov x7, #0
\tEND_CASE alias
""")
    seen = _probe("arm64", [file], *NOT_THE_STUB)
    fails = [(e["oracle"], e["id"].split("#")[1].removesuffix(":truth"), e["prog"]) for e in seen
             if e["ev"] == "fail"]
    assert fails and {fail[0] for fail in fails} == {"truth"} and {fail[2] for fail in fails} == {"count it"}
    assert str(state) in {fail[1] for fail in fails}
    assert all(int(fail[1]) >= 32 for fail in fails)
    again = _probe("arm64", [file], "--repro", fails_id(seen, state))
    assert {e["oracle"] for e in again if e["ev"] == "fail"} == {"truth", "state"}


def fails_id(seen: list[dict], state: int) -> str:
    """The shot, as --repro takes it."""
    return next(e["id"].partition("/")[2] for e in seen if e["ev"] == "fail"
                and e["id"].endswith(f"#{state}:truth"))


def test_strict_pcs_and_shares_are_counted(tmp_path: Path) -> None:
    file = tmp_path / "strict.progs"
    file.write_text("MOV 0x12345678(X5), X6\nADD X5, X6\n")
    seen = _probe("riscv64", [file], "--cases", "strict.*", *NOT_THE_STUB)
    assert [(e["prog"], e["pcs"]) for e in seen if e["ev"] == "strict"] == [("MOV 0x12345678(X5), X6", 3)]
    cases = [e for e in seen if e["ev"] == "case"]
    names = ("tried", "preemptible", "without_restart", "at_best", "strict_pcs")
    assert [[e[name] for name in names] for e in cases] == [
        [3, 0, 0, 3, 3], [1, 1, 1, 1, 0]]


@pytest.mark.parametrize(("target", "arch"), _targets())
def test_truth_catches_the_unsound_lies_too(target: str, arch: str) -> None:
    files = sorted((ARCH / arch / "test").glob("lies.*"))
    unsound = [case for case, oracle in _expected(files).items() if oracle in ("state", "crash")]
    seen = _probe(target, files, *NOT_THE_STUB)
    caught = {e["id"].split("/")[1].split("@")[0] for e in seen if e["ev"] == "fail"
              and e["oracle"] == "truth"}
    assert unsound and set(unsound) <= caught


@pytest.mark.parametrize(("target", "arch"), _targets())
def test_only_several_signals_catch_some_lies(target: str, arch: str) -> None:
    file = ARCH / arch / "test/lies-full/lies.S"
    seen = _probe(target, [file], *NOT_THE_STUB)
    for case, oracle in _expected([file]).items():
        caught = {e["oracle"] for e in seen if e["ev"] == "fail" and e["id"].startswith(f"{target}/{case}@")}
        assert caught == {oracle}
    ids = {e["id"] for e in seen if e["ev"] == "fail"}
    for one in sorted(ids)[:4]:
        assert one in _failing_again(target, built.probe(target, [file]), one)


def _command(target: str, out: Path, cpu: str = "") -> list[str]:
    return [*qemu(target, cpu), str(out / "probe")]


def _failing_again(target: str, out: Path, shot: str) -> set[str]:
    """The ids that fail when the probe tries this one again."""
    done = subprocess.run([*_command(target, out), "--repro", shot.partition("/")[2]], cwd=ROOT,
                          capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return {e["id"] for e in map(json.loads, done.stdout.splitlines()) if e["ev"] == "fail"}


@pytest.mark.parametrize(("target", "arch"), _targets())
def test_only_a_signal_in_the_stub_catches_one_that_lies(target: str, arch: str) -> None:
    """It keeps a register below SP for a moment; single shots don't show that."""
    files = sorted((ROOT / "cases" / arch).glob("*.progs"))[:1]
    sut = ARCH / arch / "test/lies-full"
    seen = _probe(target, files, "--cases", "guard.*", sut=sut)
    fails = [e for e in seen if e["ev"] == "fail"]
    assert fails and {e["oracle"] for e in fails} == {"nested"}
    assert all(":stub+0x" in e["id"] for e in fails)
    out = built.probe(target, files, sut)
    assert fails[0]["id"] in _failing_again(target, out, fails[0]["id"])
    beside = fails[0]["id"].partition(":")[0] + ":call"
    assert _failing_again(target, out, beside) == set(), "only at the PCs of the lie"


def test_repro_runs_a_nested_trial_by_its_id(tmp_path: Path) -> None:
    sut = ["--sut", str(ARCH / "arm64/test/lies-full"), "--no-setup"]
    for shot, code, said in [("arm64/guard.idle@+0x0#0:stub+0x4", 1, "a second signal at async_preempt+0x4"),
                             ("arm64/guard.idle@+0x0#0:stub+0x20", 0, "passes now (1 shot)"),
                             ("arm64/guard.idle@+0x0#0:stub+0x21", 2, "or nothing")]:
        done = everypc("repro", shot, *sut)
        assert done.returncode == code and said in done.stdout + done.stderr, done.stdout + done.stderr


def _short_check(target: str, results: Path) -> list[dict]:
    """The events of a check at full depth of a few of the tree's cases, as a user runs it; it passes."""
    code, events = _check(target, [], results, "--depth", "full", "--shard", "1/40", "--jobs", "1")
    assert code == 0
    return events


@pytest.mark.parametrize(("target", "cpus"), [(t, ports.expected(t, "stub_cpus", [""]))
                                              for t in real_targets()])
def test_a_signal_lands_at_every_pc_of_the_stub(target: str, cpus: list[str], tmp_path: Path) -> None:
    file = sorted((ROOT / "cases" / real_targets()[target].arch).glob("*.progs"))[0]
    missed = []
    for cpu in cpus:
        seen = _probe(target, [file], "--shard", "1/50", cpu=cpu) if cpu else _short_check(target, tmp_path)
        assert [e for e in seen if e["ev"] == "fail"] == []
        nested, = [e for e in seen if e["ev"] == "nested"]
        assert nested["stub_covered"] == nested["stub_pcs"] > 10
        missed.append(set(nested["skipped"]))
    assert set.intersection(*missed) == set(), "on none of these CPUs"


def test_the_driver_reports_what_full_depth_finds(tmp_path: Path) -> None:
    file = tmp_path / "strict.progs"
    file.write_text("MOV 0x12345678(X5), X6\nADD X5, X6\n")
    done = everypc("check", "--arch", "riscv64", "--depth", "full", "--cases", str(file), "--results",
                   str(tmp_path / "results"), "--no-setup")
    assert done.returncode == 0, done.stdout + done.stderr
    summary = json.loads((tmp_path / "results/riscv64/summary.json").read_text())
    assert summary["strict_shapes"] == {"MOV mem, reg": 3} and summary["strict_pcs"] == 3
    assert summary["stub_covered"] == summary["stub_pcs"] > 0
    # riscv64's assembler marks nothing restartable: the first Prog's three PCs are forbidden, though each
    # bears a restart.
    shares = ("tried_pcs", "preemptible_pcs", "preemptible_without_restart_pcs", "preemptible_at_best_pcs")
    assert [summary[name] for name in shares] == [4, 1, 1, 4]
    markdown = (tmp_path / "results/summary.md").read_text()
    assert "without restart" in done.stdout and "1 25.0%" in done.stdout and "4 100.0%" in done.stdout
    assert "| riscv64 | 4 | 1 25.0% | 1 25.0% | 4 100.0% | 3 |" in markdown
    assert "| riscv64 | `MOV mem, reg` | 3 |" in markdown


@pytest.mark.parametrize(("prog", "shape"), [
    ("ADD $0x12345, R1, R2", "ADD $imm, reg, reg"), ("MOVD $g(SB), R2", "MOVD $sym, reg"),
    ("LDP 8(R1), (R2, R3)", "LDP mem, pair"),
    ("MOVD.P (R1)(R2), R3", "MOVD.P mem, reg"), ("BNE R1, R2, again", "BNE reg, reg, label"),
    ("JMP 2(PC)", "JMP label"), ("NOP", "NOP"),
    ("MOVD $big(R1), R2", "MOVD $mem, reg"), ("the rest", "the rest")])
def test_shapes(prog: str, shape: str) -> None:
    assert depth.shape(prog) == shape
