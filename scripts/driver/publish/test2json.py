"""The lines of `go test -json` (cmd/test2json of Go 1.20 and later), for the tools that read them: a
package for each JUnit suite, a test for each test case."""
from __future__ import annotations

import datetime
import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import Any

PREFIX = "everypc/"   # of the names of packages


def lines(suites: list[ET.Element]) -> Iterator[str]:
    now = datetime.datetime.now(datetime.UTC).isoformat().replace("+00:00", "Z")
    for suite in suites:
        for event in _package(suite):
            yield json.dumps({"Time": now, **event}, ensure_ascii=False)


def _package(suite: ET.Element) -> Iterator[dict[str, Any]]:
    package = {"Package": PREFIX + (suite.get("name") or "").replace(" ", "/")}
    yield {"Action": "start", **package}
    failed = False
    for case in suite.findall("testcase"):
        test = {**package, "Test": (case.get("name") or "").replace(" ", "_")}
        failures, skip = case.findall("failure"), case.find("skipped")
        yield {"Action": "run", **test}
        texts = [f"{f.get('message')}\n{f.text or ''}" for f in failures]
        if skip is not None and not failures:
            texts = [skip.get("message") or ""]
        for line in (line for text in texts for line in text.splitlines()):
            yield {"Action": "output", **test, "Output": f"    {line}\n"}
        action = "fail" if failures else "skip" if skip is not None else "pass"
        failed |= action == "fail"
        yield {"Action": action, **test, "Elapsed": float(case.get("time") or 0)}
    action = "fail" if failed else "pass"
    yield {"Action": "output", **package, "Output": f"{'FAIL' if failed else 'ok'}\t{package['Package']}\n"}
    yield {"Action": action, **package, "Elapsed": float(suite.get("time") or 0)}
