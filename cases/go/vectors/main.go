//go:build goexperiment.simd

// Vectors of AVX-512 and masks that are held in registers over a loop which may be preempted.
package main

import (
	"fmt"
	"simd/archsimd"
)

//go:noinline
func sums(a []float64, limit float64) (s, kept archsimd.Float64x8) {
	l := archsimd.BroadcastFloat64x8(limit)
	for ; len(a) >= 8; a = a[8:] {
		x := archsimd.LoadFloat64x8(a)
		s = s.Add(x)
		kept = kept.Add(x.Masked(x.Less(l)))
	}
	return
}

//go:noinline
func masked(a []float64, mask archsimd.Mask64x8) (s archsimd.Float64x8) {
	for ; len(a) >= 8; a = a[8:] {
		x := archsimd.LoadFloat64x8(a)
		s = x.Add(s).Merge(s, mask)
	}
	return
}

func main() {
	if !archsimd.X86.AVX512() {
		fmt.Println("no AVX-512")
		return
	}
	a := make([]float64, 1024)
	for i := range a {
		a[i] = float64(i)
	}
	s, k := sums(a, 100)
	fmt.Println(s, k, masked(a, s.Less(k)))
}
