"""lint [--names LIST] [OBJECT...]: exit status 0, or 1 with a line for each fault. OBJECTs are searched for
circles."""
from __future__ import annotations

import argparse
import sys
from pathlib import Path

from . import circles, lengths, names, tree


def main() -> int:
    parser = argparse.ArgumentParser(prog="lint")
    parser.add_argument("--names", default="", help="of targets and architectures, separated by spaces")
    parser.add_argument("objects", nargs="*", type=Path)
    args = parser.parse_args()
    paths = tree.files()
    faults = [*lengths.check(paths), *circles.check(paths, args.objects),
              *names.check(paths, args.names.split())]
    for fault in faults:
        print(fault)
    print(f"lint-structure: {len(paths)} files and {len(args.objects)} objects: lengths, circles, names of "
          "architectures: "
          f"{f'{len(faults)} faults' if faults else 'no fault'}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
