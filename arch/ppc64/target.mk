# ppc64: big endian (ELFv1) and little endian (ELFv2), one code.
TARGETS          += ppc64 ppc64le
ppc64.arch       := ppc64
ppc64.family     := 1
ppc64.triple     := powerpc64-linux-gnu
ppc64.qemu       := qemu-ppc64
ppc64.insn_cpu   := power10
ppc64.native     := -
ppc64.packages   := gcc-powerpc64-linux-gnu libc6-dev-ppc64-cross
ppc64.flags      :=
# Go's programs are ELFv2 from 1.27 on: a kernel takes their signal handlers for code, not for descriptors.
# The C library has no header for that, which nothing uses.
ppc64.abis       := 2
ppc64.abi2       := -mabi=elfv2 -Iarch/ppc64/live/elfv2
ppc64le.arch     := ppc64
ppc64le.family   := 0
ppc64le.triple   := powerpc64le-linux-gnu
ppc64le.qemu     := qemu-ppc64le
ppc64le.insn_cpu := power10
ppc64le.native   := -
ppc64le.packages := gcc-powerpc64le-linux-gnu libc6-dev-ppc64el-cross
ppc64le.flags    :=
# What a Go runtime keeps across an injected call although its stub does not save it: zero in r0, and g.
ppc64.kept       := r0 r30
ppc64le.kept     := $(ppc64.kept)
# RUNNER=system: QEMU's machine, its console, the package of its kernel with Debian's architecture and suite.
# POWER8 lacks OV32 and CA32, which the register list has. With the radix MMU of POWER9 QEMU executes code
# that is there no more (arch/ppc64/repro/stale_code.c): the kernel is to use the hashed page table. x-vof:
# a firmware with which it boots in a third of the time.
ppc64le.guest          := qemu-system-ppc64 -machine pseries,x-vof=on -cpu power9 $(BY_INSNS)
ppc64le.console        := hvc0
ppc64le.kernel_options := disable_radix
ppc64le.kernel         := linux-image-powerpc64le ppc64el bookworm
ppc64le.guest_packages := qemu-system-ppc
ppc64.no_guest         := Debian 12 has no kernel for big-endian POWER
