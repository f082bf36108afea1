package disguise

import (
	"strings"
	"unicode/utf8"
)

// entities are the names that HTML has for what an address, a number or an
// assignment is made of.
var entities = []struct {
	name string
	r    rune
}{
	{"amp;", '&'},
	{"nbsp;", ' '},
	{"quot;", '"'},
	{"apos;", '\''},
	{"lt;", '<'},
	{"gt;", '>'},
	{"commat;", '@'},
	{"period;", '.'},
	{"lowbar;", '_'},
	{"hyphen;", '-'},
	{"dash;", '-'},
	{"ndash;", '-'},
	{"minus;", '-'},
	{"plus;", '+'},
	{"equals;", '='},
	{"colon;", ':'},
	{"sol;", '/'},
	{"lpar;", '('},
	{"rpar;", ')'},
	{"num;", '#'},
	{"percnt;", '%'},
	{"dollar;", '$'},
	{"excl;", '!'},
	{"ensp;", ' '},
	{"emsp;", ' '},
	{"thinsp;", ' '},
	{"numsp;", ' '},
	{"Tab;", '\t'},
	{"NewLine;", '\n'},
	{"shy;", dropped},
	{"zwnj;", dropped},
	{"zwj;", dropped},
	{"ZeroWidthSpace;", dropped},
	{"NoBreak;", dropped},
}

// entity reads &#64;, &#x40; and &commat;, also where the & is &amp; itself.
func entity(text string, i int) change {
	at := i + 1
	for range maxRepeats {
		if !strings.HasPrefix(text[at:], "amp;") || !isReference(byteAt(text, at+4)) {
			break
		}
		at += len("amp;")
	}
	if c := numeric(text, i, at); c.end > 0 {
		return c
	}
	const longest = 16
	if strings.IndexByte(text[at:min(len(text), at+longest)], ';') < 0 {
		return change{}
	}
	for _, e := range entities {
		if strings.HasPrefix(text[at:], e.name) {
			return change{start: i, end: at + len(e.name), with: e.r}
		}
	}
	return change{}
}

func isReference(c byte) bool { return c == '#' || isLetter(c) }

// numeric reads the reference whose & is at i and whose # is at at.
func numeric(text string, i, at int) change {
	if byteAt(text, at) != '#' {
		return change{}
	}
	digits, base := at+1, 10
	if byteAt(text, digits)|0x20 == 'x' {
		digits, base = digits+1, 16
	}
	r, end := number(text, digits, base)
	if r <= 0 || !utf8.ValidRune(r) {
		return change{}
	}
	if byteAt(text, end) == ';' {
		end++
	}
	return change{start: i, end: end, with: r}
}
