// Thread_id counts on its goroutine's staying on one thread, which nothing promises. With an argument it has that
// promised.
package main

import (
	"fmt"
	"os"
	"runtime"
	"syscall"
)

// Between() has a PC for the shots that are to show it: of two of them between the calls of Gettid, the second may
// bring the goroutine back to where it was.
//
//go:noinline
func between(n int) int { return n + 1 }

//go:noinline
func stays() bool {
	first, stays := syscall.Gettid(), true
	for n := 0; n < 3; n = between(n) {
		stays = stays && syscall.Gettid() == first
	}
	return stays
}

func main() {
	same := make(chan bool)
	go func() {
		if len(os.Args) > 1 {
			runtime.LockOSThread()
		}
		same <- stays()
	}()
	fmt.Println(<-same)
}
