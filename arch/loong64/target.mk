# loong64: one target. The next release's tools: its QEMU is the first that has the vectors (LSX) which every
# C library for it uses, and no older compiler is packaged. Without linker relaxation instructions stay where
# the assembler put them.
TARGETS           += loong64
loong64.arch      := loong64
loong64.family    := 1
loong64.triple    := loongarch64-linux-gnu
loong64.qemu      := qemu-loongarch64
# The first major version of QEMU that will do; ci/setup unpacks a newer one into build/qemu-next.
loong64.qemu_from := 9
loong64.native    := -
loong64.packages  := gcc-14-loongarch64-linux-gnu libc6-dev-loong64-cross
# What ci/setup unpacks into build/tools-next where these packages can't be installed: they, what they need,
# and the libraries that the programs were built with.
loong64.unpack    := gcc-14-loongarch64-linux-gnu cpp-14-loongarch64-linux-gnu \
                     binutils-loongarch64-linux-gnu libgcc-14-dev-loong64-cross libgcc-s1-loong64-cross \
                     libc6-loong64-cross libc6-dev-loong64-cross linux-libc-dev-loong64-cross \
                     libc6 libgmp10 libisl23 libjansson4 libmpc3 libmpfr6 libsframe1 libzstd1 zlib1g
# Capstone 5 does not know it, LLVM does from this version on.
loong64.llvm      := 16
loong64.flags     := -mno-relax -msimd=none -Wl,--no-relax
# What a Go runtime keeps across an injected call although its stub does not save it: g.
loong64.kept      := r22
loong64.no_guest  := Debian 12 has no kernel for LoongArch
