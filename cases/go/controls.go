// Shapes that some Go toolchains get wrong, for check-go to find: see triage.tsv. Built with each toolchain
// that is checked.
package main

import "sync/atomic"

// A frame of more than 64 KB, whose size is no single instruction's constant: golang/go#73259.
//
//go:noinline
func bigFrame(n int) int {
	var a [10004]int
	for i := range a {
		a[i] = n + i
	}
	return a[n%len(a)] + a[n/2]
}

// Deferred calls whose slots are zeroed at the entry, on arm64 by DUFFZERO.
//
//go:noinline
func slots(n int) (sum int) {
	if n > 1 {
		defer func() { sum += n }()
	}
	if n > 2 {
		defer func() { sum -= n }()
	}
	if n > 3 {
		defer func() { sum ^= n }()
	}
	if n > 4 {
		defer func() { sum |= n }()
	}
	if n > 5 {
		defer func() { sum *= n }()
	}
	if n > 6 {
		defer func() { sum++ }()
	}
	if n > 7 {
		defer func() { sum-- }()
	}
	return n
}

type inner struct{ n int }

//go:noinline
func (i *inner) get() (r [8]*inner) { r[i.n] = i; return }

// The wrapper of its promoted method clears the results by DUFFZERO, so that it has a frame; on arm it leaves
// that and jumps in two instructions: golang/go#78021.
type outer struct {
	pad int
	inner
}

type getter interface{ get() [8]*inner }

var promoted getter = new(outer)

// Wrappers of the methods that an embedded interface promotes: Go 1.27 jumps from them to the method, on ppc64
// through CTR. The one whose result is of five words, too many for SSA, has a frame to leave.
type holder struct {
	pad int
	stepper
}

type stepper interface {
	step(int) int
	five() words
}

type words struct{ a, b, c, d, e int }

type stepped struct{ n int }

//go:noinline
func (s *stepped) step(n int) int { s.n += n; return s.n }

//go:noinline
func (s *stepped) five() words { return words{e: s.n} }

var held stepper = &holder{stepper: new(stepped)}

type node struct {
	next *node
	data [3000]int
}

var (
	head    *node
	counter uint32
	wide    uint64
	table   [1 << 16]uint64
)

// Constants and offsets that take REGTMP, write barriers, divisions, loops of atomic operations.
//
//go:noinline
func mixed(n *node, k, d int) int {
	n.data[2900] += k & 0x12345678
	n.next, head = head, n
	atomic.AddUint32(&counter, 0x123456)
	atomic.AddUint64(&wide, 1)
	atomic.CompareAndSwapUint64(&table[k&0xffff], 0, 0x123456789abcdef)
	return n.data[d]%d + k/d + int(table[0x8765])
}

func main() {
	println(bigFrame(3), slots(4), promoted.get()[0] != nil, mixed(new(node), 5, 7), held.step(2),
		held.five().e)
}
