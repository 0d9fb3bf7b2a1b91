# amd64: one target.
TARGETS        += amd64
amd64.arch     := x86/64
amd64.family   := 1
amd64.triple   := -
amd64.qemu     := qemu-x86_64
amd64.native   := x86_64
amd64.packages :=
# QEMU 7.2 enters signal handlers with a misaligned stack.
amd64.flags    := -mstackrealign
# Without XSAVE; with AVX.
amd64.cpus     := core2duo max
# RUNNER=system: QEMU's machine, its console, the package of its kernel with Debian's architecture and suite.
# The default CPU has no AVX, which the register list has.
amd64.guest          := qemu-system-x86_64 -machine pc -cpu max $(BY_INSNS)
amd64.console        := ttyS0
amd64.kernel         := linux-image-amd64 amd64 bookworm
amd64.guest_packages := qemu-system-x86 seabios

# The same code under Windows, stopped by SuspendThread in place of signals (harness/probe/windows). Its
# assembly is ELF, by amd64's compiler, up to the link.
TARGETS                += windows-amd64
windows-amd64.arch     := x86/64
windows-amd64.system   := windows
windows-amd64.runner   := wine
windows-amd64.triple   := x86_64-w64-mingw32
windows-amd64.elf      := amd64
windows-amd64.qemu     := -
windows-amd64.native   := -
windows-amd64.packages := gcc-mingw-w64-x86-64-win32 wine wine64
windows-amd64.without := call.S shared.S go-progs.tsv
windows-amd64.without.call.S   := it calls Linux
windows-amd64.without.go-progs.tsv := its rows are of Linux targets
windows-amd64.without.shared.S := it is what -shared makes of ELF thread-local storage
windows-amd64.no_guest := there is no Windows kernel to boot
