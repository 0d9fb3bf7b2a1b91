/* Why a guest of QEMU's hung in cross.13 and missed a pin of random.32: it executes overwritten code.
 *
 * probe_access() and probe_access_flags() of QEMU's accel/tcg/cputlb.c hand notdirty_write() a size of 1: a
 * store that goes through them, such as an MVC of 256 bytes, discards only the translations that its first
 * byte is part of. Mended at the end of 2023. The user mode write-protects pages instead.
 *
 *	ci/setup --system s390x; make guest TARGET=s390x
 *	s390x-linux-gnu-gcc -O2 -static -o stale_code arch/s390x/repro/stale_code.c
 *	build/host/guest build/s390x/init qemu-system-s390x -machine s390-ccw-virtio -m 512 -nodefaults \
 *	    -display none -serial stdio -kernel build/kernels/s390x/kernel \
 *	    -append 'console=ttysclp0 quiet' -- ./stale_code
 *
 * Seen with Debian 12's Linux 6.1.176: QEMU 7.2.22 "1, then 1: stale"; QEMU 10.0.2, and 7.2.22's user mode,
 * "1, then 2". */
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

/* lghi %r2,1; br %r14 */
static const unsigned char one[] = {0xa7, 0x29, 0, 1, 0x07, 0xfe}, two[] = {0xa7, 0x29, 0, 2, 0x07, 0xfe};

int main(void)
{
    static char fresh[256];
    char *code = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    int (*f)(void) = (int (*)(void))(code + 128);
    memcpy(code + 128, one, sizeof one);
    memcpy(fresh + 128, two, sizeof two);
    int before = f();
    __asm__ volatile("mvc 0(256,%0),0(%1)" ::"a"(code), "a"(fresh) : "memory");
    int after = f();
    printf("%d, then %d%s\n", before, after, after != 2 ? ": stale" : "");
    return after != 2;
}
