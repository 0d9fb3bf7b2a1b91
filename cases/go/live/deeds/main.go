// Deeds does what a preemption has to live with, one thing for each name among its arguments: it starts other
// programs, sends itself the signals that everypc uses, prints much, and blocks for good.
package main

import (
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
	"time"
)

// Starts a program, which a fork and an exec do, and waits for it.
func start() {
	out, err := exec.Command("/bin/echo", "a", "child").Output()
	fmt.Printf("%s%v\n", out, err)
}

// Replaces itself.
func replace() {
	fmt.Println(syscall.Exec("/bin/echo", []string{"echo", "another", "program"}, os.Environ()))
}

// Gets a signal that it has sent to itself.
func send(s syscall.Signal) {
	got := make(chan os.Signal, 100)
	signal.Notify(got, s)
	syscall.Kill(os.Getpid(), s)
	fmt.Println("got", <-got)
	signal.Stop(got)
}

func shout() {
	for i := 0; i < 300; i++ {
		fmt.Println(strings.Repeat("all work and no play ", 1000))
	}
	fmt.Print(strings.Repeat("x", 4<<20))
}

func main() {
	for _, deed := range os.Args[1:] {
		switch deed {
		case "start":
			start()
		case "replace":
			replace()
		case "urg":
			send(syscall.SIGURG)
		case "trap":
			send(syscall.SIGTRAP)
		case "ill":
			send(syscall.SIGILL)
		case "ignore":
			signal.Ignore(syscall.SIGURG)
		case "die":
			syscall.Kill(os.Getpid(), syscall.SIGTRAP)
			time.Sleep(time.Second)
		case "shout":
			shout()
		case "deadlock":
			select {}
		case "panic":
			panic("as it should")
		default:
			fmt.Println("no such deed:", deed)
			os.Exit(3)
		}
	}
}
