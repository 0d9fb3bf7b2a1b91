// Marked has what a fault is planted into: sequences by way of the assembler's scratch register, a frame with
// calls, floating point, a list that one register leads to, and assembly. Its output depends on each.
package main

import (
	"fmt"
	"runtime"
)

var total, steps uint

// Constants that fit no instruction, global variables, a division: which of them take the scratch register
// depends on the architecture.
//
//go:noinline
func scratch(n uint) uint {
	s := n
	for i := uint(0); i < 4; i++ {
		s += 0x12345678
		total += s
		s = s/(i+3) ^ total
		steps++
	}
	return s
}

// Each step overwrites what it reads, so that it can't be done twice.
//
//go:noinline
func inPlace(n uint) uint {
	for i := 0; i < 4; i++ {
		n = (n + 0x12345678) ^ 6
	}
	return n
}

//go:noinline
func floats(f []float64) float64 {
	t, u := 0.0, 1.0
	for _, x := range f {
		t = t*0.5 + x*1.25
		u += t * x
	}
	return t + u
}

//go:noinline
func framed(n uint) uint {
	var a [40]uint
	for i := range a {
		a[i] = n + uint(i)
	}
	s := scratch(a[n%40])
	for _, x := range a {
		s += x * 3
	}
	return s
}

type node struct {
	next *node
	n    uint
	pad  [6]uint
}

func list(n uint) (head *node) {
	for i := uint(0); i < n; i++ {
		head = &node{next: head, n: i}
	}
	return head
}

// What is left of the list is reached from nowhere else.
//
//go:noinline
func walk(p *node) (s uint) {
	for p != nil {
		s += p.n * s
		p, p.next = p.next, nil
		s++
	}
	return s
}

func assembly()

//go:noinline
func letter(n uint) string { return string(rune(n)) }

func main() {
	f := make([]float64, 10)
	for i := range f {
		f[i] = float64(i)
	}
	kept := list(3) // in this frame alone while others run
	s := framed(3) + walk(list(8)) + inPlace(5)
	s += walk(kept)
	assembly()
	fmt.Println(s, steps, total, floats(f), letter(s%26+0x2460))
	runtime.GC() // so that it is linked
}
