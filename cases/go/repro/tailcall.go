// What the sp finding in arm's tail-calling method wrappers leads to: the collector stops the program.
//
// (*outer).get is a wrapper that ends in `pop {lr}; b (*inner).get`. It has a frame because it zeroes its
// result by DUFFZERO. At the `b`, which is marked safe, the SP-delta table still says 4 and SP has moved by
// 0. A goroutine preempted there is unwound with sum's return address for the wrapper's, so that sum's frame
// is skipped and the next one is read 4 bytes off.
//
//	GOOS=linux GOARCH=arm CGO_ENABLED=0 go build -o tailcall tailcall.go
//	go tool objdump -s 'main.\(\*outer\).get' tailcall     # is there `POP [R14]; B main.(*inner).get(SB)`?
//	qemu-arm -singlestep ./tailcall                        # QEMU 8.1 and later: -one-insn-per-tb
//
// Seen under QEMU 7.2 with one instruction a block, where the count is of collections:
//
//	go1.15.15, go1.19.8   3 runs each; all stopped, after 0 to 132, "unexpected return pc for main.main.func1"
//	go1.24.4              3 runs; all stopped, after 25 to 115: one so, two by SIGSEGV in (*unwinder).next
//	go1.19.8, go1.24.4    GODEBUG=asyncpreemptoff=1: 4 minutes each, 695 and 1047, nothing
//	go1.19.8              with QEMU's usual blocks, of which pop and b are one: 4 minutes, 2921, nothing
//	go1.27.3              the same two instructions, but the table says 0 at the `b`: 4 minutes, 867, nothing
//	go1.21.13             its compiler makes no such wrapper
//
// With go1.19.8 and go1.24.4 each trace has the interrupted goroutine at the `b`. Not tried on hardware.
package main

import "runtime"

type wide [6]int // zeroed by DUFFZERO

type inner struct{ n int }

//go:noinline
func (i *inner) get() wide { return wide{5: i.n} }

type outer struct{ inner }

type getter interface{ get() wide }

// Its caller has a frame too: where that was the goroutine's first function, the unwinder would stop in
// silence.
//
//go:noinline
func sum(g getter, n int) (total int) {
	for i := 0; i < n; i++ {
		total += g.get()[5]
	}
	return total
}

func main() {
	go func() {
		for g := getter(&outer{}); ; {
			sum(g, 1000)
		}
	}()
	for i := 1; ; i++ {
		runtime.GC()
		println(i, "collections")
	}
}
