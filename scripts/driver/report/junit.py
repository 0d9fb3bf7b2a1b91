"""JUnit XML, as CI systems read it: a test suite for each target, a test case for each case."""
from __future__ import annotations

import re
import shutil
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from .. import folders
from ..probe import events
from ..probe.events import Event
from . import explained

# What XML 1.0 has no way to write (section 2.2).
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

_HEAD = "<?xml version='1.0' encoding='utf-8'?>\n"
_HEAD_BYTES = 1024   # of a document: more than stands in front of its first suite
_END = b"</testsuites>"
_PLAIN = re.compile(r"[\w.+-]+", re.ASCII)
_COUNTS = ("tests", "failures", "errors")   # of all suites; a schema of Jenkins has no more


def _clean(text: object) -> str:
    return _ILLEGAL.sub("?", str(text))


def write_events(path: Path, events_path: Path, target: str, wall_s: float) -> None:
    """A document with the suite of one target from its events.jsonl, a case in memory at a time. Failures
    that belong to no case make test cases of their own."""
    fresh, body = path.with_name(f".{path.name}.new"), path.with_name(f".{path.name}.body")
    counts = dict.fromkeys(("tests", "failures", "errors", "skipped"), 0)
    with body.open("w", encoding="utf-8") as out:
        for name, fails, skips in _cases(events_path):
            counts["tests"] += 1
            counts["failures"] += bool(fails)
            counts["skipped"] += bool(skips) and not fails
            out.write(_case_text(target, name, fails, skips))
    head = ET.Element("testsuites", {"name": "everypc", **{key: str(counts[key]) for key in _COUNTS}})
    one = ET.SubElement(head, "testsuite", {"name": target, "time": f"{wall_s:.3f}",
                                            **{key: str(count) for key, count in counts.items()}})
    one.text = "\n"
    before, after = ET.tostring(head, encoding="unicode").split("\n")
    with fresh.open("w", encoding="utf-8") as out, body.open(encoding="utf-8") as cases:
        out.write(_HEAD + before)
        shutil.copyfileobj(cases, out)
        out.write(after)
    body.unlink()
    fresh.replace(path)


def _cases(path: Path) -> Iterator[tuple[str, list[Event], list[Event]]]:
    """The test cases: name, failures, skips."""
    fails: list[Event] = []
    skips: list[Event] = []
    begun = False
    for event in events.read(path):
        kind = event["ev"]
        if kind == "begin":
            begun, fails, skips = True, [], []
        elif kind in ("fail", "skip"):
            if begun:
                (fails if kind == "fail" else skips).append(event)
            elif kind == "fail":
                yield event["id"], [event], []
            else:
                yield event["what"], [], [event]
        elif kind == "case":
            yield event["case"], fails, skips
            begun = False


def _case_text(target: str, name: str, fails: list[Event], skips: list[Event]) -> str:
    if not fails and not skips and _PLAIN.fullmatch(name):   # almost all; as ElementTree would write it
        return f'<testcase classname="{target}" name="{name}" />'
    parent = ET.Element("testsuite")
    testcase(parent, target, name, fails, skips)
    return ET.tostring(parent[0], encoding="unicode")


def testcase(parent: ET.Element, target: str, name: str, fails: Iterable[Event],
             skips: Iterable[Event]) -> None:
    """Adds a test case; `fails` have an "oracle" and an "id", `skips` a "why"."""
    case = ET.SubElement(parent, "testcase", classname=target, name=_clean(name))
    for event in fails:
        failure = ET.SubElement(case, "failure", type=_clean(event["oracle"]),
                                message=_clean(f"{event['oracle']} at {event['id']}"))
        lines = [f"{key}: {value}" for key, value in event.items() if key not in ("ev", "explanation")]
        failure.text = _clean("\n".join([*lines, *explained.plain(event["explanation"])]
                                        if event.get("explanation") else lines))
    for event in skips:
        ET.SubElement(case, "skipped", message=_clean(event["why"]))


def counted(element: ET.Element) -> ET.Element:
    """The suite with its test cases counted."""
    cases = element.findall("testcase")
    element.set("tests", str(len(cases)))
    element.set("failures", str(sum(case.find("failure") is not None for case in cases)))
    element.set("errors", "0")
    element.set("skipped", str(sum(case.find("skipped") is not None and case.find("failure") is None
                                   for case in cases)))
    return element


def joined(suites: list[ET.Element], name: str) -> ET.Element:
    """One suite of several shards' test cases."""
    element = ET.Element("testsuite", name=name, time=f"{sum(float(s.get('time', 0)) for s in suites):.3f}")
    for one in suites:
        element.extend(one.findall("testcase"))
    return counted(element)


def write(path: Path, suites: list[ET.Element]) -> None:
    """A document with these suites."""
    top = ET.Element("testsuites", name="everypc")
    for key in _COUNTS:
        top.set(key, str(sum(int(s.get(key, "0")) for s in suites)))
    top.extend(suites)
    path.parent.mkdir(parents=True, exist_ok=True)
    folders.write_text(path, _HEAD + ET.tostring(top, encoding="unicode"))


def write_joined(path: Path, parts: list[Path]) -> None:
    """A document with the suites of others that were written here; none of them is in memory as a whole."""
    counts = dict.fromkeys(_COUNTS, 0)
    for part in parts:
        with part.open(encoding="utf-8") as file:
            head = file.read(_HEAD_BYTES).partition("<testsuite ")[0]
        for key in _COUNTS:
            counts[key] += int(re.findall(rf' {key}="(\d+)"', head)[0])
    fresh = path.with_name(f".{path.name}.new")
    with fresh.open("wb") as out:
        words = "".join(f' {key}="{count}"' for key, count in counts.items())
        out.write(f'{_HEAD}<testsuites name="everypc"{words}>'.encode())
        for part in parts:
            _copy_suites(part, out)
        out.write(_END)
    fresh.replace(path)


def _copy_suites(part: Path, out: IO[bytes]) -> None:
    with part.open("rb") as file:
        start = file.read(_HEAD_BYTES).find(b"<testsuite ")
        left = part.stat().st_size - len(_END) - start
        file.seek(start)
        while start >= 0 and left > 0:
            chunk = file.read(min(left, 1 << 20))
            out.write(chunk)
            left -= len(chunk) or left


def read(path: Path) -> list[ET.Element]:
    return ET.parse(path).getroot().findall("testsuite")
