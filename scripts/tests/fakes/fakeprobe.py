"""Stands for a probe: its cases, and what each of them does, come from the JSON file $EVERYPC_WORLD."""
import os
import signal
import sys
import time

import quickly

# Options, and what they are if they are not given. Reading them with argparse would take as long as all the
# rest.
OPTIONS = {"--mode": "pin", "--depth": "quick", "--seed": 1, "--shard": "1/1", "--cases": "*", "--from": 0,
           "--repro": None, "--budget": None, "--bench": None, "--mutants": False, "--mutant": "*",
           "--fresh": False,
           "--verbose": False, "--list": False, "--injected": 0, "--injectable": 0,
           "--blame": None, "--visit": None, "--measure": False}
words = iter(sys.argv[1:])
given = {word: OPTIONS[word] is False or next(words) for word in words}


class args:   # noqa: N801
    pass


for name, default in OPTIONS.items():
    value = given.get(name, default)
    setattr(args, name[2:], value if default is None else type(default)(value))
first = getattr(args, "from")
world = quickly.world()
with open(os.path.join(os.path.dirname(sys.argv[0]), "probe.target")) as file:
    target = file.read()


def has_written(index):
    """Whether the driver has the case of this index on disk."""
    from pathlib import Path
    text = f'"ev": "case", "index": {index},'
    # os.walk overlooks folders that go meanwhile, glob does not.
    spools = [os.path.join(folder, name) for folder, _, names in os.walk(os.environ["EVERYPC_ROOT"])
              if ".unfinished" in folder and os.path.basename(folder) == target
              for name in names if name.startswith("part-")]
    return any(text in Path(spool).read_text() for spool in spools)


def maybe_kill(one, before):
    """Kills the driver, once, where a case or mutant says so, and when it has written the one before. With
    "stays", this process goes on for ever."""
    once = os.environ["EVERYPC_WORLD"] + f".{target}.{one.get('name', one.get('id'))}.killed"
    if one.get("kills") in (target, "all") and not os.path.exists(once):
        while before is not None and not has_written(before):
            time.sleep(0.01)
        with open(once, "w") as file:
            file.write(str(os.getpid()))
        os.kill(os.getppid(), signal.SIGKILL)
        time.sleep(3600 if one.get("stays") else 0)


def emit(**event):
    print(quickly.dumps(event), flush=True)


if args.bench:
    emit(ev="bench", shot_ns=45000, floor_ns=30000, patch_ns=120000, rss_kb=2048)
    sys.exit(0)
if world.get("usage"):
    print(world["usage"], file=sys.stderr)
    sys.exit(2)
if world.get("dies_at_start"):
    os.kill(os.getpid(), signal.SIGSEGV)

if args.list:
    for case in world["cases"]:
        emit(ev="listed", case=case["name"], source="cases/arm64/add.progs:1", progs=1, pcs=4)
    sys.exit(0)
if args.measure:
    for reg in world.get("stub_loses", []):
        emit(ev="lost", reg=reg, size=8, unit=4, bits="0" * 8 + "f" * 8)
    if "stub_fails" in world:
        emit(ev="fail", id=f"{target}/measure@+0x4#0", oracle="frame", expected="one call",
             got=world["stub_fails"])
    emit(ev="measured", shots=10, nested=5, kept_below=["-8", "-1"], not_measured=[])
    sys.exit(0)
if args.mutants:
    cpu = os.environ.get("EVERYPC_FAKE_CPU", "")
    mine = [m for m in world["mutants"] if quickly.matches(m["id"], args.mutant)
            or quickly.matches(m["class"], args.mutant)]
    i, n = map(int, args.shard.split("/"))
    chosen = [(k, m) for k, m in enumerate(mine) if k % n == i - 1]
    emit(ev="start", schema=1, target=target, cases=len(chosen))
    if i == 1 and first == 0 and not args.fresh:
        emit(ev="left_out", kind="table", as_original=9, as_another=7, cases=2, of_cases=20)
    if world.get("broken"):
        emit(ev="fail", id="-", oracle="state", expected="a case that passes without any mutant",
             got=world["broken"])
        sys.exit(3)
    before = None
    for k, m in chosen:
        if k < first:
            continue
        emit(ev="begin", index=k, case=m["id"], pcs=0, **{"class": m["class"]}, what=m["what"])
        maybe_kill(m, before)
        before = k
        if m.get("does") == "crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        told = {name: value for name, value in m.items() if name not in ("on", "kills")}
        if not args.fresh:
            told |= m.get("on", {}).get(cpu, {})
        emit(ev="mutant", **told)
        emit(ev="case", index=k, case=m["id"], failures=0, **dict.fromkeys(
            ("pcs", "reportable", "covered", "shots", "resumed", "restarted", "entry_restarted", "refused"),
            0))
    emit(ev="end", shots=0, wall_ns=1, shot_ns=0, floor_ns=0, early=0)
    sys.exit(0)
cases = world["cases"]
if args.blame:
    with open(os.environ["EVERYPC_WORLD"] + ".blamed", "a") as log:
        log.write(f"{args.blame} {args.visit} {os.environ.get('FAKE_QEMU', 'native')}\n")
    case = next((case for case in cases if case["name"] == args.blame.rpartition("@")[0]), {})
    emit(ev="platform", kept=4, exposed=[], lost=world.get("lost", []))
    for what, verdict in case.get("experiments" if "FAKE_QEMU" in os.environ else "native", {}).items():
        emit(ev="experiment", what=what, verdict=verdict, **({} if verdict == "ok"
                                                             else {"expected": "x2=0x1", "got": "x2=0x2"}))
    sys.exit(0)
if args.repro:
    wanted, _, place = args.repro.rpartition("@")
    does = next((case.get("does", "pass") for case in cases if case["name"] == wanted), None)
    if does is None:
        sys.exit(print(f"probe: there is no case {wanted}", file=sys.stderr) or 2)
    if does == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    while does == "hang":
        pass
    if does == "fail":
        emit(ev="fail", id=f"{target}/{args.repro}", oracle="state", expected="x2=0x1", got="x2=0x2", mark=-1)
    emit(ev="shot", case=wanted, pc=place.partition("#")[0], verdict="failed" if does == "fail" else "ok")
    sys.exit(0)
i, n = map(int, args.shard.split("/"))
matching = [case for case in cases if quickly.matches(case["name"], args.cases)]
chosen = [(k, case) for k, case in enumerate(matching) if k % n == i - 1]
chosen = [(k, case) for k, case in chosen if k >= first]
emit(ev="start", schema=1, target=target, mode=args.mode, seed=args.seed, shard=args.shard, cases=len(chosen),
     **{"from": first})
if "lost" in world:
    alike = {"thread_alike": world["thread_alike"]} if "thread_alike" in world else {}
    emit(ev="platform", kept=4, exposed=world.get("exposed", []), lost=world["lost"], **alike)
for what in world.get("skips", []):
    emit(ev="skip", what=what, why="not on this machine")
shots, before = 0, None
if "ballast" in world:   # more than a small disk has room for
    emit(ev="skip", what="x" * world["ballast"], why="to fill the disk")
for k, case in chosen:
    name, does = case["name"], case.get("does", "pass")
    if does in world.get("stays_well_on", {}).get(target, []):
        does = "pass"
    emit(ev="begin", index=k, case=name, pcs=4)
    with open(os.environ["EVERYPC_WORLD"] + ".begun", "a") as log:
        log.write(f"{target} {name}\n")
    maybe_kill(case, before)
    before = k
    if does == "crash":
        print("qemu: uncaught target signal 11 (Segmentation fault) - core dumped", file=sys.stderr,
              flush=True)
        sys.stdout.write('{"ev":"fa')
        sys.stdout.flush()
        os.kill(os.getpid(), signal.SIGSEGV)
    if does == "hang":
        while True:
            pass
    if does == "sleep":
        if case.get("note"):
            with open(case["note"], "w") as note:
                note.write(str(os.getpid()))
        time.sleep(3600)
    if does == "garbage":
        print("this is no event", flush=True)
    failures = 0
    if does == "fail":
        failures = case.get("failures", 1)
        emit(ev="fail", id=f"{target}/{name}@+0x4#{args.seed}", oracle=case.get("oracle", "state"),
             expected="x2=0x1 <ok> \x01", got="x2=0x2", visit=2,
             mark=case.get("mark", -1),
             prog="ADD $0x1234, R1, R2", source="cases/arm64/add.progs:12", insn="add x2,x1,x27")
    extra = 0
    if does in ("fail-at", "drift-at"):   # the run of that number
        # Unbuffered: other targets' probes write to it at the same time.
        with open(os.environ["EVERYPC_WORLD"] + f".{name}.runs", "ab", buffering=0) as runs:
            runs.write(b".")
            due = runs.tell() == case["at"]
        failures, extra = (int(due), 0) if does == "fail-at" else (0, int(due))
        if failures:
            emit(ev="fail", id=f"{target}/{name}@+0x4#{args.seed}", oracle="state", expected="x2=0x1",
                 got="x2=0x2")
    if does == "silent-fail":
        failures = 2
    covered = 3 if does == "uncovered" else 4
    emit(ev="case", index=k, case=name, progs=1, pcs=4, reportable=4, covered=covered, shots=12 + extra,
         resumed=4, restarted=6,
         entry_restarted=1, refused=1, failures=failures, sp_unknown=case.get("sp_unknown", 0))
    shots += 12
    if does == "quit":
        sys.exit(3)
    if does == "stop-early":
        break
emit(ev="end", shots=shots, wall_ns=1000 + time.monotonic_ns() % 1000, shot_ns=45000, floor_ns=30000, early=0)
