package token

import (
	"github.com/cowork-otel/collector/internal/pii/internal/span"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// This file holds tokens that code splits into several strings: 'ghp_X' + 'Y', "ghp_X" "Y".

const (
	joinedParts = 8   // strings of one token
	joinedMost  = 512 // bytes of its body
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
		next, isSure := text.JointEnd(r.Text, last)
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
