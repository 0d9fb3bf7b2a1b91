// Asm_sp has assembly that moves SP by a way that the assembler does not follow, and calls Go from there: the
// SP-delta table lies about it (golang/go#62326). With an argument it calls its honest twin.
package main

import (
	"fmt"
	"os"
)

func lie()
func honest()

var calls int

//go:noinline
func callee() {
	for i := 0; i < 3; i++ {
		calls += i
	}
}

func main() {
	if len(os.Args) > 1 {
		honest()
	} else {
		lie()
	}
	fmt.Println(calls)
}
