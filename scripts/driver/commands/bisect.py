"""everypc bisect: which commit broke it."""
from __future__ import annotations

import argparse
import dataclasses
import glob
import hashlib
import shlex
import shutil
from pathlib import Path

from ..bisect import differences, trial
from ..bisect.commits import Bisection, Verdict
from ..bisect.repository import Repository, Tree
from ..bisect.trial import Built, Cases, OwnDriver, Trial
from ..build.targets import words
from ..context import Context
from ..errors import FAILED, NOT_BUILT, PASSED, BuildError, Interrupted, UsageError
from ..probe import prepare
from ..probe.one_shot import parse_id
from ..probe.prepare import Prepared, RunOptions
from ..report import console, results
from ..report.progress import Display
from ..report.results import Summary, count
from ..unfinished import Unfinished
from . import arguments, check
from .arguments import Result, Subparsers

NAME = "bisect"
_FOLDER = Path("build/bisect")
# The options of check that both a clone's driver and this one take.
_PASSED_ON = ("mode", "depth", "seed", "runner")


def add(subparsers: Subparsers) -> None:
    one = arguments.command(subparsers, NAME, "find the commit that broke a case, a table or a program", run)
    one.add_argument("--good", metavar="REV", help="a commit where it passes")
    one.add_argument("--bad", default="HEAD", metavar="REV", help="one where it fails (default: %(default)s)")
    one.add_argument("--at", metavar="REV", help="try this commit only: exit code 0, 1 or 125")
    one.add_argument("--repo", type=Path, metavar="DIR",
                     help="the repository (default: everypc itself): a clone of it, one with your push_call, "
                          "marks (--sut) or case files, or a Go source tree (--build)")
    one.add_argument("--id", metavar="ID",
                     help="a shot or a case that fails: <target>/<case>[@...]; the case as a whole is tried, "
                          "as PCs may move")
    arguments.arch(one)
    arguments.cases(one)
    arguments.probes(one)
    one.add_argument("--build", metavar="COMMAND",
                     help="builds the commit in its tree: 'cd src && ./make.bash'")
    one.add_argument("--check-go", metavar="LIST",
                     help="check these binaries, by their path in the tree, or programs that the toolchain "
                          "there builds ('all', or names as of check-go --programs)")
    one.add_argument("--live", metavar="PROGRAM", help="fire at this program in the tree; with its arguments")
    one.add_argument("--anew", action="store_true", help="forget the commits that were tried before it was "
                                                         "stopped")
    arguments.jobs(one, "parallel runs")


def run(context: Context, args: argparse.Namespace) -> Result:
    if not args.good and not args.at:
        raise UsageError("--good REV (make: GOOD=): name a commit where it passes")
    repository = Repository(context, (args.repo or context.root).resolve())
    good = repository.commit(args.good, "--good") if args.good else ""
    bad = repository.commit(args.at or args.bad, "--at" if args.at else "--bad")
    folder = context.root / _FOLDER / _key(repository, args)
    tried = _trial(context, args, repository, folder)
    results.prepare(context, folder)   # no other run may try the same at the same time
    tree = Tree(repository, folder / "tree")
    if args.anew:
        (folder / "verdicts.json").unlink(missing_ok=True)
    tree.open(bad)
    if args.at:
        return _one(tried, tree, folder)

    def judge(commit: str) -> Verdict:
        return tried.judge(tree.path, folder / "tables" / f"{commit}.json")

    bisection = Bisection(context, tree, folder, judge, console.notice)
    try:
        bisection.check_ends(good, bad)
        found = bisection.first_bad(good, bad)
        said = _end(bisection, tree, folder, found, args)
    except UsageError:
        _leave(tree, folder)
        raise
    except Interrupted as error:
        raise Interrupted(f"{error}; the same command goes on where this one was") from None
    _leave(tree, folder)
    return said


def _leave(tree: Tree, folder: Path) -> None:
    """Nothing is to be gone on with."""
    tree.remove()
    shutil.rmtree(folder, ignore_errors=True)


def _key(repository: Repository, args: argparse.Namespace) -> str:
    """The folder's name: one for each question."""
    asked = {name: value for name, value in sorted(vars(args).items()) if name not in ("run", "jobs", "anew")}
    return hashlib.sha256(f"{repository.path} {asked}".encode()).hexdigest()[:12]


def _one(tried: Trial, tree: Tree, folder: Path) -> Result:
    found = tried.judge(tree.path, folder / "tables" / "at.json")
    if found.failure:
        print(found.failure)
    _leave(tree, folder)
    if found.code == NOT_BUILT:
        raise BuildError(found.line)
    return found.code, found.line


# ---- what is tried ----

def _trial(context: Context, args: argparse.Namespace, repository: Repository, folder: Path) -> Trial:
    if args.live or args.check_go:
        if not args.build:
            raise UsageError("--check-go and --live need --build, the command that builds a commit")
        if args.live and args.check_go:
            raise UsageError("--check-go or --live, not both")
        return Built(context, args.build, tuple(words(args.check_go or "")),
                     tuple(shlex.split(args.live or "")), args.arch or None, folder)
    if args.build:
        raise UsageError("--build is for what --check-go or --live then takes")
    arch, cases = _chosen(args)
    if (repository.path / "scripts/everypc").exists() and not args.sut:
        return OwnDriver(context, _passed_on(args, arch, cases), folder)
    options = dataclasses.replace(arguments.run_options(_without_sut(args)), arch=arch, cases=cases)
    return Cases(context, options, _sut(repository, args.sut), folder, lambda one: _check(context, one))


def _chosen(args: argparse.Namespace) -> tuple[str | None, list[str] | None]:
    """Targets and cases, those of --id among them."""
    cases = [word for arg in args.cases for word in words(arg)] if args.cases else None
    if not args.id:
        return args.arch or None, cases
    shot = parse_id(args.id)
    return shot.target, [word for word in cases or [] if word != "*"] + [glob.escape(shot.case)]


def _passed_on(args: argparse.Namespace, arch: str | None, cases: list[str] | None) -> tuple[str, ...]:
    given = [("--arch", arch), *(("--cases", word) for word in cases or [])]
    given += [(f"--{name}", str(getattr(args, name))) for name in _PASSED_ON]
    given += [("--qemu", str(Path(args.qemu).resolve()) if args.qemu else None)]
    return tuple(word for name, value in given if value for word in (name, value))


def _without_sut(args: argparse.Namespace) -> argparse.Namespace:
    return argparse.Namespace(**{**vars(args), "sut": None})


def _sut(repository: Repository, given: str | None) -> str | None:
    """The folder with what is under test, as a path in the repository."""
    if not given:
        return None
    path = (repository.path / given).resolve()
    if not path.is_relative_to(repository.path):
        raise UsageError(f"--sut {given}: not a folder of {repository.path}")
    return str(path.relative_to(repository.path))


def _check(context: Context, options: RunOptions) -> tuple[Prepared, Summary]:
    """As everypc check does it, but for what it prints."""
    prepared = prepare.prepare(context, options)
    options.results.mkdir(parents=True, exist_ok=True)
    work = Unfinished(options.results, "check", context.jobs)
    work.finish()
    total = check.once(context, prepared, options, Display(console.console(to_stderr=True)), work)
    work.finish()
    if total["interrupted"]:
        raise context.stop.error()
    return prepared, total


# ---- the end ----

def _end(bisection: Bisection, tree: Tree, folder: Path, found: list[str],
         args: argparse.Namespace) -> Result:
    repository = tree.repository
    if len(found) > 1:
        print("one of these broke it; those between do not build:")
        for commit in found:
            print(f"  {repository.title(commit)}")
        return FAILED, f"failed: {count(len(found), 'commit')} left that do not build or come next to such"
    commit = found[0]
    parent = repository.git("rev-list", "--parents", "-n", "1", commit).split()[1:2]
    if parent and not (folder / "tables" / f"{parent[0]}.json").exists():
        tree.checkout(parent[0])
        bisection.verdict(parent[0], "the commit before, for its tables")
    print(repository.message(commit))
    if parent:
        before, after = (folder / "tables" / f"{one}.json" for one in (parent[0], commit))
        shown = trial.shown(bisection.context, tree.path)
        print("\n" + "\n".join(differences.between(before, after, shown)))
    verdict = bisection.verdicts[commit]
    print(f"\n{verdict.failure or verdict.line}")
    print(f"again: {_again(args, commit)}")
    return PASSED, (f"passed: {repository.title(commit)} is the first bad commit, found in "
                    f"{count(len(bisection.verdicts), 'trial')}")


def _again(args: argparse.Namespace, commit: str) -> str:
    """The command that tries this commit alone, without touching a checkout."""
    given = ["scripts/everypc", NAME, "--at", commit[:12]]
    for name in ("repo", "id", "arch", "sut", "build", "check_go", "live"):
        value = getattr(args, name)
        given += [f"--{name.replace('_', '-')}", shlex.quote(str(value))] if value else []
    for word in args.cases or []:
        given += ["--cases", shlex.quote(word)] if word != "*" else []
    given += ["--depth", "full"] if args.depth == "full" else []
    return " ".join([*given, *(["--seed", str(args.seed)] if args.seed != 1 else [])])
