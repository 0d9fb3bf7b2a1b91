// Loop calls one small function as often as its argument says, for measurements: its own time is known, and
// each PC of the function is executed as often.
package main

import (
	"fmt"
	"os"
	"strconv"
)

//go:noinline
func step(a, k uint64) uint64 {
	a ^= k >> 3
	a += k * 77
	a ^= a << 5
	return a - k
}

func main() {
	n, err := strconv.ParseUint(os.Args[1], 10, 64)
	if err != nil {
		panic(err)
	}
	s := uint64(1)
	for i := uint64(0); i < n; i++ {
		s = step(s, i)
	}
	fmt.Println(s)
}
