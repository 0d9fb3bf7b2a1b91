# arm: one target, ARM mode. Go's floating point needs VFPv2; the state has NEON's 32 registers.
TARGETS      += arm
arm.arch     := arm
arm.family   := 1
arm.triple   := arm-linux-gnueabihf
arm.qemu     := qemu-arm
arm.native   := -
arm.packages := gcc-arm-linux-gnueabihf libc6-dev-armhf-cross
arm.flags    := -marm
# What a Go runtime keeps across an injected call although its stub does not save it: g.
arm.kept     := r10
# A word that loads a literal, LDR Rt, [pc, #distance]: of these bits these are set, and these hold the
# distance.
arm.literal  := 0x0f7f0000 0x051f0000 0x00800fff
# RUNNER=system: QEMU's machine, its console, the package of its kernel with Debian's architecture and suite.
arm.guest          := qemu-system-arm -machine virt,highmem=off -cpu max $(BY_INSNS)
arm.console        := ttyAMA0
arm.kernel         := linux-image-armmp armhf bookworm
arm.guest_packages := qemu-system-arm
