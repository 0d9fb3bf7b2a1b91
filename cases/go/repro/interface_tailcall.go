// What the clobber finding in ppc64's tail calls of interface methods leads to: a goroutine that hangs for ever,
// or loses its stack.
//
// (*outer).step and (*outer).wide are wrappers of methods that an embedded interface promotes. They end in
// `mtctr r12; bctr` and, as the second has a frame, `mtctr r12; addi r1,r1,72; bctr`, with every PC marked
// safe by Go 1.27 and 1.27.1. asyncPreempt comes back through CTR, which then holds the PC that it came back to: a
// goroutine preempted at the bctr jumps to itself, and one preempted at the addi to that, 72 bytes further up
// each time.
//
// 1.27.2 and later mark the sequence unsafe (cmd/internal/obj/ppc64/obj9.go). Their compiler without that:
//
//	src=$(go env GOROOT)/src/cmd/internal/obj/ppc64/obj9.go
//	sed '/^\t*c\.ctxt\.[SE][a-z]*UnsafePoint/d' $src >obj9.go      # two lines
//	echo "{\"Replace\":{\"$src\":\"$PWD/obj9.go\"}}" >overlay.json
//	go build -overlay overlay.json -o broken-compile cmd/compile
//	printf '#!/bin/sh\ncase $1 in */compile) shift; exec %s/broken-compile "$@";; esac\nexec "$@"\n' $PWD >tool
//	chmod +x tool
//	GOCACHE=$PWD/cache GOARCH=ppc64le CGO_ENABLED=0 go build -toolexec $PWD/tool interface_tailcall.go
//	qemu-ppc64le -singlestep ./interface_tailcall       # QEMU 8.1 and later: -one-insn-per-tb
//	scripts/everypc check-go interface_tailcall         # clobber, twice
//	scripts/everypc live --func 'main.(?outer).*' interface_tailcall
//
// Seen with that compiler under QEMU 7.2 with one instruction a block: three runs, two hung after 1 and 4
// collections, one died of SIGSEGV. One shot of live is enough: at the bctr the program hangs, at the addi it
// dies. With 1.27.4's own compiler nothing happens in 200 collections, and all 19 shots of live pass.
package main

import (
	"os"
	"runtime"
	"sync/atomic"
)

type words struct{ a, b, c, d, e int } // too many for SSA, so that the wrapper keeps it on the stack

type worker interface {
	step(int) int
	wide() words
}

type inner struct{ n int }

//go:noinline
func (i *inner) step(k int) int { i.n += k; return i.n }

//go:noinline
func (i *inner) wide() words { return words{e: i.n} }

type outer struct {
	pad int
	worker
}

const collections = 200

var rounds atomic.Int64

//go:noinline
func work(w worker) {
	for {
		rounds.Add(int64(w.step(0) + w.wide().a + 1))
	}
}

func main() {
	go work(&outer{worker: new(inner)})
	for last, still, k := int64(0), 0, 1; k <= collections; k++ {
		runtime.GC() // preempts the other goroutine
		now := rounds.Load()
		if still++; now != last {
			still = 0
		}
		if last = now; still == 50 {
			println("the other goroutine has hung since round", now, "in collection", k)
			os.Exit(1)
		}
	}
	println(collections, "collections,", rounds.Load(), "rounds, nothing hung")
}
