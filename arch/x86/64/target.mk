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
amd64.guest          := qemu-system-x86_64 -machine pc $(BY_INSNS)
amd64.console        := ttyS0
amd64.kernel         := linux-image-amd64 amd64 bookworm
amd64.guest_packages := qemu-system-x86 seabios
