package prefilter

// This file holds the checks of the bytes next to a candidate that reject most candidates
// before a detector runs.

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// Each byte has bits in three tables. A candidate may begin a finding if a bit is set in those
// of the byte before it, of its own, and of the next. Reading them takes no branch, and a branch
// that the processor cannot predict takes longer than all else: most candidates are rejected here.
const (
	withAny     = 1 << iota // a sign or a letter that needs no other byte
	colonSlash              // of a URL
	colonColon              // of an address
	colonHex                // of an address
	dashes                  // of a flag or of a private key
	flag                    // of a flag of one dash
	numberStart             // a number that continues, or that separators follow
	tag                     // the end of a tag
)

// quickBits are the tables by byte before, own byte and next byte.
type quickBits [3][256]uint8

var quick = buildQuickBits()

func buildQuickBits() (t quickBits) {
	mark := func(bit uint8, before, own, after func(c byte) bool) {
		for c := range 256 {
			for k, is := range [...]func(byte) bool{before, own, after} {
				if is(byte(c)) {
					t[k][c] |= bit
				}
			}
		}
	}
	always := func(byte) bool { return true }
	in := func(set string) func(byte) bool { return func(c byte) bool { return strings.IndexByte(set, c) >= 0 } }
	of := func(class text.Class) func(byte) bool { return func(c byte) bool { return text.Is(c, class) } }
	mark(withAny, always, func(c byte) bool { return text.Is(c, text.Letter) || strings.IndexByte("@+($~", c) >= 0 }, always)
	mark(tag, func(c byte) bool { return c != '-' && c != '=' }, in(">"), always)
	mark(colonSlash, always, in(":"), in("/"))
	mark(colonColon, always, in(":"), in(":"))
	mark(colonHex, of(text.Hexa), in(":"), of(text.Hexa))
	mark(dashes, always, in("-"), in("-"))
	mark(flag, func(c byte) bool { return !text.Is(c, text.Alnum) || text.IsEscape[c] }, in("-"), of(text.Alnum|text.Joiner))
	mark(numberStart, always, of(text.Digit), func(c byte) bool { return text.Is(c, text.Alnum) || between[c] || c == '|' })
	return t
}

// Sets of bytes, 1 for each that is in them.
var (
	isOperator  = byteSets(":=>", ",")                                        // the signs that follow the name of a secret
	mayFollow   = byteSets(anyByte, " \t\r\n\v\f\"'`\\")                      // the bytes after such a sign: after a comma a value in quotes
	mayPrecede  = byteSets(anyByte, " \"'`")                                  // the bytes before it: before a comma a name in quotes
	skipsBefore = byteSet(" \"'`")                                            // the bytes that can be between the two
	skipsEscape = byteSet("\\")                                               // the byte before a quote that is in a string
	endsOther   = byteSet(" ?.|])*\"'`\\_0123456789")                         // the other bytes that a name, or what follows it, can end with
	beforeOther = byteSet(" ?.|:])*\"'`\\_-" + alphanumeric + anyByte[0x80:]) // the bytes before these
)

// anyByte is the set of all bytes.
var anyByte = func() string {
	var all [256]byte
	for c := range all {
		all[c] = byte(c)
	}
	return string(all[:])
}()

func byteSet(members string) (t [256]uint8) { return byteSets(members) }

// byteSets returns a bit for each of several sets of bytes.
func byteSets(sets ...string) (t [256]uint8) {
	for bit, members := range sets {
		for i := range len(members) {
			t[members[i]] |= 1 << bit
		}
	}
	return t
}

// acceptAll keeps those of n candidates of a window that may begin a finding, and returns how many there
// are. The tables reject most, in a loop without a branch for each.
func (f *Filter) acceptAll(w *Window, v *text.View, base, n int) (kept int) {
	t := v.Text
	for _, k := range w.words[:n] {
		i := base + int(k)
		w.words[kept] = k
		if k < foreignReach || i+1 >= len(t) {
			kept++
			continue
		}
		before, c := t[i-1], t[i]
		// The name ends before the operator, or before one quote or space, and a backslash before that.
		end := i - int(skipsBefore[before])
		end -= int(skipsEscape[t[end-1]])
		x, y, z := t[end-3], t[end-2], t[end-1]
		bit := k & (Size - 1)
		block := w.blocks[k/Size : k/Size+2]
		foreign := (block[1][Foreign]<<1<<(Size-1-bit) | block[0][Foreign]>>bit) >> (Size - foreignReach)
		named := (f.names.tails[x&31][y&31]>>(z&31)&1 | uint32(endsOther[z]&beforeOther[y]) | uint32((foreign|-foreign)>>63)) * 0xff
		operator := isOperator[c] & mayPrecede[before] & mayFollow[t[i+1]]
		some := quick[0][before]&quick[1][c]&quick[2][t[i+1]] | operator&uint8(named)
		kept += int((uint32(some) + 0xff) >> 8)
	}
	some := w.words[:kept]
	kept = 0
	for _, k := range some {
		if f.accepts(v, base+int(k)) {
			w.words[kept] = k
			kept++
		}
	}
	return kept
}

// accepts reports whether the candidate at i may begin a finding. It may report
// true for a candidate that does not, never the reverse.
func (f *Filter) accepts(v *text.View, i int) bool {
	switch c := v.Text[i]; c {
	case ':':
		return f.acceptsColon(v, i)
	case '=', ',':
		return f.acceptsOperator(v.Text, i)
	case '-':
		return acceptsDash(v, i)
	case '>':
		return f.acceptsTag(v.Text, i)
	case '%', '&', '[', '{', '<', '\\', '\x1b':
		return false // only disguises begin with these
	default:
		return c-'0' >= 10 || f.acceptsNumber(v.Text, i)
	}
}

// between has the separators of the groups of a number.
var between = [256]bool{' ': true, '-': true, '.': true, '/': true, '(': true, ')': true}

// acceptsNumber reports whether the digits at i can start a finding: a number with at least
// the digits of the shortest one, the first of several groups, or a token.
func (f *Filter) acceptsNumber(t string, i int) bool {
	end := i + 1
	for end < len(t) && text.Is(t[end], text.Digit) {
		if end++; end-i == f.numberLeast {
			return true
		}
	}
	if end+1 >= len(t) {
		return false
	}
	switch c := t[end]; {
	case between[c]:
		return text.Is(t[end+1], text.Digit) || between[t[end+1]] || f.numbered[t[i]-'0'][t[i+1]&0x7f]
	case text.Is(c, text.Letter):
		return f.numbered[t[i]-'0'][t[i+1]&0x7f] || i+LongWord <= len(t) && text.Is(t[i+LongWord-1], text.Alnum) && text.Is(t[i+LongWord/2], text.Alnum)
	default:
		return c == '|'
	}
}

// acceptsColon reports whether a colon can be that of a URL, of an address or of an assignment.
func (f *Filter) acceptsColon(v *text.View, i int) bool {
	t := v.Text
	if i >= 5 && t[i-1] == '"' && text.Is(t[i-2], text.Letter) {
		return f.names.EndsName(t, i-1) // a key of JSON, most often
	}
	switch c := v.Next(i + 1); {
	case c == '/', c == ':' && mayCompress(v, i):
		return true
	case text.Is(c, text.Hexa) && mayGroup(t, i):
		return true
	}
	return f.acceptsOperator(t, i)
}

// mayCompress reports whether two colons at i can be those of an address: the word
// before them is no longer than a group.
func mayCompress(v *text.View, i int) bool {
	start := text.RunStart(v.Text, i, i-5, text.Hexa)
	return start == 0 || !text.Is(v.Text[start-1], text.Alnum) || v.Previous(start) == 0
}

// mayGroup reports whether a colon can be the first of an address: it has a short
// group on either side, a colon after the second, and one more group than a time of day.
func mayGroup(t string, i int) bool {
	if i == 0 || !text.Is(t[i-1], text.Hexa) {
		return false
	}
	for range 2 {
		group := i + 1
		if i = text.RunEnd(t, group, group+5, text.Hexa); i == len(t) || t[i] != ':' {
			return false
		}
		if i == group {
			return true
		}
	}
	return true
}

// acceptsOperator reports whether the name before i can be that of a secret.
func (f *Filter) acceptsOperator(t string, i int) bool {
	if i > 0 && t[i-1] == ':' {
		return false // the colon is a candidate with the same name
	}
	return f.names.EndsBefore(t, i)
}

// acceptsDash reports whether a dash can be the first of a flag, or of several.
func acceptsDash(v *text.View, i int) bool {
	c := v.Next(i + 1)
	return c == '-' || text.Is(c, text.Alnum|text.Joiner) && (i == 0 || !text.Is(v.Text[i-1], text.Alnum) || v.Previous(i) == 0)
}

// acceptsTag reports whether a tag that ends at i can be that of a secret, or of its name.
func (f *Filter) acceptsTag(t string, i int) bool {
	const name = "/name"
	if i > 0 && (t[i-1] == '-' || t[i-1] == '=') { // an arrow
		return f.acceptsOperator(t, i)
	}
	if n := strings.LastIndex(t[max(0, i-16):i], "</"); n >= 0 && f.acceptsOperator(t, max(0, i-16)+n) {
		return true // </dt> after a name
	}
	return f.acceptsOperator(t, i) || i > 0 && text.Is(t[i-1], text.Digit) || i >= len(name) && t[i-len(name):i] == name
}
