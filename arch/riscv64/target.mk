# riscv64: one target. Without linker relaxation no C code uses gp, so that the cases own it.
TARGETS          += riscv64
riscv64.arch     := riscv64
riscv64.family   := 1
riscv64.triple   := riscv64-linux-gnu
riscv64.qemu     := qemu-riscv64
riscv64.insn_cpu := rv64,v=true
riscv64.native   := -
riscv64.packages := gcc-riscv64-linux-gnu libc6-dev-riscv64-cross
riscv64.flags    := -mno-relax -Wl,--no-relax
# What a Go runtime keeps across an injected call although its stub does not save it: g.
riscv64.kept     := x27
# RUNNER=system: QEMU's machine, its console, the package of its kernel with Debian's architecture and suite.
# Debian 12 has no kernel for it; its firmware is a package of its own.
riscv64.guest          := qemu-system-riscv64 -machine virt $(BY_INSNS)
riscv64.console        := ttyS0
riscv64.kernel         := linux-image-riscv64 riscv64 trixie
riscv64.guest_packages := qemu-system-misc opensbi
