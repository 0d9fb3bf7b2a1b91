"""The compare-go command with a fake everypc-go: preemptible PCs by function and by shape, new and vanished
findings."""
from __future__ import annotations

import json
from typing import Any

from conftest import Project, last_line
from test_gocheck import CODE, binary, finding, gone  # noqa: F401  (gone is a fixture)

NONE = {"safe": 0, "unsafe": 0, "restart": 0, "restart_at_entry": 0, "filtered": 0}


def function(name: str, *points: int) -> dict[str, Any]:
    """`points`: pairs of kind and number, as everypc-go tells them."""
    pcs = dict(NONE)
    for kind, n in zip(points[::2], points[1::2]):
        pcs[list(NONE)[kind]] += n
    return {"function": {"name": name, "entry": 4096, "size": 64, "pcs": pcs, "points": list(points)}}


def shape(code: str, **pcs: int) -> dict[str, Any]:
    return {"shape": {"code": code, "n": sum(pcs.values()), "pcs": {**NONE, **pcs}}}


def compare(project: Project, a: dict[str, Any], b: dict[str, Any], *more: str) -> tuple[Any, dict[str, Any]]:
    project.world["go"] = {"a": a, "b": b}
    done = project.run("compare-go", "a", "b", *more)
    return done, json.loads((project.results / "go-compare.json").read_text()) if done.returncode < 2 else {}


def test_a_binary_and_itself(gone: Project) -> None:  # noqa: F811
    one = binary(function("main.f", 0, 4, 1, 4), shape("ret", safe=4, unsafe=1), finding())
    done, total = compare(gone, one, one)
    assert done.returncode == 0, done
    assert last_line(done) == ("passed: 0 PCs gained and 0 lost preemptibility in 0 functions, 0 violations "
                               "new, 0 gone; "
                               "see results/go-compare.md")
    assert (total["same"], total["changed"], total["shapes"], total["a"]["share"]) == (1, [], [], 0.5)


def test_functions(gone: Project) -> None:  # noqa: F811
    a = binary(function("main.moved", 0, 4, 1, 4), function("main.grown", 0, 4), function("main.gone", 0, 1),
               function("main.f", 0, 2),
               function("main.f", 1, 2), function("main.restarts", 2, 3))
    b = binary(function("main.moved", 1, 1, 0, 3, 2, 2, 1, 2), function("main.grown", 0, 3, 1, 6),
               function("main.f", 0, 2),
               function("main.f", 0, 2), function("main.restarts", 0, 3))
    done, total = compare(gone, a, b)
    assert done.returncode == 0, done
    found = {f["name"]: (f["how"], f["gained"], f["lost"], f["other_action"]) for f in total["changed"]}
    assert found == {"main.moved": ("PC by PC", 2, 1, 0), "main.grown": ("by number", 0, 1, 0),
                     "main.f": ("PC by PC", 2, 0, 0),
                     "main.restarts": ("PC by PC", 0, 0, 3)}
    assert (total["only_in_a"], total["only_in_b"], total["gained"], total["lost"]) == (["main.gone"], [], 4,
                                                                                        2)
    assert "main.moved" in done.stdout and "4 PCs gained and 2 lost" in last_line(done)


def test_the_share_ranks_functions_and_shapes_come_first(gone: Project) -> None:  # noqa: F811
    """A function that has merely shrunk loses the most PCs, and no share."""
    a = binary(function("main.shrunk", 0, 900, 1, 90), function("main.worse", 0, 8, 1, 2),
               shape("ret", safe=9, unsafe=1))
    b = binary(function("main.shrunk", 0, 90, 1, 9), function("main.worse", 0, 4, 1, 6),
               shape("ret", safe=8, unsafe=2))
    done, total = compare(gone, a, b)
    assert [(f["name"], f["share_change"]) for f in total["changed"]] == [("main.worse", -0.4),
                                                                         ("main.shrunk", 0.0)]
    assert done.stdout.index("shape ") < done.stdout.index("main.worse") < done.stdout.index("main.shrunk")
    assert "-40.0%" in done.stdout


def test_shapes(gone: Project) -> None:  # noqa: F811
    a = binary(shape("ldr x.a, [x.b, #]", safe=50, unsafe=50), shape("ret", safe=9),
               shape("only in a", safe=1), shape("nop", filtered=1))
    b = binary(shape("ldr x.a, [x.b, #]", restart=75, unsafe=25), shape("ret", safe=99), shape("nop", safe=1))
    done, total = compare(gone, a, b)
    assert ([(s["code"], s["share_a"], s["share_b"], s["at_stake"]) for s in total["shapes"]]
            == [("ldr x.a, [x.b, #]", 0.5, 0.75, 25)])
    assert "ldr x.a, [x.b, #]" in done.stdout
    assert "| ldr x.a, [x.b, #] |" in (gone.results / "go-compare.md").read_text()


def test_a_new_finding_fails(gone: Project) -> None:  # noqa: F811
    a = binary(finding("tls"), finding(offset=64))
    b = binary(finding(offset=96), finding(function="main.other", code=CODE[:2]))
    done, total = compare(gone, a, b)
    assert done.returncode == 1 and "1 violation new, 1 gone" in last_line(done)
    assert [f["function"] for f in total["new_findings"]] == ["main.other"]
    assert [f["check"] for f in total["gone_findings"]] == ["tls"]
    assert "NEW sp main.other+0x4" in done.stdout and "GONE tls main.big+0x4" in done.stdout
    twice = binary(finding(), finding(offset=64))
    assert compare(gone, binary(finding()), twice)[0].returncode == 1   # one more of the same


def test_a_new_fragile_finding_does_not(gone: Project) -> None:  # noqa: F811
    done, total = compare(gone, binary(), binary(finding(fragile="assembly")), "--fragile")
    assert done.returncode == 0 and len(total["new_findings"]) == 1


def test_usage(gone: Project) -> None:  # noqa: F811
    assert "there is nothing to compare" in last_line(compare(gone, binary(), binary(target="mips"))[0])
    assert gone.run("compare-go", "a").returncode == 2
    assert gone.run("compare-go", "a", "nosuch").returncode == 2
