// Example writes a dump of a function as a small JIT for amd64 would make it, into the file that its
// argument names: sum adds the elements of a slice. With a second argument, "late", the table says too
// late that SP has moved: check-go finds it.
package main

import (
	"fmt"
	"os"

	"example.com/everypc/dump"
)

// func sum(p *int64, n int64) int64, in the register ABI: AX is p, BX is n.
var text = []byte{
	0x48, 0x83, 0xec, 0x18, // 0: sub $24, %rsp
	0x31, 0xc9, // 4: xor %ecx, %ecx
	0x48, 0x85, 0xdb, // 6: test %rbx, %rbx
	0x7e, 0x0c, // 9: jle 23
	0x48, 0x03, 0x08, // 11: add (%rax), %rcx
	0x48, 0x83, 0xc0, 0x08, // 14: add $8, %rax
	0x48, 0xff, 0xcb, // 18: dec %rbx
	0x75, 0xf4, // 21: jne 11
	0x48, 0x89, 0xc8, // 23: mov %rcx, %rax
	0x48, 0x83, 0xc4, 0x18, // 26: add $24, %rsp
	0xc3, // 30: ret
}

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: example FILE [late]")
		os.Exit(2)
	}
	const base = 0x7f0000001000
	sp := []dump.Pair{{End: 4, Value: 0}, {End: 30, Value: 24}, {End: 31, Value: 0}}
	if len(os.Args) > 2 {
		sp[0].End = 6
	}
	code := &dump.Code{Base: base, Text: text, Funcs: []dump.Func{{
		Name: "jit.sum", Entry: base, Size: uint32(len(text)), SP: sp,
		Unsafe: []dump.Pair{{End: 4, Value: -2}, {End: 31, Value: -1}},
	}}}
	file, err := os.Create(os.Args[1])
	if err == nil {
		err = dump.Write(file, code)
	}
	if err == nil {
		err = file.Close()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
