package deobfuscate

// This file holds the escapes of URLs, programs and HTML.

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// maxRepeats bounds how often an escape is escaped again: %25252540, \\\\u0040.
const maxRepeats = 8

// percent reads %40, %2540, which was encoded twice, and %u0040.
func percent(text string, i int) change {
	at := i + 1
	for range maxRepeats {
		if !strings.HasPrefix(text[at:], "25") || hexNumber(text, at+2, 2) < 0 {
			break
		}
		at += 2
	}
	if byteAt(text, at) == 'u' {
		if r := hexNumber(text, at+1, 4); r >= 0 {
			return change{start: i, end: at + 5, with: r}
		}
	}
	if v := hexNumber(text, at, 2); v >= 0 {
		return change{start: i, end: at + 2, with: v, octet: true}
	}
	return change{}
}

// backslash reads \x40, \u0040, \u{40}, \U00000040 and \100, whatever number of
// backslashes there is, and the backslash before the signs of an address.
func backslash(text string, i int) change {
	at := i + 1
	for at < i+maxRepeats && byteAt(text, at) == '\\' {
		at++
	}
	switch c := byteAt(text, at); c {
	case 'x':
		if v := hexNumber(text, at+1, 2); v >= 0 {
			return change{start: i, end: at + 3, with: v, octet: true}
		}
	case 'u':
		return unicodeEscape(text, i, at)
	case 'U':
		if r := hexNumber(text, at+1, 8); r > 0 && utf8.ValidRune(r) {
			return change{start: i, end: at + 9, with: r}
		}
	case '0', '1', '2', '3':
		return octal(text, i, at)
	case 'e':
		if byteAt(text, at+1) == '[' {
			return change{start: i, end: at + 1, with: '\x1b'}
		}
	case '@', '.', '_', '-':
		if isAlnum(byteAt(text, i-1)) && isAlnum(byteAt(text, at+1)) {
			return change{start: i, end: at, with: dropped}
		}
	}
	return change{}
}

// unicodeEscape reads the escape whose backslash is at i and whose u is at at.
func unicodeEscape(text string, i, at int) change {
	if byteAt(text, at+1) == '{' {
		r, end := number(text, at+2, 16)
		if byteAt(text, end) != '}' || !utf8.ValidRune(r) {
			return change{}
		}
		return change{start: i, end: end + 1, with: r}
	}
	r := hexNumber(text, at+1, 4)
	if r < 0 {
		return change{}
	}
	end := at + 5
	if utf16.IsSurrogate(r) {
		next := end
		for next < end+maxRepeats && byteAt(text, next) == '\\' {
			next++
		}
		if byteAt(text, next) != 'u' {
			return change{}
		}
		if r = utf16.DecodeRune(r, hexNumber(text, next+1, 4)); r == utf8.RuneError {
			return change{}
		}
		end = next + 5
	}
	return change{start: i, end: end, with: r}
}

// octal reads three digits that write the escape character of a terminal or
// something that can be printed.
func octal(text string, i, at int) change {
	if at+3 > len(text) {
		return change{}
	}
	v := rune(0)
	for _, c := range []byte(text[at : at+3]) {
		if c < '0' || c > '7' {
			return change{}
		}
		v = v<<3 | rune(c-'0')
	}
	if v != '\x1b' && (v < ' ' || v == 0x7f) {
		return change{}
	}
	return change{start: i, end: at + 3, with: v, octet: true}
}

// number returns the number at i in this base, of at most eight digits, and where
// it ends; -1 if there is none.
func number(text string, i, base int) (n rune, end int) {
	n = -1
	for end = i; end < i+8; end++ {
		v := rune(hexValues[byteAt(text, end)])
		if v < 0 || int(v) >= base {
			break
		}
		n = max(n, 0)*rune(base) + v
	}
	if end == i {
		return -1, i
	}
	return n, end
}

// quotedPrintable reads =40 and the like within a word.
func quotedPrintable(text string, i int) change {
	v := hexNumber(text, i+1, 2)
	before, after := byteAt(text, i-1), byteAt(text, i+3)
	if !isAlnum(before) || !isAlnum(after) {
		return change{}
	}
	if v == '@' && isLetter(after) || v == '.' || v == '-' || v == '+' {
		return change{start: i, end: i + 3, with: v}
	}
	return change{}
}

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
