package leaks

import (
	"encoding/binary"
	"strings"

	"github.com/cowork-otel/collector/internal/pii"
)

const (
	// window is how many bytes of a secret are seen when the rest is gone.
	window = 10
	// keyBytes are looked up first.
	keyBytes = 8
)

// A canary is a value that was planted.
type canary struct {
	spot, kind string
	text       string
	secrets    []string
}

// An index finds the canaries of a text.
type index struct {
	canaries []canary
	windows  map[string][]int // canaries by the first bytes of a window
	numbers  map[string][]int // canaries by all their digits
	exact    map[string][]int // addresses by their text
	scanner  *pii.Scanner
	// filter has a bit for the hash of each key of windows: most bytes of a text need no
	// look-up.
	filter []uint64
}

// filterBits is the logarithm of the number of bits of a filter.
const filterBits = 24

// hashKey returns the place of the bit of a key.
func hashKey(key uint64) uint64 { return key * 0x9E3779B97F4A7C15 >> (64 - filterBits) }

// nextKey returns the key one byte further.
func nextKey(key uint64, c byte) uint64 { return key>>8 | uint64(c)<<56 }

func newIndex() *index {
	scanner, err := pii.New(pii.Settings{})
	if err != nil {
		panic(err) // the built-in patterns are valid
	}
	return &index{windows: map[string][]int{}, numbers: map[string][]int{}, exact: map[string][]int{}, scanner: scanner, filter: make([]uint64, 1<<(filterBits-6))}
}

// scans reports whether the scanner removes a value alone and in its text.
func (x *index) scans(v value) bool {
	for _, text := range []string{v.bare, v.text} {
		redacted, _ := x.scanner.Redact(nil, "", text)
		for _, secret := range v.secrets {
			if strings.Contains(redacted, secret) {
				return false
			}
		}
	}
	return true
}

// insert adds a canary. It returns false if a part of it is already that of another one.
func (x *index) insert(c canary) bool {
	for _, s := range c.secrets {
		if len(x.numbers[s])+len(x.exact[s]) > 0 || len(s) >= window && len(x.windows[s[:keyBytes]]) > 0 {
			return false
		}
	}
	n := len(x.canaries)
	x.canaries = append(x.canaries, c)
	for _, s := range c.secrets {
		switch {
		case strings.Trim(s, digits) == "":
			x.numbers[s] = append(x.numbers[s], n)
		case strings.HasPrefix(c.kind, "ip"):
			x.exact[s] = append(x.exact[s], n)
		default:
			for i := 0; i+window <= len(s); i++ {
				x.windows[s[i:i+keyBytes]] = append(x.windows[s[i:i+keyBytes]], n)
				bit := hashKey(binary.LittleEndian.Uint64([]byte(s[i : i+keyBytes])))
				x.filter[bit/64] |= 1 << (bit % 64)
			}
		}
	}
	return true
}

// find calls yield with each canary of which the text has a part. It may repeat one.
func (x *index) find(text string, yield func(int)) {
	key := uint64(0)
	for i := 0; i < min(len(text), keyBytes-1); i++ {
		key = nextKey(key, text[i])
	}
	for i := 0; i+window <= len(text); i++ {
		key = nextKey(key, text[i+keyBytes-1])
		if bit := hashKey(key); x.filter[bit/64]&(1<<(bit%64)) == 0 {
			continue
		}
		for _, n := range x.windows[text[i:i+keyBytes]] {
			if x.hasWindow(n, text[i:i+window]) {
				yield(n)
			}
		}
	}
	for run := range runs(text, isAddressByte) {
		for _, n := range x.exact[strings.Trim(run, ".:")] {
			yield(n)
		}
	}
	x.findNumbers(text, yield)
	if flat := withoutSeparators(text); flat != text {
		x.findNumbers(flat, yield)
	}
}

func (x *index) hasWindow(n int, part string) bool {
	for _, s := range x.canaries[n].secrets {
		if strings.Contains(s, part) {
			return true
		}
	}
	return false
}

// maxCode is how many digits may be in front of a number, such as a country's code.
const maxCode = 3

// findNumbers finds numbers that are a complete run of digits. Within longer runs, such as
// nanoseconds, any short number occurs.
func (x *index) findNumbers(text string, yield func(int)) {
	for run := range runs(text, func(c byte) bool { return '0' <= c && c <= '9' }) {
		for cut := 0; cut <= min(maxCode, len(run)); cut++ {
			for _, n := range x.numbers[run[cut:]] {
				yield(n)
			}
		}
	}
}

func isAddressByte(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || c == '.' || c == ':'
}

// runs yields the longest parts whose bytes are all in a class.
func runs(text string, in func(byte) bool) func(func(string) bool) {
	return func(yield func(string) bool) {
		for i := 0; i < len(text); i++ {
			if !in(text[i]) {
				continue
			}
			begin := i
			for i < len(text) && in(text[i]) {
				i++
			}
			if i-begin >= 7 && !yield(text[begin:i]) {
				return
			}
		}
	}
}

// withoutSeparators returns the text without up to two separators between digits.
func withoutSeparators(text string) string {
	digit := func(i int) bool { return i < len(text) && '0' <= text[i] && text[i] <= '9' }
	separator := func(i int) bool { return i < len(text) && strings.IndexByte(" -().", text[i]) >= 0 }
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		b.WriteByte(text[i])
		if !digit(i) {
			continue
		}
		if next := i + 1; separator(next) && digit(next+1) {
			i++
		} else if separator(next) && separator(next+1) && digit(next+2) {
			i += 2
		}
	}
	return b.String()
}
