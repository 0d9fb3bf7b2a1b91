"""The terminal and its tables. This is the only module that knows rich, and it imports it when it is called:
where the package is missing, build/setup.py installs it while the driver runs."""
from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress
    from rich.table import Table
    from rich.text import Text

_TABLE_WIDTH = 200    # characters; wider than any table here


def console(to_stderr: bool = False) -> Console:
    """Off a terminal, lines are not folded: they are read by programs and by people with scroll bars."""
    from rich.console import Console  # may have been installed since the start
    made = Console(stderr=to_stderr, highlight=False, markup=False, emoji=False, soft_wrap=False)
    if not made.is_terminal:
        made = Console(stderr=to_stderr, highlight=False, markup=False, emoji=False, width=_TABLE_WIDTH)
    return made


def notice(line: str) -> None:
    """What is neither the result nor an error."""
    print(line, file=sys.stderr, flush=True)


def text(line: str, style: str = "") -> Text:
    """A line in a style; more can be appended to it."""
    from rich.text import Text  # may have been installed since the start
    return Text(line, style=style)


def has_colour(to_stderr: bool = False) -> bool:
    """Whether the console that prints has it: a terminal, and NO_COLOR not set (no-color.org)."""
    return console(to_stderr).color_system is not None and not os.environ.get("NO_COLOR")


def printable(line: str) -> str:
    return "".join(c if c.isprintable() else "?" for c in line)


def bars(out: Console, *columns: str, bar_at: int) -> Progress | None:
    """Progress bars with these columns of text and the bar itself at `bar_at`; None where `out` can't draw
    any."""
    if not out.is_terminal or os.environ.get("CI") or os.environ.get("TERM") == "dumb":
        return None
    # may have been installed since the start
    from rich.progress import BarColumn, Progress, ProgressColumn, TextColumn
    made: list[ProgressColumn] = [TextColumn(column) for column in columns]
    made.insert(bar_at, BarColumn(bar_width=30))
    return Progress(*made, console=out, transient=True)


def table(columns: Iterable[str], rows: Iterable[Iterable[Any]], left: int = 1,
          bad: Iterable[int] = ()) -> Table:
    """A rich table; the first `left` columns hold text, the others numbers; the rows in `bad` stand out."""
    from rich.table import Table  # may have been installed since the start
    made = Table(box=None, pad_edge=False, header_style="bold")
    for i, name in enumerate(columns):
        made.add_column(name, justify="left" if i < left else "right", no_wrap=True)
    marked = set(bad)
    for i, row in enumerate(rows):
        made.add_row(*(str(cell) for cell in row), style="red" if i in marked else None)
    return made


def print_table(out: Console, made: Table) -> None:
    """Prints all of it: a line that a narrow terminal folds can still be read, one that is cut can't."""
    out.print(made, width=max(out.width, _TABLE_WIDTH), crop=False, soft_wrap=False)


def markdown_table(columns: Iterable[str], rows: Iterable[Iterable[Any]], left: int = 1) -> str:
    names = list(columns)
    lines = ["| " + " | ".join(names) + " |",
             "|" + "|".join("---" if i < left else "--:" for i in range(len(names))) + "|"]
    lines += ["| " + " | ".join(str(cell).replace("|", "\\|").replace("\n", " ") for cell in row) + " |"
              for row in rows]
    return "\n".join(lines) + "\n"
