# mips: four targets, 32 and 64 bits, both byte orders. 64-bit code lies below 2^31, where the assembler's
# 32-bit relocations of addresses reach it (Go links there too; the toolchain's default is 0x120000000).
# <target>.cases are further folders of cases below cases/mips.
#
# -mfp32: FR=0, a double is a pair of F registers, as in Go's binaries; the toolchain's default, FPXX, runs
# with FR=1. <target>.cpu: QEMU's CPU where its default one falls short (regs.h). <target>.insn_cpu: of those
# with MSA the one that has release 2's instructions, too.
# mips.ll: Debian's assembler for little-endian targets would put a SYNC before every LL.
mips.ll           := -Wa,-mno-fix-loongson3-llsc
# mips.memcpy: without it GCC copies blocks of unknown alignment by SWL and SWR, byte by byte under QEMU.
mips.memcpy       := -mmemcpy
TARGETS           += mips mipsle mips64 mips64le
mips.arch         := mips
mips.family       := 1
mips.triple       := mips-linux-gnu
mips.qemu         := qemu-mips
mips.native       := -
mips.cases        := 32
mips.packages     := gcc-mips-linux-gnu libc6-dev-mips-cross
mips.flags        := -mfp32 $(mips.memcpy)

mipsle.arch       := mips
mipsle.family     := 0
mipsle.triple     := mipsel-linux-gnu
mipsle.qemu       := qemu-mipsel
mipsle.native     := -
mipsle.cases      := 32
mipsle.packages   := gcc-mipsel-linux-gnu libc6-dev-mipsel-cross
mipsle.flags      := -mfp32 $(mips.ll) $(mips.memcpy)

mips64.arch       := mips
mips64.family     := 0
mips64.triple     := mips64-linux-gnuabi64
mips64.qemu       := qemu-mips64
mips64.cpu        := MIPS64R2-generic
mips64.insn_cpu   := Loongson-3A4000
mips64.native     := -
mips64.cases      := 64
mips64.packages   := gcc-mips64-linux-gnuabi64 libc6-dev-mips64-cross
mips64.flags      := $(mips.memcpy) -Wl,-Ttext-segment=0x10000000

mips64le.arch     := mips
mips64le.family   := 0
mips64le.triple   := mips64el-linux-gnuabi64
mips64le.qemu     := qemu-mips64el
mips64le.cpu      := MIPS64R2-generic
mips64le.insn_cpu := Loongson-3A4000
mips64le.native   := -
mips64le.cases    := 64
mips64le.packages := gcc-mips64el-linux-gnuabi64 libc6-dev-mips64el-cross
mips64le.flags    := $(mips.ll) $(mips.memcpy) -Wl,-Ttext-segment=0x10000000

# What a Go runtime keeps across an injected call although its stub does not save it: g.
mips.kept         := r30
mipsle.kept       := r30
mips64.kept       := r30
mips64le.kept     := r30
# Run the mutants of `make test` and the checks of `make test-quick` here, too.
mips.tests        := mutants quick
# The agent has no global pointer: its signal handlers are entered with Go's.
mips.live         := -mno-abicalls -G0
mipsle.live       := $(mips.live)
mips64.live       := $(mips.live) -msym32
mips64le.live     := $(mips64.live)
# RUNNER=system: QEMU's machine, its console, the package of its kernel with Debian's architecture and suite.
mipsle.guest            := qemu-system-mipsel -machine malta -cpu 24Kf
mipsle.console          := ttyS0
mipsle.kernel           := linux-image-4kc-malta mipsel bookworm
mipsle.guest_packages   := qemu-system-mips
mips64le.guest          := qemu-system-mips64el -machine malta -cpu $(mips64le.cpu)
mips64le.console        := ttyS0
mips64le.kernel         := linux-image-5kc-malta mips64el bookworm
mips64le.guest_packages := qemu-system-mips
mips.no_guest           := Debian 12 has no kernel for big-endian MIPS
mips64.no_guest         := $(mips.no_guest)
