/* Why a guest of QEMU's with POWER9's radix MMU missed pins of seq.call: it executes code that has gone.
 *
 * Linux has pages of 64 KB there. Where a write makes it copy one, one tlbie ends the page's translation.
 * QEMU's tlb_flush_page() discards all of a large page from its TLB, but from the cache of where to jump
 * (tb_jmp_cache_clear_page(), accel/tcg/cputlb.c) the first 4 KB alone, and the 4 KB before. An indirect jump
 * into the other 15 finds what was translated before the copy. With the hashed page table - on POWER8, or by
 * the kernel's option disable_radix - the whole cache is discarded.
 *
 *	ci/setup --system ppc64le; make guest TARGET=ppc64le
 *	powerpc64le-linux-gnu-gcc -O2 -static -o stale_code arch/ppc64/repro/stale_code.c
 *	build/host/guest build/ppc64le/init qemu-system-ppc64 -machine pseries,x-vof=on -cpu power9 -m 512 \
 *	    -nodefaults -display none -serial stdio -kernel build/kernels/ppc64le/kernel \
 *	    -append 'console=hvc0 quiet' -- ./stale_code
 *
 * Seen with Debian 12's Linux 6.1.176 and QEMU 7.2.22 and 10.0.2: "stale" at all but 00000, 02000 and 0a000,
 * of which the last two are lucky. None with disable_radix, or in the user mode. */
#define _GNU_SOURCE
#include <stdint.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

static const uint32_t one[] = {0x38600001 /* li r3,1 */, 0x4e800020 /* blr */}, two = 0x38600002;

int main(void)
{
    int stale = 0;
    for (long at = 0; at < 0x10000; at += 0x1000) {
        int file = memfd_create("code", 0);
        if (ftruncate(file, 0x10000) != 0 || pwrite(file, one, sizeof one, at) != sizeof one)
            return 2;
        char *code = mmap(NULL, 0x10000, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE, file, 0);
        int (*f)(void) = (int (*)(void))(code + at);
        int before = f();
        *(volatile uint32_t *)f = two; /* the kernel copies the page */
        __asm__ volatile("dcbst 0,%0\n\tsync\n\ticbi 0,%0\n\tsync\n\tisync" ::"r"(f) : "memory");
        int after = f();
        printf("%05lx: %d, then %d%s\n", at, before, after, after != 2 ? ": stale" : "");
        stale += after != 2;
    }
    return stale > 0;
}
