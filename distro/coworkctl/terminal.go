package main

// This file holds the forms of untrusted text that are safe for a terminal.

import (
	"bytes"
	"strings"
	"unicode"
)

// terminalText returns lines in a form that is safe for a terminal.
func terminalText(text []byte) []byte {
	return bytes.Map(func(r rune) rune {
		if r != '\n' && !unicode.IsPrint(r) {
			return '·'
		}
		return r
	}, text)
}

// shorten returns printable text that is at most as wide as a UUID.
func shorten(text string) string {
	if r := []rune(text); len(r) > 36 {
		text = string(r[:35]) + "…"
	}
	return printable(text)
}

// maxCellRunes is the maximum width of a table cell.
const maxCellRunes = 60

// printable returns untrusted text in a form that is safe for a terminal: short, on
// one line, without control characters.
func printable(text string) string { return printableUpTo(text, maxCellRunes) }

// printableUpTo is printable for another width.
func printableUpTo(text string, limit int) string {
	var b strings.Builder
	n := 0
	for _, r := range text {
		if n++; n > limit {
			return b.String() + "…"
		}
		if !unicode.IsPrint(r) {
			r = '·'
		}
		b.WriteRune(r)
	}
	return strings.TrimSpace(b.String())
}
