// The smallest program whose functions the fuzzer's seeds are taken from.
package main

import "strings"

func main() {
	println(strings.Repeat("go", 3))
}
