"""What check-go takes beside programs: assembly files, objects, dumps, universal binaries; and whose stub an
injected call into them goes through."""
from __future__ import annotations

import json
import shutil
import struct
import subprocess
from pathlib import Path

import pytest
from conftest import CONTEXT, FAKES, Project, everypc, last_line, real_targets
from test_gocheck import gone, tool_calls  # noqa: F401  (gone is a fixture)

from driver.errors import UsageError
from driver.go import inputs, stub_source, toolchain
from driver.go.tool import DUMP, OBJECT, Info

ROOT = Path(__file__).resolve().parents[2]
TOOL = ROOT / "build/host/everypc-go"
WITH_GO = pytest.mark.skipif(not shutil.which("go"), reason="no Go toolchain is installed to build objects")


def _universal(*slices: bytes) -> bytes:
    """For CPU 7 and up, one behind the other."""
    at, rows, data = 8 + 20 * len(slices), b"", b""
    for k, one in enumerate(slices):
        rows += struct.pack(">IIIII", 7 + k, 3, at + len(data), len(one), 0)
        data += one
    return struct.pack(">II", 0xCAFEBABE, len(slices)) + rows + data


def test_a_universal_binary_becomes_one_file_for_each_architecture(tmp_path: Path) -> None:
    path = tmp_path / "both"
    path.write_bytes(_universal(b"first", b"second one"))
    assert [one.read_bytes() for one in inputs.thin(CONTEXT, path)] == [b"first", b"second one"]
    path.write_bytes(_universal(b"first", b"second one")[:-1])
    with pytest.raises(UsageError, match="past the end of the file"):
        inputs.thin(CONTEXT, path)
    path.write_bytes(struct.pack(">IHH", 0xCAFEBABE, 0, 52) + b"\0" * 80)   # a Java class
    assert inputs.thin(CONTEXT, path) == [path]


def test_an_assembly_files_target_is_in_its_name() -> None:
    known = real_targets()
    assert inputs.target_of(Path("x/sum_arm64.s"), known, [], "amd64").name == "arm64"
    assert inputs.target_of(Path("x/sum.s"), known, [], "amd64").name == "amd64"
    assert inputs.target_of(Path("x/sum.s"), known, [known["s390x"]], "amd64").name == "s390x"
    with pytest.raises(UsageError, match="is for arm64"):
        inputs.target_of(Path("x/sum_arm64.s"), known, [known["s390x"]], "amd64")


@pytest.mark.parametrize("kind", [OBJECT, DUMP])
@pytest.mark.parametrize("installed, why", [
    (True, "it was made by go1.3, and {root}/goroot is go1.19.8: name a program that has its stub"),
    (False, "a {kind} file has no stub: name a program of go1.3 with --stub")], ids=("another Go", "no Go"))
def test_without_the_stub_of_its_go_clobber_is_left_out(
        gone: Project, monkeypatch: pytest.MonkeyPatch, kind: str, installed: bool,  # noqa: F811
        why: str) -> None:
    which = shutil.which
    (gone.root / "goroot/bin").mkdir(parents=True)
    (gone.root / "goroot/src").mkdir()
    shutil.copy(FAKES / "fake-go", gone.root / "goroot/bin/go")
    gone.env["PATH"] = f"{gone.root / 'goroot/bin'}:{gone.env['PATH']}"
    monkeypatch.setattr(shutil, "which", lambda name: which(name) if installed or name != "go" else None)
    gone.world["go"]["app"] |= {"format": kind, "version": "go1.3"}
    done = gone.run("check-go", "app")
    assert done.returncode == 0, done
    assert "skipped clobber: what the injected call loses can't be measured: " \
           + why.format(kind=kind, root=gone.root) in done.stdout
    assert not [call for call in tool_calls(gone) if call[0] == "stub"]


def test_the_stub_is_the_named_programs(gone: Project) -> None:  # noqa: F811
    gone.world["go"]["jit"] = {**gone.world["go"]["app"], "format": DUMP}
    done = gone.run("check-go", "jit", "--stub", "app")
    assert done.returncode == 0 and "skipped clobber" not in done.stdout, done
    assert [call for call in tool_calls(gone) if call[0] == "stub" and call[1].endswith("/app")]
    gone.world["go"]["app"]["target"] = "s390x"
    done = gone.run("check-go", "jit", "--stub", "app")
    assert "app is for s390x, and" in done.stdout, done


def test_it_is_not_run(gone: Project) -> None:  # noqa: F811
    gone.world["go"]["app"]["format"] = DUMP
    for option in (["--confirm"], ["--harvest", "shapes"]):
        done = gone.run("check-go", "app", *option)
        assert done.returncode == 2 and "which does not run here" in last_line(done), done


def test_a_program_needs_no_stub() -> None:
    info = Info(Path("program"), "arm64", "go1.19.8", "1.18")
    assert stub_source.find(CONTEXT, real_targets()["arm64"], info, None, None) == Path("program")


def _findings(path: Path) -> list[tuple[str, str, int]]:
    done = subprocess.run([TOOL, "check", "--fragile", path], capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return [(f["check"], f["function"], f["offset"]) for f in (one["finding"] for one in lines
                                                               if "finding" in one)]


@pytest.mark.guest
@pytest.mark.long
@WITH_GO
def test_the_example_of_a_dump(tmp_path: Path) -> None:
    """Sound, and with a table that says too late that SP has moved."""
    subprocess.run(["make", "-s", "go-tool"], cwd=ROOT, check=True)
    goroot = toolchain.goroot(CONTEXT, None)
    program = tmp_path / "example"
    env = toolchain.environment(goroot, real_targets()["amd64"], **toolchain.folders(ROOT, goroot))
    subprocess.run([goroot / "bin/go", "build", "-o", program, "./example"], cwd=ROOT / "cases/go/dump",
                   env=env, check=True)
    for words, found in (([], []), (["late"], [("sp", "jit.sum", 4)])):
        subprocess.run([program, tmp_path / "code.dump", *words], check=True)
        assert _findings(tmp_path / "code.dump") == found


@pytest.mark.guest
@pytest.mark.long
@WITH_GO
def test_an_assembly_file(tmp_path: Path) -> None:
    """Its functions are listed and labelled, and what only the filter protects them from is shown."""
    module = tmp_path / "module"
    module.mkdir()
    (module / "go.mod").write_text("module example.com/m\n\ngo 1.19\n")
    (module / "m.go").write_text("package m\n\nfunc Sum(x int) int\n\nfunc Other()\n")
    (module / "m_arm64.s").write_text("#include \"textflag.h\"\nTEXT ·Sum(SB), NOSPLIT, $0-16\n"
                                      "\tMOVD x+0(FP), R1\n\tSUB $16, RSP\n\tADD $16, RSP\n"
                                      "\tMOVD R1, ret+8(FP)\n\tRET\n")
    (module / "other_arm64.s").write_text("TEXT ·Other(SB), 4, $0-0\n\tRET\n")
    done = everypc("check-go", str(module / "m_arm64.s"), "--checks", "sp", "--results",
                   str(tmp_path / "results"))
    assert done.returncode == 0, done
    assert "arm64 assembly example.com/m.Sum: protected by the runtime's filter (assembly)" in done.stdout
    assert "Other" not in done.stdout
    listed = json.loads((tmp_path / "results/go/assembly.json").read_text())
    assert [(one["file"], one["functions"]) for one in listed] == [("m_arm64.s", 1)]
    done = everypc("check-go", str(module / "m_amd64.s"), "--results", str(tmp_path / "results"))
    assert done.returncode == 2 and "there is no such file" in done.stderr
