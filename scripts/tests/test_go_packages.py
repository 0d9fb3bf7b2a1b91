"""check-go --package: the packages of a module, with its assembly functions, by the installed Go."""
from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from conftest import everypc

from driver.go.packages import Package, assembly, glob

ASM = """#include "textflag.h"
TEXT ·Add(SB), NOSPLIT, $0-24
\tMOVQ a+0(FP), AX
\tADDQ b+8(FP), AX
\tMOVQ AX, ret+16(FP)
\tRET
TEXT ·unused(SB),NOSPLIT,$0-0
\tRET
"""


@pytest.fixture
def module(tmp_path: Path) -> Path:
    """Of two packages, one without tests."""
    files = {"go.mod": "module example.com/m.v2\n\ngo 1.19\n", "m.go": "package m\n",
             "fast/fast.go": "package fast\n\nfunc Add(a, b int) int\n\nfunc unused()\n",
             "fast/fast_amd64.s": ASM,
             "fast/fast_test.go": "package fast\n\nimport \"testing\"\n\nfunc TestAdd(t *testing.T) {\n"
                                  "\tif Add(1, 2) != 3 {\n\t\tt.Fatal()\n\t}\n}\n"}
    for name, text in files.items():
        path = tmp_path / "module" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path / "module"


def _package(folder: Path) -> Package:
    return Package("example.com/m.v2/fa.st", "fast", folder, (folder / "fast/fast_amd64.s",), True)


def test_names_are_the_linkers(module: Path) -> None:
    one = _package(module)
    assert one.texts() == ["example.com/m.v2/fa%2est.Add", "example.com/m.v2/fa%2est.unused"]
    assert glob(one) == "example.com/m.v2/fa%2est.*"


def test_assembly_is_labelled_by_what_the_filter_says(module: Path) -> None:
    add, unused = _package(module).texts()
    there, missing = assembly(_package(module), {add: {"filter": "assembly"}})
    assert [str(f) for f in there] == [f"{add}: protected by the runtime's filter (assembly)"]
    assert missing == [unused]
    there, missing = assembly(_package(module), {add: {"filter": "preemptible"},
                                                 unused: {"filter": "assembly"}})
    assert "NOT protected" in str(there[0]) and not missing


def test_usage(module: Path, tmp_path: Path) -> None:
    for words, said in ((["--module", str(module)], "--module is for --package"),
                        (["--package", "./...", "--only", "x"], "leave out binaries"),
                        (["--package", "./...", "--module", str(module / "no")], "there is no such folder")):
        done = everypc("check-go", *words, "--results", str(tmp_path / "results"))
        assert done.returncode == 2 and said in done.stderr, done


@pytest.mark.guest
@pytest.mark.long
@pytest.mark.skipif(not shutil.which("go"), reason="no Go toolchain is installed to build the packages")
def test_the_packages_of_a_module(module: Path, tmp_path: Path) -> None:
    done = everypc("check-go", "--package", "./...", "--module", str(module), "--checks", "sp,return",
                   "--results", str(tmp_path / "results"))
    assert done.returncode == 0, done
    for line in ("amd64 example.com/m.v2: skipped: no function of it is in its test binary",
                 "amd64 assembly example.com/m.v2/fast.Add: protected by the runtime's filter (assembly)",
                 "amd64 assembly example.com/m.v2/fast.unused: NOT CHECKED: no test reaches it"):
        assert line in done.stdout, done.stdout
    listed = json.loads((tmp_path / "results/go/assembly.json").read_text())
    assert [(one["package"], one["functions"]) for one in listed] == [("example.com/m.v2", 0),
                                                                      ("example.com/m.v2/fast", 2)]
    assert not list(module.rglob("everypc*"))
