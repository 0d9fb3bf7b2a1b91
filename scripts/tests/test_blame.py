"""Who is to blame: the rules, their way through the driver over fake probes, and real systems under test
with a fault each."""
from __future__ import annotations

import json
import platform
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from conftest import Project, everypc, target_row

from driver.probe.blame import Experiment, Facts, decide

ROOT = Path(__file__).resolve().parents[2]
TABLE = {"sentinel": "ok", "undisturbed": "ok", "spared": "ok", "again": "state", "here": "state",
         "restart": "ok", "entry": "ok"}
FINE = dict.fromkeys(TABLE, "ok")


def facts(oracle: str = "state", mark: int | None = -1, native: dict[str, str] | None = None,
          lost: tuple[str, ...] = (),
          expected: str = "", **experiments: str) -> Facts:
    def outcomes(verdicts: dict[str, str]) -> dict[str, Experiment]:
        return {name: Experiment(verdict) if verdict == "ok" else Experiment(verdict, "x2=0x1", "x2=0x2")
                for name, verdict in verdicts.items()}
    failure = {"oracle": oracle, "expected": expected} | ({"mark": mark} if mark is not None else {})
    return Facts(failure, outcomes(TABLE | experiments), outcomes(native) if native is not None else None,
                 lost)


@pytest.mark.parametrize("known, blame, why", [
    (facts(), "table", "going on at this PC, which the mark safe allows, goes wrong when tried: expected "
                       "x2=0x1, got x2=0x2; "
                       "restarting its Prog or restarting at the entry would be right from this state"),
    (facts(mark=-3, here="ok", restart="state", entry="state"), "table",
     "restarting its Prog, which the mark restart allows"),
    (facts(mark=-5, here="ok", entry="crash"), "table",
     "restarting at the entry, which the mark restart at entry allows"),
    (facts(mark=-3, restart="ok"), "table",
     "marked restart, it comes out wrong (expected x2=0x1, got x2=0x2)"),
    (facts(oracle="crash", again="crash", here="crash"), "table", "going on at this PC"),
    (facts(oracle="truth"), "table", "going on at this PC"),
    (facts(here="state", restart="state", entry="state"), "table", "no resumption there is right"),
    (facts(sentinel="state"), "stub", "even where no table is involved: expected x2=0x1, got x2=0x2"),
    (facts(sentinel="crash", oracle="crash"), "stub", "even where no table is involved"),
    (facts(sentinel="frame"), "handler", "push_call is off"),
    (facts(sentinel="frame", oracle="crash"), "handler", "push_call is off"),
    (facts(oracle="frame", again="frame"), "handler", "frame rule"),
    (facts(oracle="frame", again="frame", expected="a frame record on the live stack or the entry's=0x10"),
     "table",
     "marked safe, though a call injected there separates what belongs together"),
    (facts(oracle="sp-delta", again="sp-delta"), "table", "the SP-delta table does not say where SP is"),
    (facts(oracle="decision", again="decision"), "handler", "is not what the marks say"),
    (facts(oracle="liveness"), "handler", "is not what the marks say"),
    (facts(oracle="platform", lost=("st0", "fcw")), "emulator", "(lost: st0, fcw)"),
    (Facts({"oracle": "platform", "id": "mips64/platform@+0x0#0"}), "unknown", "would go unnoticed"),
    (facts(undisturbed="state"), "lowering", "two runs without a signal differ"),
    (facts(undisturbed="state", native=FINE), "emulator", "passes natively"),
    (facts(undisturbed="state", native=FINE | {"undisturbed": "state"}), "lowering",
     "two runs without a signal differ"),
    (facts(undisturbed="crash", oracle="crash"), "lowering", "even without a signal"),
    (facts(oracle="cross", undisturbed="cross", mark=None), "lowering", "wrong values without any signal"),
    (facts(oracle="cross", undisturbed="cross", native=FINE), "emulator", "passes natively"),
    (facts(oracle="layout"), "lowering", "not laid out"),
    (facts(native=FINE), "emulator", "passes natively"),
    (facts(native=TABLE), "table", "going on at this PC"),
    (facts(spared="state"), "lowering", "no signal is survived here"),
    (facts(spared="state", native=TABLE | {"spared": "state"}), "lowering", "no signal is survived here"),
    (facts(spared="state", native=TABLE | {"spared": "ok"}), "emulator", "and natively it does not"),
    (facts(again="ok"), "unknown", "did not happen again"),
    (facts(oracle="pairs", again="ok", here="ok"), "table",
     "one signal at this PC, marked safe, ends right, two do not"),
    (facts(oracle="nested", again="ok", here="ok"), "stub", "inside the injected call itself"),
    (facts(oracle="coverage", again="coverage"), "unknown", "no signal reached this PC"),
    (facts(mark=-2), "unknown", "no rule applies"),
    # What the platform loses anyway is in every experiment, and hides no fault of the table.
    (facts(sentinel="platform", spared="platform", restart="platform", entry="platform"), "table",
     "restarting its Prog or"),
    (Facts({"oracle": "crash", "by": "driver"}), "unknown", "could not be tried again"),
    (Facts({"oracle": "protocol"}, {"sentinel": Experiment("ok")}), "unknown", "no rule applies"),
])
def test_rules(known: Facts, blame: str, why: str) -> None:
    assert decide(known)[0] == blame
    assert why in decide(known)[1]


def _fails(project: Project, **more: object) -> None:
    project.does(add_2="fail")
    project.world["cases"][2] |= {"experiments": TABLE, **more}


def test_a_failure_is_tried_again_at_its_visit_and_blamed_in_every_report(project: Project) -> None:
    _fails(project)
    done = project.run("check", "--arch", "arm64", "--seed", "9")
    assert (project.root / "world.json.blamed").read_text() == "add.2@+0x4#9 2 1\n"
    failure = project.summary()["failures"][0]
    assert failure["blame"] == "table" and failure["why"].startswith("going on at this PC")
    assert (failure["experiments"]
            == "sentinel ok, undisturbed ok, spared ok, again state, here state, restart ok, entry ok")
    assert "native" not in failure
    assert "blame:     table" in done.stdout and "why:       going on" in done.stdout
    assert "| state | table |" in (project.results / "summary.md").read_text()
    # type: ignore[union-attr]
    text = ET.parse(project.results / "junit.xml").getroot().find(".//failure").text
    assert "blame: table\nwhy: going on" in text  # type: ignore[operator]


def test_repro_blames_too(project: Project) -> None:
    _fails(project)
    assert "blame:     table" in project.run("repro", "arm64/add.2@+0x4#1").stdout


def test_natively_where_this_machine_can(project: Project) -> None:
    project.world["targets"] = [target_row("amd64", native=platform.machine())]
    _fails(project, native=FINE)
    project.run("check")
    failure = project.summary("amd64")["failures"][0]
    assert (failure["blame"], failure["native"].split(", ")[0]) == ("emulator", "sentinel ok")
    assert ([line.split()[-1] for line in (project.root / "world.json.blamed").read_text().splitlines()]
            == ["1", "native"])


def test_a_few_failures_are_tried_again_and_others_name_one_of_their_kind(project: Project) -> None:
    """25 of one Prog, and two of another behind them."""
    project.world["cases"] = [{"name": f"add.{k}", "does": "fail", "experiments": TABLE,
                               "prog": "SUB $1, R1" if k > 24 else "ADD $1, R1"} for k in range(27)]
    done = project.run("check", "--arch", "arm64", "--show", "99")
    failures = project.summary()["failures"]
    assert [failure.get("blame") for failure in failures] == ["table"] * 18 + [None] * 7 + ["table"] * 2
    assert {failure["like"] for failure in failures[18:25]} == {failures[0]["id"]}
    assert f"like:      {failures[0]['id']}" in done.stdout


def test_failures_that_a_probe_did_not_come_to_are_tried_alone(project: Project) -> None:
    """One start tries five; this one dies at the second."""
    project.world["cases"] = [{"name": f"add.{k}", "does": "fail", "prog": f"ADD ${k}, R1",
                               "experiments": TABLE, "dies_of_blame": k == 1} for k in range(5)]
    project.run("check", "--arch", "arm64", "--jobs", "1")
    blamed = {f["id"].split("@")[0]: f["blame"] for f in project.summary()["failures"]}
    assert blamed == {f"arm64/add.{k}": "unknown" if k == 1 else "table" for k in range(5)}
    tried = (project.root / "world.json.blamed").read_text().splitlines()
    assert [line.split("@")[0] for line in tried] == ["add.0", "add.2", "add.3", "add.4"]


def test_a_probe_that_knows_nothing_of_it_is_no_trouble(project: Project) -> None:
    project.does(add_2="fail", add_3="crash")
    project.run("check", "--arch", "arm64")
    assert ({(f["blame"], f["why"]) for f in project.summary()["failures"]}
            == {("unknown", "it could not be tried again")})


def test_what_the_platform_loses_is_told_once_a_target(project: Project) -> None:
    project.world |= {"lost": ["st0", "fcw"], "exposed": ["fcr31"]}
    done = project.run("check", "--arch", "arm64", "--jobs", "3")
    assert done.returncode == 0
    assert project.summary()["platform"] == {"kept": 4, "exposed": ["fcr31"], "lost": ["st0", "fcw"]}
    assert done.stdout.count("platform: qemu-user 7.2.22 on arm64 loses st0, fcw over a plain signal\n") == 1
    assert ("keeps fcr31 over a signal only if the handler leaves it alone"
            in (project.results / "summary.md").read_text())
    project.run("merge", "results", "--results", "merged")
    assert project.summary(results="merged")["platform"]["lost"] == ["st0", "fcw"]
    assert sum(event["ev"] == "platform" for event in project.events()) == 1


def test_a_second_thread_near_the_first_is_said(project: Project) -> None:
    project.world |= {"lost": [], "thread_alike": 3}
    done = project.run("check", "--arch", "arm64", "--jobs", "3")
    assert done.returncode == 0 and project.summary()["platform"]["thread_alike"] == 3
    assert done.stdout.count("both thread pointers agree in 3 of their bytes") == 1


# ---- real ones: a fault is planted in one part of arm64's system under test ----

def _sut(name: str, file: str, old: str, new: str) -> Path:
    """A folder with this file of arch/arm64, changed; kept, so that it is built once."""
    text = (ROOT / "arch/arm64" / ("asm" if file == "marks.c" else "probe") / file).read_text()
    assert text.count(old) == 1
    folder = ROOT / "build/test" / name
    folder.mkdir(parents=True, exist_ok=True)
    changed = text.replace(old, new)
    if not (folder / file).exists() or (folder / file).read_text() != changed:
        (folder / file).write_text(changed)
    return folder


def _check(results: Path, cases: Path, *args: str) -> list[dict]:
    everypc("check", "--arch", "arm64", "--results", str(results), "--no-setup", "--cases", str(cases), *args)
    failures = json.loads((results / "arm64/summary.json").read_text())["failures"]
    assert failures
    return failures


PLAIN = "MOVD R1, R2\nADD $0x1234, R3, R4\n"


@pytest.mark.guest
@pytest.mark.parametrize("name, file, old, new, blame, why", [
    ("sut-stub", "preempt.S", "    ldp  x12, x13, [sp, #112]\n", "", "stub", "x12"),
    ("sut-thread", "preempt.S", "3:  bl   async_preempt2\n",
     "3:  mrs  x0, tpidr_el0\n    str  x0, [sp, #-16]!\n    bl   async_preempt2\n    ldr  x0, [sp], #16\n   "
     " msr  tpidr_el0, x0\n",
     "stub", "tpidr_el0"),
    ("sut-push-call", "push_call.c", "    *(uintptr_t *)sp = ctx_lr(uc);\n", "", "handler", "pushed LR"),
])
def test_a_broken_part_is_blamed(name: str, file: str, old: str, new: str, blame: str, why: str,
                                 tmp_path: Path) -> None:
    folder = _sut(name, file, old, new)
    cases = folder / "plain.progs"
    if not cases.exists():
        cases.write_text(PLAIN)
    failures = _check(tmp_path, cases, "--sut", str(folder))
    assert {failure["blame"] for failure in failures} == {blame}
    assert all(why in failure["why"] for failure in failures)


@pytest.mark.guest
def test_lying_tables_are_blamed(tmp_path: Path) -> None:
    failures = _check(tmp_path, ROOT / "arch/arm64/test/lies.S")
    assert {failure["blame"] for failure in failures if "like" not in failure} == {"table"}


def _events(probe: Path, *args: str) -> list[dict]:
    done = subprocess.run(["qemu-i386", str(probe), *args], capture_output=True, text=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.guest
def test_what_the_platform_loses_hides_no_lie() -> None:
    """QEMU 7.2's qemu-i386 loses x87 over every signal, if it is not mended."""
    out = ROOT / "build/test/386-lies"
    subprocess.run(["make", "-s", "probe", "TARGET=386", f"OUT={out.relative_to(ROOT)}",
                    "CASE_FILES=arch/x86/32/test/lies.S"],
                   cwd=ROOT, check=True, capture_output=True)
    mended, bare = _events(out / "probe"), _events(out / "probe", "--no-mend")
    assert [e["lost"] for e in mended if e["ev"] == "platform"] == [[]]
    lost = next(e["lost"] for e in bare if e["ev"] == "platform")
    if not lost:
        pytest.skip("this QEMU loses nothing")
    assert "st0" in lost
    lies, seen = ({(e["id"], e["oracle"]) for e in events if e["ev"] == "fail"} for events in (mended, bare))
    assert {oracle for _, oracle in seen - lies} == {"platform"}
    assert lies <= seen
