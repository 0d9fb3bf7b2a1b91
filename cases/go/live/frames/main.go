// Frames leaves functions in two steps: where a frame's size is no single instruction's constant, as on arm64
// (Go up to 1.24.5 marks the PC in between as safe, golang/go#73259), and in a promoted method, which drops its
// frame and jumps (on arm, Go up to 1.26: golang/go#78021).
package main

import "fmt"

//go:noinline
func use(p []byte) { p[7]++ }

//go:noinline
func arm64Frame(n int) int {
	var a [80000]byte
	use(a[:])
	return int(a[7]) + n
}

type getter interface{ get() [8]*inner }

type inner struct{ n int }

//go:noinline
func (i *inner) get() (r [8]*inner) { r[i.n] = i; return }

// The wrapper of outer's promoted method clears the results, so that it has a frame.
type outer struct {
	pad int
	inner
}

var promoted getter = &outer{inner: inner{7}}

func main() {
	t := 0
	for i := 0; i < 3; i++ {
		t += arm64Frame(i) + promoted.get()[7].n
	}
	fmt.Println(t)
}
