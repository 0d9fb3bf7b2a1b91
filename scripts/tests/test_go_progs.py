"""go-progs and go-match over several Go versions, with a fake toolchain: rows out of the assembler's listing,
tables by version, which of them decide."""
from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from conftest import FAKES, Project, last_line
from test_others import GO_ROWS, HEADER, go_world

from driver.go import progs, reference

SOURCE = ("// GOARCH: arm64\nTEXT ·progs(SB), 516, $0-0\n\tADD $305419896, R1\n\tMOVD ·g(SB), R2\n"
          "\tBEQ 1(PC)\n\tRET\n")
BYTES = "01.02.03.04.05.06.07.08.09.0a.0b.0c.0d.0e.0f.10"


def listed(*lines: str, code: str) -> str:
    """A listing of a function: lines are "pc line text"."""
    rows = [f"\t0x{int(pc):04x} {int(pc):05d} (a.s:{at})\t" + text.replace(" ", "\t", 1)
            for pc, at, text in (line.split(" ", 2) for line in lines)]
    return "\n".join(["cases.progs STEXT size=8", *rows,
                      f"\t0x0000 {code.replace('.', ' ')}  text"]) + "\n"


LISTING = listed("0 2 TEXT cases.progs(SB), NOSPLIT, $0-0", "0 2 FUNCDATA $0, x(SB)", "0 3 PCDATA $0, $-3",
                 "0 3 ADD $305419896, R1", "4 4 PCDATA $0, $-4", "4 4 MOVD cases.g(SB), R2",
                 "8 5 PCDATA $0, $-1", "8 5 BEQ 12", "12 6 RET", code=BYTES)


def test_rows_out_of_a_listing() -> None:
    assert [(r.seq, r.prog, r.code.hex(), r.mark, r.start) for r in progs.read(LISTING, SOURCE)] == [
        (1, "ADD $305419896, R1", "01020304", -3, 0), (2, 'MOVD "".g(SB), R2', "05060708", -4, 4),
        (3, "BEQ 12", "090a0b0c", -1, 8), (4, "RET", "0d0e0f10", -1, 12)]


def test_what_the_assembler_makes_of_a_line_is_one_row_where_nothing_restarts() -> None:
    text = listed("0 3 ADDIS $4660, R1", "4 3 ADD $22136, R1, R1", "8 5 BEQ 16", "12 5 NOOP", "16 6 RET",
                  code=BYTES + ".11.12.13.14")
    assert [(r.prog, len(r.code)) for r in progs.read(text, SOURCE)] == [
        ("ADD $305419896, R1", 8), ("BEQ 16", 4), ("NOOP", 4), ("RET", 4)]
    text = listed("0 3 PCDATA $0, $-3", "0 3 MOVF 4(R1), F2", "4 3 PCDATA $0, $-4", "4 3 MOVF 8(R1), F3",
                  code="01.02.03.04.05.06.07.08")
    assert [(r.prog, r.mark) for r in progs.read(text, SOURCE)] == [("MOVF 4(R1), F2", -3),
                                                                    ("MOVF 8(R1), F3", -4)]


def test_another_operation_has_the_text_of_its_line() -> None:
    text = listed("0 3 ADDIS $4660, R1", "4 6 RET", code="01.02.03.04.05.06.07.08")
    assert next(progs.read(text, SOURCE)).prog == "ADD $305419896, R1"
    text = listed("0 3 ADDI $305419896, R1", "4 6 RET", code="01.02.03.04.05.06.07.08")
    assert next(progs.read(text, SOURCE)).prog == "ADDI $305419896, R1", "the same, under its own name"


def test_the_next_symbol_is_none_of_it() -> None:
    text = LISTING + "$i64.1234 SRODATA size=8\n\t0x0000 ff ff ff ff  text\n"
    assert list(progs.read(text, SOURCE))[-1].code.hex() == "0d0e0f10"


def test_tables_have_their_version_in_their_name(tmp_path: Path) -> None:
    assert reference.version_of(reference.file_of("go1.27.4")) == "go1.27.4"
    assert reference.file_of(reference.VERSION) == Path(reference.REFERENCE)
    assert reference.version_of(Path(reference.REFERENCE)) == reference.VERSION


@pytest.fixture
def tree(project: Project) -> Project:
    go_world(project, GO_ROWS[:1], "1\tADD $1, R1\t0\t4\t-1\t0\t\n", "01020304")
    (project.root / "cases/go/progs").mkdir()
    (project.root / "cases/go/progs/arm64.s").write_text(SOURCE)
    (project.root / "goroot/bin").mkdir(parents=True)
    (project.root / "goroot/src").mkdir()
    shutil.copy(FAKES / "fake-go", project.root / "goroot/bin/go")
    project.world["toolchain"] = {"version": "go1.27.4", "listing": LISTING}
    return project


def test_go_progs_writes_a_table_that_go_match_compares_with(tree: Project) -> None:
    done = tree.run("go-progs", "--goroot", "goroot")
    assert done.returncode == 0, done
    assert last_line(done) == "passed: 4 rows of go1.27.4 on 1 GOARCHes in cases/go/go-progs-1.27.4.tsv"
    path = tree.root / "cases/go/go-progs-1.27.4.tsv"
    assert path.read_text().splitlines()[:2] == [HEADER.strip(),
                                                 "arm64\t1\tADD $305419896, R1\t0\t4\t01020304\t-3"]
    done = tree.run("go-match")   # ours has one row of the four, and another mark
    assert done.returncode == 1 and "arm64 go1.27.4 2 " in done.stdout and "missing" in done.stdout
    assert tree.run("go-progs", "--goroot", "goroot", "--arch", "arm65").returncode == 2


def test_bytes_decide_of_our_own_version_alone(tree: Project) -> None:
    path = tree.root / "cases/go/go-progs-1.27.4.tsv"
    path.write_text(HEADER + GO_ROWS[0].replace("01020304", "ffffffff") + "\n")
    (tree.root / "cases/go/differences.tsv").write_text("arch\tseq\tversions\twhy\n"
                                                        "arm64\t1\tgo1.2*\tlonger now\n")
    done = tree.run("go-match")
    assert done.returncode == 0, done
    assert last_line(done).startswith("passed: 2 rows of go1.19.8 and go1.27.4 on 1 target")
    assert "ours 01020304 (longer now)" in done.stdout
    path.write_text(HEADER + GO_ROWS[0].replace("-1", "-3") + "\n")
    assert tree.run("go-match").returncode == 1, "a mark decides"
    tree.world["golist"]["bin"] = "ffffffff"
    path.unlink()
    done = tree.run("go-match")
    assert done.returncode == 1 and "(no reason is known)" in done.stdout, "another version's reason"


def test_go_match_with_a_toolchain(tree: Project) -> None:
    tree.world["golist"]["tsv"] = ("1\tADD\t0\t4\t-3\t0\t\n2\tMOVD g\t4\t8\t-4\t1\t\n3\tBEQ\t8\t12\t-1\t0\t\n"
                                   "4\tRET\t12\t16\t-1\t0\t\n")
    tree.world["golist"]["bin"] = "0102030405060708090a0b0c0d0e0f10"
    done = tree.run("go-match", "--goroot", "goroot")
    assert done.returncode == 0 and last_line(done).startswith("passed: 4 rows of go1.27.4 on 1 target"), done
    tree.world["toolchain"]["listing"] = LISTING.replace("$-4", "$-2")
    assert tree.run("go-match", "--goroot", "goroot").returncode == 1
    tree.world["toolchain"]["listing"] = ""
    assert tree.run("go-match", "--goroot", "goroot").returncode == 125
