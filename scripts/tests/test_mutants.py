"""The mutants command: statuses from several passes, a probe that dies of a mutant, classes without one, the
verdict."""
from __future__ import annotations

import json
import platform
import re
from pathlib import Path
from typing import Any

import pytest
from conftest import SCRIPTS, Project, everypc, last_line, target_row

from driver.errors import DriverError
from driver.report import mutation_score as mutants

ROOT = SCRIPTS.parent


def mutant(name: str, class_: str = "M13", **more: Any) -> dict[str, Any]:
    return {"id": name, "class": class_, "what": f"what {name} is", "status": "killed", "oracle": "state",
            "also": "", "case": "add.0",
            "why": "expected x1, got x2", "us": 10, **more}


SURVIVED = {"status": "survived", "why": "", "oracle": None}
UNREACHED = {"status": "equivalent", "why": "unreached: no run comes there", "oracle": None}
# one for each, which nothing else sees
NEEDED = [mutant(f"needs.{oracle}", oracle=oracle) for oracle in mutants.ORACLES]
N = 3 + len(NEEDED)


def classes(project: Project) -> Path:
    return project.root / "arch/arm64/test" / mutants.CLASSES


@pytest.fixture
def mutable(project: Project) -> Project:
    project.world["targets"] = [target_row("arm64", cpus="old older"), target_row("mips")]
    classes(project).parent.mkdir(parents=True)
    rows = "".join(f"M{k}\tnot applicable\tnone here\n" for k in range(1, 38) if k not in (1, 13, 14, 25))
    rows += "M38\tneeds a link register\tfrom here on\n"
    classes(project).write_text(f"# a comment\nM1\tneeds sp-delta\tnothing is lost\n{rows}")
    project.world["mutants"] = [mutant("stub.+0x0.nop"), mutant("stub.+0x4.nop", "M14", oracle="frame",
                                                                also="state"),
                                mutant("table.add.0", "M25", oracle="decision", also=""), *map(dict, NEEDED)]
    return project


def run(project: Project, *more: str) -> Any:
    return project.run("mutants", "--arch", "arm64", "--results", "results", *more)


def result(project: Project, target: str = "arm64") -> dict[str, Any]:
    return json.loads((project.results / target / "mutants.json").read_text())


def test_all_killed(mutable: Project) -> None:
    done = run(mutable)
    assert done.returncode == 0, done
    assert (last_line(done)
            == f"passed: {N} mutants, {N} killed, 0 survived, 0 equivalent, score 100.0%; see "
               f"results/mutants.json")
    one = result(mutable)
    assert one["classes"]["M14"] == {"all": 1, "killed": 1, "survived": 0, "equivalent": 0, "score": 1.0}
    assert {o: one["matrix"][o] for o in ("decision", "frame", "state")} == {
        "decision": {"first": 2, "alone": 2}, "frame": {"first": 2, "alone": 1},
        "state": {"first": 2, "alone": 2}}
    assert [m["id"] for m in one["mutants"]] == [m["id"] for m in mutable.world["mutants"]]
    total = json.loads((mutable.results / "mutants.json").read_text())
    assert "mutants" not in total["targets"][0] and total["targets"][0]["killed"] == N
    assert not (mutable.results / ".mutants").exists()
    built = [call for call in mutable.calls() if call["goals"] == ["mutants-probe"]]
    assert len(built) == 1 and built[0]["given"]["MUTANTS"] == "1"


def test_a_survivor_fails_and_is_told(mutable: Project) -> None:
    mutable.world["mutants"] += [mutant("case.M1_split", "M1", **SURVIVED),
                                 mutant("push.x", "M25", **SURVIVED)]
    done = run(mutable)
    assert done.returncode == 1
    assert ("SURVIVED arm64/case.M1_split (M1): what case.M1_split is: needs sp-delta: nothing is lost"
            in done.stdout)
    assert "SURVIVED arm64/push.x (M25): what push.x is\n" in done.stdout
    assert last_line(done).startswith(f"failed: {N + 2} mutants, {N} killed, 2 survived, 0 equivalent, "
                                      f"score {N / (N + 2):.1%}")


def test_equivalents_do_not_count_but_are_few(mutable: Project) -> None:
    mutable.world["mutants"] += [mutant(f"table.{k}", "M25", oracle="decision") for k in range(18)]
    mutable.world["mutants"].append(mutant("lowering.1", "lowering", status="equivalent", why="dead code"))
    done = run(mutable)
    assert done.returncode == 0
    assert "1 equivalent, score 100.0%" in last_line(done)
    mutable.world["mutants"].append(mutant("lowering.2", "lowering", status="equivalent", why="dead code"))
    done = run(mutable)
    assert done.returncode == 1
    assert last_line(done).startswith(f"failed: more than 5% are called equivalent on arm64 2 of {N + 20};")


def test_what_is_argued_by_hand_is_said_of_survivors_and_of_what_no_run_reached() -> None:
    rows = [{"mutant": "what stub.[bc] is", "why": "no such processor"},
            {"mutant": "stub.a: what stub.a is", "why": "no such processor"},
            {"mutant": "stub.b: what stub.a is", "why": "it was elsewhere then"}]
    some = [mutant("stub.a", **SURVIVED), mutant("stub.b", **UNREACHED), mutant("stub.c"),
            mutant("lowering.1", **UNREACHED)]
    run_ = {m["id"]: m for m in some}
    mutants.believe(run_, rows)
    assert [(m["status"], m["why"]) for m in run_.values()] == [
        ("equivalent", "by hand: no such processor"),
        ("equivalent", "unreached: no run comes there; by hand: no such processor"),
        ("killed", "expected x1, got x2"), ("equivalent", "unreached: no run comes there")]


@pytest.mark.parametrize("oracle", mutants.ORACLES)
def test_an_oracle_that_nothing_needs_fails(mutable: Project, oracle: str) -> None:
    """One that kills nothing, or nothing that another does not kill too."""
    alone = [m for m in mutable.world["mutants"] if m["oracle"] == oracle and not m["also"]]
    for m in alone:
        m["also"] = "cross"
    done = run(mutable)
    assert done.returncode == 1
    assert last_line(done).startswith(f"failed: no mutant needs the oracle {oracle} on arm64; {N} mutants")
    assert run(mutable, "--class", "M13").returncode == 0, "of some of the mutants it can't be said"


def test_other_cpus_and_a_fresh_probe_are_tried(mutable: Project) -> None:
    on_older = {**mutant("stub.+0x8.nop"), "on": {"": UNREACHED, "old": UNREACHED}}
    once = {**mutant("stub.+0xc.nop"), "on": {"": UNREACHED, "old": UNREACHED, "older": UNREACHED}}
    mutable.world["mutants"] += [on_older, once]
    done = run(mutable)
    assert done.returncode == 0, done
    assert result(mutable)["killed"] == N + 2   # the last one when it had a probe of its own


def test_what_is_left_out_is_told_once_however_many_passes_say_it(mutable: Project) -> None:
    mutable.world["mutants"].append({**mutant("stub.+0x8.nop"), "on": {"": UNREACHED, "old": UNREACHED}})
    done = run(mutable)
    assert done.stdout.count("table on arm64: tables of 2 of 20 cases; left out 9 that equal the original "
                             "and 7 that equal another mutant's") == 1
    assert [left["as_original"] for left in result(mutable)["left_out"]] == [9]


def test_one_that_takes_the_probe_down_is_killed(mutable: Project) -> None:
    mutable.world["mutants"].insert(1, mutant("stub.+0x2.nop", does="crash"))
    done = run(mutable)
    assert done.returncode == 0, done
    found = {m["id"]: m for m in result(mutable)["mutants"]}["stub.+0x2.nop"]
    assert (found["status"], found["oracle"]) == ("killed", "crash")
    assert found["why"].startswith("took the probe down") and found["what"] == "what stub.+0x2.nop is"
    assert result(mutable)["all"] == N + 1


def test_what_fails_without_a_mutant_is_no_kill(mutable: Project) -> None:
    mutable.world["broken"] = "x2=0x2"
    done = run(mutable)
    assert done.returncode == 1
    assert "BROKEN arm64: -: state: expected a case that passes without any mutant, got x2=0x2" in done.stdout
    assert "the unmutated cases do not pass on arm64" in last_line(done)


def test_a_class_needs_a_mutant_or_a_reason(mutable: Project) -> None:
    mutable.world["mutants"] = mutable.world["mutants"][:2] + NEEDED
    done = run(mutable)
    assert done.returncode == 1
    assert last_line(done).startswith("failed: no mutant and no reason in the port's test/classes.tsv for "
                                      "M25;")


def test_some_of_them(mutable: Project) -> None:
    done = run(mutable, "--class", "M14")
    assert done.returncode == 0 and last_line(done).startswith("passed: 1 mutants")
    done = run(mutable, "--mutant", "stub.*")
    assert done.returncode == 0 and last_line(done).startswith("passed: 2 mutants")
    done = run(mutable, "--class", "M99")
    assert done.returncode == 2 and "there is no mutant that matches 'M99'" in done.stderr
    assert "oracle" not in done.stdout


def test_of_some_mutants_only_the_oracles_that_killed_them_are_told(mutable: Project) -> None:
    done = run(mutable, "--mutant", "table.*")
    assert ([line.split() for line in done.stdout.splitlines()[-3:-1]]
            == [["oracle", "arm64"], ["decision", "1/1"]])


def test_a_class_is_told_alone_but_for_survivors() -> None:
    run_ = {m["id"]: m for m in (mutant("stub.a", "M13"), mutant("stub.b", "M14"),
                                 mutant("stub.c", "M13", **SURVIVED))}
    assert list(mutants.asked(run_, "M14")) == ["stub.b", "stub.c"]
    assert list(mutants.asked(run_, "stub.a")) == ["stub.a", "stub.c"]
    assert mutants.asked(run_, None) == run_


def test_natively_no_other_cpu_is_tried_and_survivors_say_so(mutable: Project) -> None:
    mutable.world["targets"] = [target_row("arm64", native=platform.machine(), cpus="old older")]
    mutable.world["mutants"] = [mutant("stub.+0x0.nop", **SURVIVED)]
    done = run(mutable, "--runner", "native", "--class", "M13")
    assert done.returncode == 1
    assert "what stub.+0x0.nop is: not tried on other CPUs (old, older), as RUNNER=qemu does" in done.stdout


def test_exit_codes(mutable: Project) -> None:
    assert mutable.run("mutants", "--arch", "vax").returncode == 2
    mutable.world["build_failure"] = {"arm64": "harness/mutants/run.c:1: error: no\n"}
    assert run(mutable).returncode == 125


@pytest.mark.parametrize("path", sorted((ROOT / "arch").glob("**/test/classes.tsv")), ids=str)
def test_classes_tsv(path: Path) -> None:
    rows = mutants.read_classes([path])
    assert rows and len({row["class"] for row in rows}) == len(rows)
    for row in rows:
        assert re.fullmatch(r"M([1-9]|[12]\d|3[0-8])", row["class"]), row
        assert row["status"] == "not applicable" or row["status"].startswith("needs "), row
        assert row["why"], row
    assert mutants.class_note(rows, rows[0]["class"]) == rows[0] and not mutants.class_note(rows, "M13")


def test_a_bad_line_in_classes_tsv(tmp_path: Any) -> None:
    (tmp_path / "c.tsv").write_text("M1\tneeds\n")
    with pytest.raises(DriverError, match="3 fields"):
        mutants.read_classes([tmp_path / "c.tsv"])


@pytest.mark.guest
@pytest.mark.parametrize("target", ["amd64", "arm64", "mips"])
def test_a_word_that_the_kernel_ignores_is_seen_by_frame_alone(target: str, tmp_path: Path) -> None:
    # What stands around the mutant must not break anything by itself, such as a frame record below SP.
    done = everypc("mutants", "--arch", target, "--mutant", "push_call.another_word_of_the_context",
                   "--results", str(tmp_path), "--no-setup")
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads((tmp_path / "mutants.json").read_text())["targets"][0]["matrix"]["frame"]
    assert found == {"first": 1, "alone": 1}
