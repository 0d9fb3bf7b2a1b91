# s390x: one target. The C code is for a z196, which has no vectors: they belong to the cases.
TARGETS        += s390x
s390x.arch     := s390x
s390x.family   := 1
s390x.triple   := s390x-linux-gnu
s390x.qemu     := qemu-s390x
s390x.native   := -
s390x.packages := gcc-s390x-linux-gnu libc6-dev-s390x-cross
s390x.flags    := -march=z196 -mno-vx
# What a Go runtime keeps across an injected call although its stub does not save it: g.
s390x.kept     := r13
# RUNNER=system: QEMU's machine, its console, the package of its kernel with Debian's architecture and suite.
s390x.guest          := qemu-system-s390x -machine s390-ccw-virtio $(BY_INSNS)
s390x.console        := ttysclp0
s390x.kernel         := linux-image-s390x s390x bookworm
s390x.guest_packages := qemu-system-misc
