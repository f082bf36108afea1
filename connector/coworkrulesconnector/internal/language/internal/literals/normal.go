package literals

import (
	"bytes"
	"regexp/syntax"
	"unicode/utf8"

	"github.com/cowork-otel/collector/internal/regexliteral"
)

// normal is the normal form of each byte: ASCII letters in lower case, a space for white space.
var normal = func() (table [256]byte) {
	for i := range table {
		table[i] = byte(i)
		if 'A' <= i && i <= 'Z' {
			table[i] += 'a' - 'A'
		}
	}
	for _, space := range "\t\n\v\f\r" {
		table[space] = ' '
	}
	return table
}()

// asciiForms are the characters outside of ASCII that are a form of an ASCII letter.
var asciiForms = [][2][]byte{{[]byte("\u212a"), []byte("k")}, {[]byte("ſ"), []byte("s")}}

// appendNormal appends the normal form of a text to buf.
func appendNormal(buf []byte, text string) []byte {
	ascii, from := true, len(buf)
	for i := range len(text) {
		b := normal[text[i]]
		ascii = ascii && b < utf8.RuneSelf
		buf = append(buf, b)
	}
	if !ascii {
		for _, form := range asciiForms {
			if bytes.Contains(buf[from:], form[0]) {
				buf = append(buf[:from], bytes.ReplaceAll(buf[from:], form[0], form[1])...)
			}
		}
	}
	return buf
}

// form is the form of the literals: that of the texts.
var form = regexliteral.Form{
	Normal:   func(r rune) string { return string(appendNormal(nil, string(r))) },
	MaxTexts: 128,
}

// needOf returns the need of an expression, nothing for one that is invalid.
func needOf(expression string) regexliteral.Need {
	re, err := syntax.Parse(expression, syntax.Perl)
	if err != nil {
		return regexliteral.Need{}
	}
	return form.NeedOf(re)
}
