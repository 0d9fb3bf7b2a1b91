// Thread_id counts on its goroutine's staying on one thread, which nothing promises. With an argument it has that
// promised.
package main

import (
	"fmt"
	"os"
	"runtime"
	"syscall"
)

//go:noinline
func stays() bool {
	first, stays := syscall.Gettid(), true
	for i := 0; i < 3; i++ {
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
