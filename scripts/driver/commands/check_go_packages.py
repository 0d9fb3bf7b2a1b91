"""everypc check-go --package: packages of the user's own module, function by function."""
from __future__ import annotations

import argparse
from dataclasses import replace

from ..build import setup, targets
from ..build.targets import BINARIES
from ..context import Context
from ..errors import UsageError
from ..go import packages, session, tool, toolchain
from ..go.session import Options
from ..report import console, results
from ..report.progress import Bar

FILE = "assembly.json"


def default_target(known: dict[str, targets.Target]) -> str:
    """What this machine runs, as for `go build`; else the first."""
    return next((name for name, target in known.items() if target.runs_natively), next(iter(known)))


def run(context: Context, args: argparse.Namespace, options: Options, command: str) -> tuple[int, str]:
    """Builds and checks each package on each target. Raises UsageError where nothing was checked."""
    now = session.begin(context, options, command)
    asked = targets.select(list(now.targets.values()), args.arch or default_target(now.targets))
    chosen = targets.having(asked, BINARIES)
    module = packages.module(args.module)   # before a toolchain is installed for nothing
    goroot = toolchain.goroot(context, args.goroot or None)
    version = toolchain.version(context, goroot)
    found = [(t, one) for t in chosen for one in packages.find(context, t, goroot, module, args.package)]
    setup.ensure(context, chosen, "qemu")
    session.start(now, {"packages": args.package, "module": str(module),
                        "toolchain": f"{version} in {goroot}",
                        "targets": [t.name for t in chosen]}, args.resume)
    out = console.console(to_stderr=context.as_json)
    out.print(f"{version} in {goroot}; functions that no test reaches are not linked, so not checked",
              soft_wrap=True)
    lines, listed = [], []
    for target, one in found:
        with Bar(out, f"{target.name} {one.path}") as bar:
            bar.note("building its tests")
            path = packages.build(context, target, goroot, one)
            functions = packages.functions(context, one, path)
            there, missing = packages.assembly(one, functions)
            listed.append({"target": target.name, "package": one.path, "functions": len(functions),
                           "assembly": [{"name": f.name, "protected": f.protected} for f in there],
                           "not_linked": missing})
            lines += [f"{target.name} assembly {f}" for f in there]
            lines += [f"{target.name} assembly {name}: NOT CHECKED: no test reaches it, so it is not linked"
                      for name in missing]
            if not functions:
                lines.append(f"{target.name} {one.path}: skipped: no function of it is in its test binary")
                continue
            now.options = replace(options, only=packages.glob(one))
            session.add(now, tool.info(context, path), bar)
    if not now.checked:
        raise UsageError("; ".join(lines) or "nothing was checked")
    results.write_json(now.go / FILE, listed)
    for line in lines:
        out.print(line, soft_wrap=True)
    return session.finish(now)
