// Last_pointer takes lists apart, so that nothing but one pointer leads to their rest, with so many other values in use that the pointer comes
// to lie in the link register, which Go's compilers use for data too. Until Go 1.26.9 the collector did not look
// there (golang/go#80188).
package main

import (
	"fmt"
	"runtime"
)

type node struct {
	next *node
	n    uint
	pad  [6]uint
}

// Functions without a call leave the link register alone.
//
//go:noinline
func call() uint { return 1 }

func list(n uint) (head *node) {
	for i := uint(0); i < n; i++ {
		head = &node{next: head, n: i}
	}
	return head
}

//go:noinline
func walk11(p *node, v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10 uint) uint {
	v0 += call()
	for p != nil {
		v0 += v1 ^ p.n
		v1 += v2 ^ p.n
		v2 += v3 ^ p.n
		v3 += v4 ^ p.n
		v4 += v5 ^ p.n
		v5 += v6 ^ p.n
		v6 += v7 ^ p.n
		v7 += v8 ^ p.n
		v8 += v9 ^ p.n
		v9 += v10 ^ p.n
		v10 += v0 ^ p.n
		p, p.next = p.next, nil
	}
	return v0 + v1 + v2 + v3 + v4 + v5 + v6 + v7 + v8 + v9 + v10
}

//go:noinline
func walk22(p *node, v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, v15, v16, v17, v18, v19, v20, v21 uint) uint {
	v0 += call()
	for p != nil {
		v0 += v1 ^ p.n
		v1 += v2 ^ p.n
		v2 += v3 ^ p.n
		v3 += v4 ^ p.n
		v4 += v5 ^ p.n
		v5 += v6 ^ p.n
		v6 += v7 ^ p.n
		v7 += v8 ^ p.n
		v8 += v9 ^ p.n
		v9 += v10 ^ p.n
		v10 += v11 ^ p.n
		v11 += v12 ^ p.n
		v12 += v13 ^ p.n
		v13 += v14 ^ p.n
		v14 += v15 ^ p.n
		v15 += v16 ^ p.n
		v16 += v17 ^ p.n
		v17 += v18 ^ p.n
		v18 += v19 ^ p.n
		v19 += v20 ^ p.n
		v20 += v21 ^ p.n
		v21 += v0 ^ p.n
		p, p.next = p.next, nil
	}
	return v0 + v1 + v2 + v3 + v4 + v5 + v6 + v7 + v8 + v9 + v10 + v11 + v12 + v13 + v14 + v15 + v16 + v17 + v18 + v19 + v20 + v21
}

//go:noinline
func walk24(p *node, v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, v15, v16, v17, v18, v19, v20, v21, v22, v23 uint) uint {
	v0 += call()
	for p != nil {
		v0 += v1 ^ p.n
		v1 += v2 ^ p.n
		v2 += v3 ^ p.n
		v3 += v4 ^ p.n
		v4 += v5 ^ p.n
		v5 += v6 ^ p.n
		v6 += v7 ^ p.n
		v7 += v8 ^ p.n
		v8 += v9 ^ p.n
		v9 += v10 ^ p.n
		v10 += v11 ^ p.n
		v11 += v12 ^ p.n
		v12 += v13 ^ p.n
		v13 += v14 ^ p.n
		v14 += v15 ^ p.n
		v15 += v16 ^ p.n
		v16 += v17 ^ p.n
		v17 += v18 ^ p.n
		v18 += v19 ^ p.n
		v19 += v20 ^ p.n
		v20 += v21 ^ p.n
		v21 += v22 ^ p.n
		v22 += v23 ^ p.n
		v23 += v0 ^ p.n
		p, p.next = p.next, nil
	}
	return v0 + v1 + v2 + v3 + v4 + v5 + v6 + v7 + v8 + v9 + v10 + v11 + v12 + v13 + v14 + v15 + v16 + v17 + v18 + v19 + v20 + v21 + v22 + v23
}

//go:noinline
func walk25(p *node, v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, v15, v16, v17, v18, v19, v20, v21, v22, v23, v24 uint) uint {
	v0 += call()
	for p != nil {
		v0 += v1 ^ p.n
		v1 += v2 ^ p.n
		v2 += v3 ^ p.n
		v3 += v4 ^ p.n
		v4 += v5 ^ p.n
		v5 += v6 ^ p.n
		v6 += v7 ^ p.n
		v7 += v8 ^ p.n
		v8 += v9 ^ p.n
		v9 += v10 ^ p.n
		v10 += v11 ^ p.n
		v11 += v12 ^ p.n
		v12 += v13 ^ p.n
		v13 += v14 ^ p.n
		v14 += v15 ^ p.n
		v15 += v16 ^ p.n
		v16 += v17 ^ p.n
		v17 += v18 ^ p.n
		v18 += v19 ^ p.n
		v19 += v20 ^ p.n
		v20 += v21 ^ p.n
		v21 += v22 ^ p.n
		v22 += v23 ^ p.n
		v23 += v24 ^ p.n
		v24 += v0 ^ p.n
		p, p.next = p.next, nil
	}
	return v0 + v1 + v2 + v3 + v4 + v5 + v6 + v7 + v8 + v9 + v10 + v11 + v12 + v13 + v14 + v15 + v16 + v17 + v18 + v19 + v20 + v21 + v22 + v23 + v24
}

func main() {
	s := uint(0)
	s += walk11(list(8), 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10)
	s += walk22(list(8), 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21)
	s += walk24(list(8), 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23)
	s += walk25(list(8), 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24)
	fmt.Println(s)
	runtime.GC() // so that it is linked
}
