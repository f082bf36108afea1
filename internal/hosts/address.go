package hosts

import (
	"net/netip"
	"strconv"
	"strings"
)

// parseAddress parses a host as an IP address and returns its normal form. Clients read
// 0x7f.1 and ::ffff:127.0.0.1 as 127.0.0.1 too.
func parseAddress(host string) (string, bool) {
	if a, err := netip.ParseAddr(host); err == nil {
		return a.Unmap().WithZone("").String(), true
	}
	numbers, ok := parseNumbers(host)
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

// parseNumbers parses up to four numbers separated by dots, in C's notations.
func parseNumbers(host string) (numbers []uint64, ok bool) {
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

// isNumericAddress reports whether a word of a command can only be an address. One or two
// decimal numbers are a duration or a version in most commands.
func isNumericAddress(word string) bool {
	numbers, ok := parseNumbers(word)
	if _, valid := parseAddress(word); !ok || !valid {
		return false
	}
	last := numbers[len(numbers)-1]
	return len(numbers) == 4 || strings.Contains(strings.ToLower(word), "0x") || last >= 1<<24 || len(numbers) > 1 && last > 255
}
