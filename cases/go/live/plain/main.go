// Plain fires well: loops over integers, floating point and closures, with a result that depends on each
// register's being kept.
package main

import (
	"fmt"
	"runtime"
	"sort"
)

//go:noinline
func mix(a []uint64, k uint64) uint64 {
	s := k
	for i, x := range a {
		s = s*0x123456789 + x ^ uint64(i)
		s ^= s >> 7
	}
	return s
}

//go:noinline
func sum(f []float64) float64 {
	t := 0.0
	for _, x := range f {
		t = t*0.5 + x*1.25
	}
	return t
}

func main() {
	a := make([]uint64, 100)
	f := make([]float64, 100)
	for i := range a {
		a[i] = uint64(i) * 77
		f[i] = float64(i)
	}
	r := uint64(1)
	for i := 0; i < 20; i++ {
		r = mix(a, r)
	}
	sort.Slice(a, func(i, j int) bool { return a[i]*3%101 < a[j]*3%101 })
	fmt.Println(r, sum(f), a[:5])
	runtime.GC() // so that it is linked
}
