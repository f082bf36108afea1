package token

// This file holds tokens that consist of two parts of fixed lengths and a joint.

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/span"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

const (
	hexLen     = 32 // of the first part of most, in hexadecimal digits
	uuidLen    = 36
	trueNASLen = 64 // also of the second part of a key of Ghost
)

// paired returns the token of two parts of which the long word [start, end) is one.
func paired(r *Reader, start, end int) (found span.Span, ok bool) {
	if found, ok = botPath(r, start); ok {
		return found, true
	}
	const kerberos = "-cts-hmac-sha1-96:" // after it, a key of Kerberos
	if strings.HasSuffix(r.Text[max(0, start-len(kerberos)):start], kerberos) && text.RunEnd(r.Text, start, end, text.Hexa) == end {
		return structural(start, end), end-start >= hexLen
	}
	switch end - start {
	case trueNASLen:
		if r.Previous(start) == ':' {
			return ghost(r, start, end)
		}
		return trueNAS(r, start, end)
	case hexLen:
		if found, ok = asanaPath(r, start, end); ok {
			return found, true
		}
		if text.RunEnd(r.Text, start, end, text.Hexa) == end && (r.Next(end) == '-' || !text.Is(r.Previous(start), text.Joiner|text.Dot)) {
			return afterHex(r, start, end)
		}
	}
	return found, false
}

// botPath returns the second part of the token of a Telegram bot in a path: /bot1234567890:X/. The
// word at i is a part of it.
func botPath(r *Reader, i int) (found span.Span, ok bool) {
	const size = 35
	in := r.Text
	start := text.RunStart(in, i, i-size, text.KeyChars)
	if start < 12 || in[start-1] != ':' {
		return found, false
	}
	first := text.RunStart(in, start-1, start-1-11, text.Digit)
	if n := start - 1 - first; n < 8 || n > 10 || !text.HasFold(in, first-len("bot"), "bot") {
		return found, false
	}
	end := text.RunEnd(in, i, i+size, text.KeyChars)
	return structural(start, end), end-start >= size-1 && end-start <= size+1
}

// trueNAS returns an API key of TrueNAS: the number of the key, a dash and 64 characters.
func trueNAS(r *Reader, start, end int) (found span.Span, ok bool) {
	if r.Previous(start) != '-' || text.Is(r.Next(end), text.KeyChars) || !text.IsRandomCased(r.Text[start:end]) {
		return found, false
	}
	first := text.RunStart(r.Text, start-1, start-1-4, text.Digit)
	if first == start-1 || text.Is(r.Previous(first), text.KeyChars|text.Dot) {
		return found, false
	}
	return structural(first, end), true
}

// asanaPath returns a token of Asana by its last part, also within a path: 2/number/number:X/notes.txt.
func asanaPath(r *Reader, start, end int) (found span.Span, ok bool) {
	const least, most = 10, 20 // digits of the numbers
	if r.Previous(start) != ':' || text.RunEnd(r.Text, start, end, text.Hexa) != end {
		return found, false
	}
	first := start - 1
	for range 2 {
		number := text.RunStart(r.Text, first, first-most, text.Digit)
		if first-number < least || r.Previous(number) != '/' {
			return found, false
		}
		first = number - 1
	}
	return structural(first+1, end), true
}

// ghost returns an admin key of Ghost: 24 hexadecimal digits, a colon and 64 more.
func ghost(r *Reader, start, end int) (found span.Span, ok bool) {
	first := text.RunStart(r.Text, start-1, start-1-25, text.Hexa)
	if start-1-first != 24 || text.Is(r.Previous(first), text.KeyChars) || text.RunEnd(r.Text, start, end, text.Hexa) != end {
		return found, false
	}
	return structural(first, end), true
}

// afterHex returns the token that begins with 32 hexadecimal digits, or ends with them
// after a UUID: a key of Mailchimp, Mailgun, Ollama, Zhipu or fal.
func afterHex(r *Reader, start, end int) (found span.Span, ok bool) {
	in := r.Text
	switch r.Next(end) {
	case '.':
		last := text.RunEnd(in, end+1, end+1+25, text.KeyChars)
		if n := last - end - 1; (n == 16 || n == 24) && text.ShapeOf(in[end+1:last]).Random() {
			return structural(start, last), true
		}
	case '-':
		last := text.RunEnd(in, end+1, end+1+18, text.Alnum|text.Joiner)
		tail := in[end+1 : last]
		center := text.RunEnd(tail, min(2, len(tail)), 5, text.Digit) // of data: us14
		switch {
		case strings.HasPrefix(tail, "us") && (center == 3 || center == 4) && !text.Is(r.Next(end+1+center), text.Alnum):
			return structural(start, end+1+center), true
		case len(tail) == 17 && tail[8] == '-' && text.RunEnd(tail, 0, 8, text.Hexa) == 8 && text.RunEnd(tail, 9, 17, text.Hexa) == 17:
			return structural(start, last), true
		}
	}
	if end+1+hexLen <= len(in) && in[end] == ':' {
		last := end + 1 + hexLen
		if text.RunEnd(in, end+1, last, text.Hexa) == last && (strings.HasPrefix(in[last:], ":::") || text.Is(r.Previous(start-1), text.Digit) && in[start-1] == ':' && r.Next(last) == ':') {
			return structural(start, last), true // name:500:LM:NT:::, of the accounts of Windows
		}
	}
	if from := start - 1 - uuidLen; from >= 0 && in[start-1] == ':' && text.IsUUID(in[from:start-1]) && !text.Is(r.Next(end), text.KeyChars) {
		return structural(from, end), true
	}
	return found, false
}
