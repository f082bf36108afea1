package leaks

import (
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
	"strconv"
	"strings"

	"github.com/cowork-otel/collector/internal/pii"
)

// formatRow matches a row of the page of formats: the beginning, the set of characters and
// their number.
var formatRow = regexp.MustCompile("(?m)^\\| ([^|]+) \\| `([^`]+)` \\| `([^`]+)` \\| (\\d+)[^|]*\\|")

// formatKinds returns a kind for each format of the page that is complete without a
// checksum or a context, and how many are not.
func formatKinds(page string) (all []kind, skipped int, err error) {
	data, err := os.ReadFile(page)
	if err != nil {
		return nil, 0, err
	}
	scanner, err := pii.New(pii.Settings{})
	if err != nil {
		return nil, 0, err
	}
	r := rand.New(rand.NewPCG(1, 1))
	for _, row := range formatRow.FindAllStringSubmatch(string(data), -1) {
		length, _ := strconv.Atoi(row[4])
		set := expandSet(row[3])
		if length < window || len(set) < 10 || !strings.ContainsAny(set, digits) {
			skipped++
			continue
		}
		k := prefixed("format "+row[1], row[2], set, length, "")
		if !isFound(scanner, &k, r) {
			skipped++
			continue
		}
		all = append(all, k)
	}
	if len(all) == 0 {
		return nil, skipped, fmt.Errorf("%s: no format is readable", page)
	}
	return all, skipped, nil
}

// isFound reports whether the scanner finds values of a kind without context, each of many:
// where it does not, a canary would measure the scanner rather than the place.
func isFound(scanner *pii.Scanner, k *kind, r *rand.Rand) bool {
	for range 50 {
		v := k.valueOf(r)
		if redacted, _ := scanner.Redact(nil, "", v.bare); strings.Contains(redacted, v.secrets[0]) {
			return false
		}
	}
	return true
}

// expandSet returns the characters of a set such as a-f0-9, without those that pick
// cannot place anywhere.
func expandSet(set string) string {
	var b strings.Builder
	for i := 0; i < len(set); i++ {
		if i+2 < len(set) && set[i+1] == '-' && set[i] < set[i+2] {
			for c := set[i]; c <= set[i+2]; c++ {
				b.WriteByte(c)
			}
			i += 2
			continue
		}
		b.WriteByte(set[i])
	}
	return strings.Map(func(c rune) rune {
		if strings.ContainsRune(alnum, c) {
			return c
		}
		return -1
	}, b.String())
}
