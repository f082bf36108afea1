// Package nearest compares a mistyped name with those that exist.
package nearest

import "strings"

// maxName bounds the bytes of names that are compared.
const maxName = 64

// Distance returns the edits between two names: insertions, deletions, replacements and
// exchanges of neighbours, in bytes. Names over 64 bytes have a distance of 64.
func Distance(a, b string) int {
	if len(a) > maxName || len(b) > maxName {
		return maxName
	}
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range len(a) {
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(last[j]+cost, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}

// Name returns the known name with the fewest edits to a name, or "" if none is close.
func Name(name string, known []string) string {
	best, limit := "", max(2, len(name)/3)
	for _, k := range known {
		if d := Distance(strings.ToLower(name), strings.ToLower(k)); d <= limit && d < len(k) {
			best, limit = k, d-1
		}
	}
	return best
}
