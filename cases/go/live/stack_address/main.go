// Stack_address keeps the address of a variable on its stack as an integer over a call, in which the stack may
// move: the number then leads to where the variable was. With an argument it keeps a pointer.
package main

import (
	"fmt"
	"os"
	"unsafe"
)

//go:noinline
func call(n int) int { return len(fmt.Sprint(n)) }

//go:noinline
func integer(n int) int {
	var x [4]int
	at := uintptr(unsafe.Pointer(&x[n&3]))
	for i := 0; i < 4; i++ {
		n += call(i)
		*(*int)(unsafe.Pointer(at)) += n
	}
	return x[0] + x[1] + x[2] + x[3]
}

//go:noinline
func pointer(n int) int {
	var x [4]int
	at := &x[n&3]
	for i := 0; i < 4; i++ {
		n += call(i)
		*at += n
	}
	return x[0] + x[1] + x[2] + x[3]
}

func main() {
	f := integer
	if len(os.Args) > 1 {
		f = pointer
	}
	done := make(chan int)
	go func() { done <- call(7) + f(1) + f(2) }() // the first call has the stack grow as far as it has to
	fmt.Println(<-done)
}
