package alert

import (
	"net/netip"
	"strconv"
	"strings"
)

// address returns the IP address that a host is, in the one form of it: clients take
// 0x7f.1 and ::ffff:127.0.0.1 for 127.0.0.1 too.
func address(host string) (string, bool) {
	if a, err := netip.ParseAddr(host); err == nil {
		return a.Unmap().WithZone("").String(), true
	}
	numbers, ok := numbersOf(host)
	if !ok {
		return "", false
	}
	last := len(numbers) - 1
	all := numbers[last]
	for i, n := range numbers[:last] {
		if n > 255 {
			return "", false
		}
		all |= n << (24 - 8*i)
	}
	if numbers[last] >= 1<<(32-8*last) {
		return "", false
	}
	return netip.AddrFrom4([4]byte{byte(all >> 24), byte(all >> 16), byte(all >> 8), byte(all)}).String(), true
}

// numbersOf reads up to four numbers with dots between, in C's notations.
func numbersOf(host string) (numbers []uint64, ok bool) {
	parts := strings.SplitN(host, ".", 5)
	if len(parts) > 4 {
		return nil, false
	}
	for _, part := range parts {
		if part == "" || part[0] < '0' || part[0] > '9' || strings.Contains(part, "_") {
			return nil, false
		}
		n, err := strconv.ParseUint(part, 0, 32)
		if err != nil {
			return nil, false
		}
		numbers = append(numbers, n)
	}
	return numbers, true
}

// isOddAddress reports whether a word of a command can only be an address: a plain number,
// or two, is a time or a version more often.
func isOddAddress(word string) bool {
	numbers, ok := numbersOf(word)
	if _, valid := address(word); !ok || !valid {
		return false
	}
	last := numbers[len(numbers)-1]
	return len(numbers) == 4 || strings.Contains(strings.ToLower(word), "0x") || last >= 1<<24 || len(numbers) > 1 && last > 255
}
