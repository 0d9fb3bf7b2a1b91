// Frames has frames whose size takes two instructions to drop: Go 1.19 to 1.24.5 mark the PC in between as safe
// on arm64 (golang/go#73259), and so does Go 1.19 on arm (golang/go#78021).
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

//go:noinline
func armFrame(n int) int {
	var a [4132]byte
	use(a[:])
	return int(a[7]) + n
}

func main() {
	t := 0
	for i := 0; i < 3; i++ {
		t += arm64Frame(i) + armFrame(i)
	}
	fmt.Println(t)
}
