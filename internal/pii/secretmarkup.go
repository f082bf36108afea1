package pii

// This file holds the secrets in markup: XML, property lists, the configuration of servers.

import "strings"

// greater looks at the end of a tag for a text behind it that is secret: after
// <password>, after <entry key="password">, after <key>password</key><string>.
func (w *walk) greater(i int) int {
	if i < w.operatorEnd || i < w.secretEnd {
		return i + 1
	}
	t := w.text
	start := runStart(t, i, i-nameMax, keyChars)
	switch before := w.previous(start); {
	case start == i && isQuote(before):
		name, _ := w.nameBefore(i)
		return w.tagged(i, secretStrength(name), bare)
	case start < i && before == '<':
		return w.tagged(i, secretStrength(t[start:i]), quoted)
	case start < i && before == '/' && w.previous(start-1) == '<':
		name, _ := w.nameBefore(start - 2)
		promise := secretStrength(name)
		if promise == noSecret {
			return i + 1
		}
		open := runEnd(t, i+1, i+1+maxSpaces, space)
		if end := runEnd(t, open+1, open+1+nameMax, alnum); w.next(open) == '<' && w.next(end) == '>' {
			return w.tagged(end, promise, quoted)
		}
	}
	return i + 1
}

// tagged takes the text between the end of a tag at i and the next tag.
func (w *walk) tagged(i int, promise strength, style valueStyle) int {
	if promise == noSecret || i+1 >= len(w.text) {
		return i + 1
	}
	n := strings.IndexByte(w.text[i+1:min(len(w.text), i+1+valueMost)], '<')
	if n < 0 {
		return i + 1
	}
	value := w.text[i+1 : i+1+n]
	trimmed := strings.TrimSpace(value)
	if !isSecret(promise, trimmed, style) {
		return i + 1
	}
	at := i + 1 + strings.Index(value, trimmed)
	return w.addSecret(at, at+len(trimmed))
}
