# arm64: one target.
TARGETS        += arm64
arm64.arch     := arm64
arm64.family   := 1
arm64.triple   := aarch64-linux-gnu
arm64.qemu     := qemu-aarch64
arm64.native   := -
arm64.packages := gcc-aarch64-linux-gnu libc6-dev-arm64-cross
arm64.flags    :=
arm64.live     := -mno-outline-atomics
# Without SVE and DIT; with SVE only.
arm64.cpus     := cortex-a57 a64fx
# What a Go runtime keeps across an injected call although its stub does not save it: g.
arm64.kept     := x28
# A word that loads a literal, LDR (literal): of these bits these are set, and these hold the distance.
arm64.literal  := 0x3b000000 0x18000000 0x00ffffe0
# Run the checks of `make test-quick` here, too.
arm64.tests    := quick
# RUNNER=system: QEMU's machine, its console, the package of its kernel with Debian's architecture and suite.
# Without pauth-impdef QEMU computes the architecture's own cipher at each signed pointer of the kernel's.
arm64.guest          := qemu-system-aarch64 -machine virt -cpu max,pauth-impdef=on $(BY_INSNS)
arm64.console        := ttyAMA0
arm64.kernel         := linux-image-arm64 arm64 bookworm
arm64.guest_packages := qemu-system-arm
