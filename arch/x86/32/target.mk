# 386: one target.
TARGETS      += 386
386.arch     := x86/32
386.family   := 1
386.triple   := i686-linux-gnu
386.qemu     := qemu-i386
386.native   := x86_64
386.packages := gcc-i686-linux-gnu libc6-dev-i386-cross
# QEMU 7.2 enters signal handlers with a misaligned stack.
386.flags    := -mstackrealign
# Without XSAVE; with AVX.
386.cpus     := coreduo max
# Run the mutants of `make test` and the checks of `make test-quick` here, too.
386.tests    := mutants quick
# Go programs crash at their start under older ones.
386.go_qemu  := 10
# RUNNER=system: QEMU's machine, its console, the package of its kernel with Debian's architecture and suite.
386.guest          := qemu-system-i386 -machine pc $(BY_INSNS)
386.console        := ttyS0
386.kernel         := linux-image-686-pae i386 bookworm
386.guest_packages := qemu-system-x86 seabios
