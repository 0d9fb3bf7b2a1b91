"""TAP 13 (testanything.org): a test for each test case of JUnit suites, a failure's fields as its YAML
block."""
from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator


def lines(suites: list[ET.Element]) -> Iterator[str]:
    cases = [case for suite in suites for case in suite.findall("testcase")]
    yield "TAP version 13"
    yield f"1..{len(cases)}"
    for k, case in enumerate(cases, 1):
        failures, skip = case.findall("failure"), case.find("skipped")
        name = _plain(f"{case.get('classname')}/{case.get('name')}")
        end = f" # SKIP {_plain(skip.get('message', ''))}" if skip is not None and not failures else ""
        yield f"{'not ok' if failures else 'ok'} {k} - {name}{end}"
        if failures:
            yield from _block(failures)


def _plain(text: str) -> str:
    """A description can't hold a line's end, nor a "#", which begins a directive."""
    return " ".join(text.replace("\\", "\\\\").replace("#", "\\#").split())


def _block(failures: list[ET.Element]) -> Iterator[str]:
    yield "  ---"
    # JSON's strings are YAML's
    yield f"  message: {json.dumps(failures[0].get('message', ''), ensure_ascii=False)}"
    yield "  severity: fail"
    yield "  data:"
    for failure in failures:
        yield "    - |"
        yield from (f"      {line}" for line in (failure.text or "").strip().splitlines())
    yield "  ..."
