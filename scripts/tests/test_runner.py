"""What a probe runs on: another QEMU, a command, a machine behind ssh, and several of them side by side."""
from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest
from conftest import FAKES, Project, last_line, target_row

from driver.errors import DriverError
from driver.probe import runner_list
from driver.probe.commanded import Command, Ssh
from driver.probe.runner import Native, Qemu
from driver.probe.wine import Installed, Wine

# Runs what it is given in a shell, as ssh does on the other side; the host "down" can't be reached.
SSH = """#!/bin/sh
while :; do case $1 in -o) shift 2 ;; *) break ;; esac; done
[ "$1" != down ] || { echo "ssh: connect to host down port 22: No route to host" >&2; exit 255; }
shift
printf '%s\\n' "$*" >>"$EVERYPC_WORLD.ssh"
exec setsid --wait sh -c "$*"
"""


def program(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(text)
    path.chmod(0o755)
    return path


@pytest.fixture
def far(project: Project) -> Project:
    """A project with a fake ssh; probes find their target where they are built, and where they are copied."""
    program(project.root / "bin", "ssh", SSH)
    project.env["PATH"] = f"{project.root / 'bin'}:{project.env['PATH']}"
    (project.root / "board").mkdir()
    (project.root / "board/probe.target").write_text("arm64")
    return project


# ---- what --runner takes ----

@pytest.mark.parametrize("text, kinds", [
    ("qemu", [Installed]), ("qemu native", [Installed, Native]), ("wine", [Wine]),
    ("env A=1 {probe}", [Command]),
    ("qemu 'env A=1 {probe}' ssh:board", [Installed, Command, Ssh]), ("ssh -p 22 board /tmp/{probe}", [Ssh]),
    ("qemu qemu:build/next", [Installed, Qemu]),
])
def test_a_list_is_one_command_or_several_runners(text: str, kinds: list[type]) -> None:
    assert [type(one) for one in runner_list.parse(text)] == kinds


@pytest.mark.parametrize("text, said", [
    ("", "names nothing"), ("qemo", "there is no such runner; did you mean qemu?"),
    ("env A=1", "{probe} in it"),
    ("qemu qemu", "names a runner twice"), ("ssh: ", "a host behind the colon"), ("qemu:", "a path behind"),
    ("ssh board", "there is no such runner"), ("ssh -p 22 {probe}", "a host, and a command there"),
    ("'", "No closing quotation"), ("sistem", "did you mean system?"), ("wyne", "did you mean wine?"),
])
def test_what_makes_no_sense_is_said_in_one_line(text: str, said: str) -> None:
    with pytest.raises(DriverError) as error:
        runner_list.parse(text)
    assert error.value.code == 2 and said in str(error.value) and "\n" not in str(error.value)


def test_options_of_ssh_with_a_value_are_not_the_host() -> None:
    one = runner_list.single("ssh -p 22 -vl root board env X=1 /tmp/{probe}")
    assert isinstance(one, Ssh) and one.host == "board"
    assert one.words == ("ssh", "-p", "22", "-vl", "root", "board")
    assert one.far == ("env", "X=1", "/tmp/{probe}")


# ---- another QEMU ----

def test_another_qemu_runs_the_probe_and_stands_in_the_results(project: Project) -> None:
    fake = Path(__file__).with_name("fakes") / "qemu-fake"
    program(project.root / "next", "qemu-fake", f"""#!/bin/sh
[ "$1" != --version ] || {{ echo 'qemu-fake version 10.0.13'; exit; }}
echo "$*" >>"$EVERYPC_WORLD.next"
exec {fake} "$@"
""")
    done = project.run("check", "--arch", "arm64", "--qemu", "next")
    assert done.returncode == 0, done
    summary = project.summary()
    assert (summary["runner"], summary["runner_given"]) == ("qemu-user 10.0.13", "qemu:next")
    assert "--shard" in (project.root / "world.json.next").read_text()
    for command in (["bench"], ["mutants"], ["soak", "--times", "1", "--busy", "0"]):
        (project.root / "world.json.next").unlink()
        project.run(*command, "--arch", "arm64", "--qemu", "next/qemu-fake")
        assert (project.root / "world.json.next").exists(), command


@pytest.mark.parametrize("args, said", [
    (["--qemu", "nowhere"], "nowhere: no such file or folder; `ci/setup --qemu-next`"),
    (["--qemu", "empty"], "empty: no qemu-fake to execute there, which arm64 needs"),
    (["--qemu", "file"], "is one binary, and arm64 mips need several"),
    (["--qemu", "empty", "--runner", "native"], "--runner native takes no QEMU"),
    (["--runner", "nosuch {probe}"], "there is no program nosuch; install it"),
    (["--runner", "false {probe} x y", "--watch", "--runner", "qemu native"], "take one runner"),
])
def test_what_is_not_there_is_said_in_one_line(project: Project, args: list[str], said: str) -> None:
    (project.root / "empty").mkdir()
    (project.root / "file").write_text("")
    project.world["targets"][1]["qemu"] = "qemu-other"
    program(project.root / "bin", "qemu-other", "#!/bin/sh\n")
    project.env["PATH"] = f"{project.root / 'bin'}:{project.env['PATH']}"
    done = project.run("check", *args)
    assert done.returncode == 2 and len(done.stderr.splitlines()) == 1 and said in done.stderr, done


def test_a_failure_is_repeated_under_the_same_runner(project: Project) -> None:
    project.does(add_3="fail")
    done = project.run("check", "--arch", "arm64", "--runner", "env A=1 {probe}")
    assert done.returncode == 1
    assert project.summary()["runner"] == "env A=1 {probe}"
    assert "RUNNER='env A=1 {probe}'" in project.summary()["failures"][0]["repro"]


# ---- a machine behind ssh ----

def test_the_probe_is_copied_and_run_behind_ssh(far: Project) -> None:
    done = far.run("check", "--arch", "arm64", "--runner", f"ssh:board:{far.root / 'board'}", "--cases", "a*")
    assert done.returncode == 0, done
    copies = [path for path in (far.root / "board").iterdir() if path.name.startswith("everypc-arm64-")]
    assert len(copies) == 1 and os.access(copies[0], os.X_OK)
    assert far.summary()["cases"] == 7 and far.summary()["runner"].startswith("ssh:board:")
    assert "Linux" in far.summary()["runner"]
    # The other side's shell does not expand the glob.
    assert "'a*'" in (far.root / "world.json.ssh").read_text()


def test_a_crash_and_a_hang_behind_ssh_are_the_case_s(far: Project) -> None:
    far.does(add_2="crash", add_4="hang")
    done = far.run("check", "--arch", "arm64", "--jobs", "1", "--hang-timeout", "0.3",
                   "--runner", f"ssh board {far.root / 'board'}/{{probe}}")
    assert done.returncode == 1, done
    said = {failure["id"]: failure["oracle"] for failure in far.summary()["failures"]}
    assert said == {"arm64/add.2": "crash", "arm64/add.4": "hang"} and far.summary()["cases"] == 7
    name = next(path.name for path in (far.root / "board").iterdir() if path.name.startswith("everypc-"))
    deadline = time.monotonic() + 20   # nothing of ours stays there
    while running(name) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not running(name)


def running(name: str) -> list[str]:
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if name.encode() in path.read_bytes().split(b"\0")[0]:
                found.append(path.parent.name)
        except OSError:
            continue
    return found


def test_a_machine_that_is_not_there_is_no_crash(far: Project) -> None:
    done = far.run("check", "--arch", "arm64", "--runner", "ssh:down")
    assert done.returncode == 2 and "no command can be run on down" in last_line(done)
    assert "No route to host" in last_line(done)
    done = far.run("check", "--arch", "arm64", "--runner", "ssh:board:/nowhere")
    assert done.returncode == 2 and "can't be copied to board:/nowhere/everypc-arm64-" in last_line(done)


def test_what_the_machine_does_not_run_is_left_out_or_an_error(far: Project) -> None:
    program(far.root / "bin", "only-arm64", f"""#!/bin/sh
case $1 in */mips/*) echo 'Exec format error' >&2; exit 126 ;; esac
exec {FAKES.parent.parent.parent}/scripts/tests/fakes/qemu-fake "$@"
""")
    done = far.run("check", "--runner", "only-arm64 {probe}")
    assert done.returncode == 0 and "skipped mips: Exec format error" in done.stderr
    done = far.run("check", "--runner", "only-arm64 {probe}", "--arch", "mips arm64")
    assert done.returncode == 2 and "name with --arch what it runs" in last_line(done)


# ---- several ----

def compared(project: Project, *args: str) -> tuple[int, dict, str]:
    done = project.run("check", "--arch", "arm64", "--runner", "qemu 'env A=1 {probe}'", *args)
    return done.returncode, json.loads((project.results / "runners.json").read_text()), done.stdout


def test_runners_that_agree(project: Project) -> None:
    code, made, said = compared(project)
    assert code == 0 and made["differences"] == [] and made["runners"] == ["qemu", "env A=1 {probe}"]
    assert [row["runner"] for row in made["rows"]] == ["qemu-user 7.2.22", "env A=1 {probe}"]
    assert said.rstrip().endswith("1 target compared, no difference")
    for name in ("qemu", "env-A-1-probe"):
        assert (project.results / name / "arm64/events.jsonl").exists()


def test_a_mere_difference_is_reported_and_is_the_runner_s(project: Project) -> None:
    project.does(add_5="drift-natively")
    code, made, said = compared(project)
    assert code == 0 and made["differ"] == 1
    one = made["differences"][0]
    assert (one["target"], one["case"], one["what"], one["blame"]) == ("arm64", "add.5", "counts", "runner")
    assert one["runners"] == {"qemu": "shots 12", "env A=1 {probe}": "shots 13"}
    assert "DIFFERS arm64/add.5 (counts)" in said and "1 difference" in said


def test_registers_that_the_adversary_lacks_under_one_runner_are_a_difference(project: Project) -> None:
    project.world["lacking_natively"] = ["y0"]
    code, made, _ = compared(project)
    one, = made["differences"]
    assert code == 0 and (one["what"], one["case"]) == ("platform", "-")
    assert one["runners"] == {"qemu": "lacking: nothing", "env A=1 {probe}": "lacking: y0"}


def test_a_difference_that_the_table_explains_is_listed_apart(project: Project) -> None:
    project.does(add_5="drift-natively", add_6="drift-natively")
    (project.root / "cases/runners.tsv").write_text(
        "# a comment\narm* mips\tenv *\tqemu-user 7.*\tcounts\tadd.5\tloops are longer there\n")
    code, made, said = compared(project)
    assert code == 0 and (made["differ"], made["explained"]) == (2, 1)
    assert {one["case"]: one["explained"] for one in made["differences"]} == {
        "add.5": "loops are longer there", "add.6": ""}
    assert "arm64: 1 difference explained: loops are longer there" in said
    assert "DIFFERS arm64/add.5" not in said and "DIFFERS arm64/add.6 (counts)" in said
    assert "2 differences (1 explained)" in said


def test_a_difference_fails_where_the_platform_s_self_test_does(project: Project) -> None:
    project.does(add_1="fail", add_5="drift-natively")
    project.world["cases"][1]["oracle"] = "platform"
    code, made, _ = compared(project)
    assert code == 1 and made["wrong"] == 1
    assert "self-test fails under qemu and env" in made["differences"][0]["why"]


def test_what_fails_under_one_runner_fails_and_both_are_shown(project: Project) -> None:
    project.does(add_5="fail-natively")
    code, made, said = compared(project)
    assert code == 1 and [row["exit"] for row in made["rows"]] == [0, 1]
    one = made["differences"][0]
    assert (one["case"], one["what"], one["runners"]["qemu"]) == ("add.5", "failures", "passes")
    assert "arm64/add.5@+0x4#1 fails state" in one["runners"]["env A=1 {probe}"]
    assert "failed: under env A=1 {probe}" in said


def test_a_target_that_one_of_them_runs_is_not_compared(project: Project) -> None:
    project.world["targets"] = [target_row("host", native=os.uname().machine), target_row("mips")]
    done = project.run("check", "--runner", "native qemu")
    assert done.returncode == 0, done
    made = json.loads((project.results / "runners.json").read_text())
    assert made["alone"] == {"mips": "qemu"} and "mips: only one of the runners has it" in done.stdout
    done = project.run("soak", "--runner", "native qemu")
    assert done.returncode == 2 and "only check takes several" in last_line(done)


def test_the_object_is_printed_as_json(project: Project) -> None:
    done = project.run("check", "--arch", "arm64", "--runner", "qemu 'env A=1 {probe}'", "--json")
    assert json.loads(done.stdout)["runners"] == ["qemu", "env A=1 {probe}"]
