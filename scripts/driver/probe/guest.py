"""The runner "system": a guest of QEMU's with a kernel of Debian's, booted anew for each start of a probe.
The program build/host/guest (harness/guest) starts it and stands for the probe: its output, its status."""
from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from ..build import make
from ..build.targets import SYSTEM, Target
from ..context import Context
from ..errors import BuildError, SetupError
from .runner import Runner, installed_version, one_insn_flag
from .start import Start

KERNELS = Path("build/kernels")        # where ci/setup --system keeps <target>/kernel and <target>/version
_TOOL = Path("build/host/guest")
_MEMORY_MB = 512
# Without a network, a screen or a monitor; it ends where it would boot again, as it does after a panic.
_MACHINE = ("-m", str(_MEMORY_MB), "-nodefaults", "-display", "none", "-monitor", "none", "-serial", "stdio",
            "-no-reboot")
# The same addresses in each run; of the kernel's messages those of a failing kernel only; without the tests
# of its cryptography, a fifth of the boot.
_KERNEL = "quiet loglevel=3 panic=-1 norandmaps cryptomgr.notests"


@dataclass(frozen=True)
class GuestStart(Start):
    """`boot`: the tool, the guest's init, and QEMU with its options."""

    boot: tuple[str, ...] = ()

    @property
    def is_native(self) -> bool:
        return False

    @property
    def patience(self) -> float:
        return 2.0

    def argv(self, probe: Path, arguments: list[str]) -> list[str]:
        return [*self.boot, "--", str(probe), *arguments]


class System(Runner):
    """Real kernels."""

    kind = SYSTEM

    def lacks(self, target: Target) -> str | None:
        if target.no_guest:
            return target.no_guest
        return None if target.guest and target.console else "its port describes no guest (arch/README.md)"

    def check(self, context: Context, chosen: list[Target]) -> None:
        programs = dict.fromkeys(t.guest[0] for t in chosen if shutil.which(t.guest[0]) is None)
        bare = [t.name for t in chosen if not self._kernel(context, t).exists()]
        missing = [*programs, *([f"the kernels of {' '.join(bare)}"] if bare else [])]
        if missing:
            raise SetupError(f"--runner {self.given}: missing: {', '.join(missing)}; get them with: "
                             f"ci/setup --system {' '.join(t.name for t in chosen)}")

    def start(self, context: Context, target: Target, probe: Path, mode: str = "pin") -> Start:
        done = make.run(context, "guest", f"TARGET={target.name}", merge=True)
        if done.status != 0:
            raise BuildError(f"{target.name}: `make guest TARGET={target.name}` failed: {done.out.strip()}")
        init = context.root / "build" / target.name / "init"
        flags = (one_insn_flag(context, target.guest[0]),) if mode == "free" else ()
        options = f"console={target.console} {_KERNEL} {target.kernel_options}".rstrip()
        return GuestStart(boot=(str(context.root / _TOOL), str(init), *target.guest, *flags, *_MACHINE,
                                "-kernel", str(self._kernel(context, target)), "-append", options))

    def name(self, context: Context, target: Target) -> str:
        """"Linux 6.1.0-50-arm64 under qemu-system 7.2.22"."""
        path = self._kernel(context, target).with_name("version")
        version = path.read_text(encoding="utf-8").strip() if path.exists() else "of an unknown version"
        return f"Linux {version} under qemu-system {installed_version(context, target.guest[0])}"

    def refuses(self, context: Context, start: Start, probe: Path) -> str | None:
        """What does not boot fails, and is not skipped."""
        return None

    @staticmethod
    def _kernel(context: Context, target: Target) -> Path:
        return context.root / KERNELS / target.name / "kernel"
