"""check --watch: after a first run, what a changed file touches is run again, until a stop is asked for."""
from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

from ..build import changes
from ..build.casefiles import SUFFIXES, Selection
from ..build.targets import Target
from ..context import Context
from ..errors import BuildError, DriverError, Interrupted, UsageError
from ..probe.prepare import RunOptions
from ..report import console, results
from . import arguments

FOLDER = "watch"   # below the results: a part of the cases must not take the place of all
Run = Callable[[RunOptions], arguments.Result]


def watch(context: Context, options: RunOptions, chosen: list[Target], selection: Selection,
          run: Run) -> arguments.Result:
    """`run` runs all of it, or a part. Returns how the last run ended."""
    folder = options.results / FOLDER
    results.prepare(context, folder)
    watched = changes.Watch(changes.places(context.root, selection, options.sut))
    ended = run(options)
    console.notice(f"{ended[1]}\nwatching {len(watched.times)} files; Ctrl-C ends it")
    while changed := watched.wait(context.stop):
        part = changes.touched(context.root, changed, chosen, selection, options.sut)
        names = ", ".join(_shown(context, path) for path in changed[:3]) + (", ..." if len(changed) > 3
                                                                            else "")
        if part is None:
            console.notice(f"changed: {names}: no case that runs here is touched")
            continue
        console.notice(f"changed: {names}: again on {', '.join(part.targets)}")
        try:
            ended = run(_options(options, part, folder))
        except Interrupted:
            break
        except (BuildError, UsageError) as error:   # which the next save may mend
            ended = (error.code, f"{error.kind} {error}")
        except DriverError as error:
            ended = (error.code, str(error))
        console.notice(ended[1] or "")
    return ended


def _shown(context: Context, path: Path) -> str:
    return str(path.relative_to(context.root) if path.is_relative_to(context.root) else path)


def _options(options: RunOptions, part: changes.Touched, folder: Path) -> RunOptions:
    cases = options.cases
    if part.files:
        globs = [word for word in options.cases or [] if not word.endswith(SUFFIXES)
                 and not Path(word).is_dir()]
        cases = [*map(str, part.files), *globs]
    return dataclasses.replace(options, arch=",".join(part.targets), cases=cases, results=folder)
