package deobfuscate

// This file finds the plus signs that are spaces: those of forms and queries.

import "strings"

// A run is a part of a text between spaces, quotes and the like.
type run struct {
	start, end int
	first      int // where its values begin: after the question mark of a URL
	isForm     bool
	isSum      bool // not a form, but groups of digits with plus signs between them
}

// A plusReader returns the plus signs of a text that are spaces. It reads each run once.
type plusReader struct {
	text string
	run  run
}

// HasForms reports whether a text has a plus sign that is a space, reading it once.
func HasForms(text string) bool {
	p := plusReader{text: text}
	return p.next(0) < len(text)
}

// next returns the offset of the next space from i on, the end of the text if there is none.
func (p *plusReader) next(i int) int {
	for i < len(p.text) {
		n := strings.IndexByte(p.text[i:], '+')
		if n < 0 {
			break
		}
		i += n
		if i+1 == len(p.text) || delimits[p.text[i+1]] && (i == 0 || delimits[p.text[i-1]]) {
			i++ // an operator between spaces
			continue
		}
		if i >= p.run.end {
			p.run = readRun(p.text, i, p.run.end)
		}
		switch {
		case p.run.isForm && i < p.run.first:
			i = p.run.first
		case p.run.isForm && !isSignOfNumber(p.text, i) || p.run.isSum && isBetweenDigits(p.text, i):
			return i
		case p.run.isForm || p.run.isSum:
			i++
		default:
			i = p.run.end
		}
	}
	return len(p.text)
}

// space returns the change of the plus sign at i.
func (p *plusReader) space(i int) change {
	c := change{start: i, end: i + 1, with: ' '}
	if p.run.isSum {
		c.doubt = Added
	}
	return c
}

// isSignOfNumber reports whether the plus sign at i begins a value that is a number: key=+49.
func isSignOfNumber(text string, i int) bool {
	return byteAt(text, i-1) == '=' && isDigit(byteAt(text, i+1))
}

func isBetweenDigits(text string, i int) bool {
	return isDigit(byteAt(text, i-1)) && isDigit(byteAt(text, i+1))
}

// readRun returns the run around i, which starts at least or later. A run is a form if it has
// an escape of URLs, or a name and an equals sign after a question mark or an ampersand.
func readRun(text string, i, least int) run {
	for i > least && !delimitsAt(text, i-1) {
		i--
	}
	r := run{start: i, first: i}
	sums := 0
	name := i // where the name begins that ends at the next equals sign, -1 if there is none
	hasSeparator := false
	for ; i < len(text) && !delimitsAt(text, i); i++ {
		switch c := text[i]; {
		case c == '?' || c == '&' || c == '\\':
			if c == '?' && !r.isForm {
				r.first = i + 1
			}
			i += separatorLength(text, i) - 1
			name, hasSeparator = i+1, true
		case c == '=':
			r.isForm = r.isForm || hasSeparator && name >= 0 && name < i
			name = -1
		case c == '%' && hexNumber(text, i+1, 2) >= 0:
			r.isForm = true
		case c == '+' && isBetweenDigits(text, i):
			sums++
			name = -1
		case !inName[c]:
			name = -1
		}
	}
	r.end = i
	r.isSum = !r.isForm && sums >= minSums
	return r
}

// minSums is how many plus signs between digits groups have at least: a version has one.
const minSums = 2

// ampersands are the forms of the sign between two values, as in JSON and HTML.
var ampersands = []string{`\u0026`, "&amp;"}

// separatorLength returns how many bytes the separator at i has.
func separatorLength(text string, i int) int {
	for _, s := range ampersands {
		if strings.HasPrefix(text[i:], s) {
			return len(s)
		}
	}
	return 1
}

// delimits has the bytes that neither a form nor a query contains.
var delimits = buildSet("\"'`<>\\", 0, ' ')

// inName has the bytes of the name of a value in a form.
var inName = buildSet("_-.[]$~%"+"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", 0x80, 0xff)

// buildSet returns the set of some bytes and of those from first to last.
func buildSet(some string, first, last int) (t [256]bool) {
	for _, c := range []byte(some) {
		t[c] = true
	}
	for c := first; c <= last; c++ {
		t[c] = true
	}
	return t
}

// delimitsAt reports whether a run ends at the byte at i. An escaped ampersand is in it.
func delimitsAt(text string, i int) bool {
	return delimits[text[i]] && !(text[i] == '\\' && strings.HasPrefix(text[i:], ampersands[0]))
}
