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
