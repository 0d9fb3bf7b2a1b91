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
# The default CPU has no AVX, which the register list has.
386.guest          := qemu-system-i386 -machine pc -cpu max $(BY_INSNS)
386.console        := ttyS0
386.kernel         := linux-image-686-pae i386 bookworm
386.guest_packages := qemu-system-x86 seabios

# The same code under Windows, as windows-amd64. C names have an underscore in front there.
TARGETS              += windows-386
windows-386.arch     := x86/32
windows-386.system   := windows
windows-386.runner   := wine
windows-386.triple   := i686-w64-mingw32
windows-386.elf      := 386
windows-386.prefix   := _
windows-386.flags    := -mstackrealign
windows-386.qemu     := -
windows-386.native   := -
windows-386.packages := gcc-mingw-w64-i686-win32 gcc-i686-linux-gnu wine wine32
windows-386.without := call.S shared.S go-progs.tsv
windows-386.without.call.S   := it calls Linux
windows-386.without.go-progs.tsv := its rows are of Linux targets
windows-386.without.shared.S := it is what -shared makes of ELF thread-local storage
windows-386.no_guest := there is no Windows kernel to boot
