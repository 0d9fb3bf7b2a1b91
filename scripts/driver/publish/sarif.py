"""SARIF 2.1.0, for code scanning: check's failures at the lines of their Progs, check-go's findings at Go
source lines. What was listed as known is a note, suppressed."""
from __future__ import annotations

from pathlib import Path
from typing import Any

from .problems import Problem

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def log(problems: list[Problem], revision: str) -> dict[str, Any]:
    """A log of one run. `revision`: of everypc, or ""."""
    rules = sorted({one.rule for one in problems})
    driver: dict[str, Any] = {"name": "everypc", "rules": [
        {"id": rule, "name": rule.replace("/", "-"), "shortDescription": {"text": _described(rule)},
         "defaultConfiguration": {"level": "error"}} for rule in rules]}
    if revision and revision != "unknown":
        driver["version"] = revision
    return {"$schema": SCHEMA, "version": "2.1.0",
            "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints",
                      "results": [_result(one, rules.index(one.rule)) for one in problems]}]}


def _described(rule: str) -> str:
    command, _, what = rule.partition("/")
    return {"check": f"a shot failed oracle {what}", "check-go": f"a Go binary's tables fail check {what}",
            "live": f"a program under fire failed oracle {what}"}[command]


def _result(one: Problem, rule: int) -> dict[str, Any]:
    location: dict[str, Any] = {"logicalLocations": [{"fullyQualifiedName": one.id}]}
    if one.file:
        path = Path(one.file)
        location["physicalLocation"] = {
            "artifactLocation": {"uri": path.as_uri() if path.is_absolute()
                                 else path.as_posix().replace(" ", "%20")},
            "region": {"startLine": one.line}}
    text = f"{one.message}\n{one.again}".rstrip()
    made = {"ruleId": one.rule, "ruleIndex": rule, "level": "note" if one.known else "error",
            "message": {"text": text}, "locations": [location],
            "partialFingerprints": {"everypcId/v1": one.id}}
    if one.known:
        made["suppressions"] = [{"kind": "external", "justification": "known: cases/go/triage.tsv"}]
    return made
