// Package dump writes the file in which a JIT or a loader hands over the code it made, so that
// `make check-go BIN=file` can check its tables (harness/go/README.md, "Code that a program made").
// Copy it into your program, or write the same lines: it needs nothing but the standard library.
package dump

import (
	"bufio"
	"fmt"
	"io"
	"runtime"
)

// Pair is a run of a table: the value holds from the end of the pair before it up to End, in bytes from the
// function's entry. bytedance/sonic's loader.Pcvalue has the same form.
type Pair struct {
	End   uint32
	Value int32
}

// Func is a function in the text.
type Func struct {
	Name   string // without spaces
	Entry  uint64 // its address
	Size   uint32 // bytes
	Args   uint32 // bytes of arguments
	Flags  uint8  // of runtime._func: 2 it writes SP, 4 it is assembly
	NoMaps bool   // it has no FUNCDATA_LocalsPointerMaps, so that the runtime never preempts it
	SP     []Pair // pcsp: by how many bytes SP is below where it was at the entry
	Unsafe []Pair // PCDATA_UnsafePoint: -1 safe, -2 unsafe, -3 and -4 restart; none: safe everywhere
}

// Code is what was made.
type Code struct {
	Base    uint64            // the address of Text
	Text    []byte            // all functions, in their order
	Data    map[uint64][]byte // constants that the code reads, by address: tables of jumps above all
	Funcs   []Func
	Symbols map[uint64]string // names of functions elsewhere, by the address that the code calls
}

// Write writes the file.
func Write(to io.Writer, c *Code) error {
	w := bufio.NewWriter(to)
	fmt.Fprintf(w, "everypc code 1\ntarget %s\nsystem %s\nversion %s\n", runtime.GOARCH, runtime.GOOS,
		runtime.Version())
	fmt.Fprintf(w, "text %#x %d\n", c.Base, len(c.Text))
	var addresses []uint64
	for address, bytes := range c.Data {
		fmt.Fprintf(w, "data %#x %d\n", address, len(bytes))
		addresses = append(addresses, address)
	}
	for address, name := range c.Symbols {
		fmt.Fprintf(w, "symbol %#x %s\n", address, name)
	}
	for i := range c.Funcs {
		f := &c.Funcs[i]
		maps := 1
		if f.NoMaps {
			maps = 0
		}
		fmt.Fprintf(w, "func %#x %d %s args=%d flags=%d maps=%d\n", f.Entry, f.Size, f.Name, f.Args, f.Flags, maps)
		writeTable(w, "sp", f.SP)
		writeTable(w, "unsafe", f.Unsafe)
	}
	fmt.Fprintf(w, "end\n")
	w.Write(c.Text)
	for _, address := range addresses { // in the order of their lines
		w.Write(c.Data[address])
	}
	return w.Flush()
}

func writeTable(w io.Writer, name string, pairs []Pair) {
	if len(pairs) == 0 {
		return
	}
	fmt.Fprint(w, name)
	for _, p := range pairs {
		fmt.Fprintf(w, " %d:%d", p.End, p.Value)
	}
	fmt.Fprintln(w)
}
