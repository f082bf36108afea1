package token

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/span"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// This file holds tokens that code splits into several strings: 'ghp_X' + 'Y', "ghp_X" "Y".

const (
	joinedParts = 8   // strings of one token
	joinedMost  = 512 // bytes of its body
	jointMost   = 48  // bytes between two strings
	partLeast   = 8   // bytes of a string after a token that is complete without it
)

// joined returns the token of a format whose body starts at at and is continued in other strings after
// the one that ends at end. isComplete states that the first string is a token by itself.
func joined(r *Reader, start, at, end int, f *Format, isComplete bool) (found span.Span, ok bool) {
	if c := r.Next(end); c != '\\' && !text.Is(c, text.Quote) {
		return found, false
	}
	var buffer [joinedMost]byte
	body := append(buffer[:0], r.Text[at:end]...)
	last := end
	for range joinedParts {
		next, isSure := jointEnd(r.Text, last)
		if next == 0 {
			break
		}
		stop := text.RunEnd(r.Text, next, min(len(r.Text), next+joinedMost-len(body)), f.Body)
		closed := r.Next(stop) == '\\' || text.Is(r.Next(stop), text.Quote)
		part := r.Text[next:stop]
		if part == "" || !closed || isComplete && (!isSure || len(part) < partLeast || !text.IsRandomKey(part)) {
			break
		}
		body, last = append(body, part...), stop
	}
	if last == end || len(body) < f.Least || f.Most > 0 && len(body) > f.Most || !f.Check.accepts(string(body)) || isExample(string(body)) {
		return found, false
	}
	return span.Span{Start: start, End: last, ID: span.APIKey, Rank: span.Structural}, true
}

// jointEnd returns where the next string begins after one that ends at i, 0 if none is joined to it.
// isSure states that an operator, the end of a line or nothing is between the two.
func jointEnd(in string, i int) (next int, isSure bool) {
	limit := min(len(in), i+jointMost)
	if i = quoteEnd(in, i, limit); i == 0 {
		return 0, false
	}
	from, signs, lines := i, 0, 0
	for i < limit {
		c := in[i]
		switch {
		case c == '\n', strings.HasPrefix(in[i:], `\n`):
			lines++
			i += 1 + int(c>>6) // the escape has two bytes
			continue
		case c == '+' || c == '.' || c == '&':
			signs++
			i++
			continue
		case c == ' ' || c == '\t' || c == '\r':
			i++
			continue
		case c == '\\' && i+1 < limit && in[i+1] == '\n':
			i++
			continue
		}
		break
	}
	isSure = i == from || signs == 1 || lines == 1
	if signs > 1 || lines > 1 {
		return 0, false
	}
	return quoteEnd(in, i, limit), isSure
}

// quoteEnd returns the end of the quotation mark at i, with backslashes in front, 0 if there is none.
func quoteEnd(in string, i, limit int) int {
	for i < limit && in[i] == '\\' {
		i++
	}
	if i >= limit || !text.Is(in[i], text.Quote) {
		return 0
	}
	return i + 1
}
