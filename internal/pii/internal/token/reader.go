package token

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/span"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// A Reader finds tokens in one text. It is not safe for concurrent use.
type Reader struct {
	text.View

	// The small letters after the last prefix that was read, so that each is read once.
	plainAt, plainEnd int
	unknownEnd        int // the end of the last word that was no token of unknown format
}

// NewReader returns a reader of a text.
func NewReader(v text.View) Reader { return Reader{View: v} }

// At returns the token of a known format that starts at start, which starts a word.
func At(r *Reader, start int) (found span.Span, ok bool) {
	if !Begins(r.Text, start) {
		return found, false
	}
	b := &buckets[bucketOf[r.Text[start]&0x7f][r.Text[start+1]&0x7f]]
	for i := range b.formats {
		if found, ok = r.match(start, &b.formats[i]); ok {
			return found, true
		}
	}
	return found, false
}

// match returns the token of a format that starts at start.
func (r *Reader) match(start int, f *Format) (found span.Span, ok bool) {
	at := start + len(f.Prefix)
	if len(r.Text)-at < f.Least || r.Text[start:at] != f.Prefix {
		return found, false
	}
	limit := at + max(f.Least, text.Judged)
	if f.Most > 0 {
		limit = at + f.Most + 1
	}
	if f.Check.mixed && r.isPlain(at, limit, f.Body) {
		return found, false
	}
	end := text.RunEnd(r.Text, at, limit, f.Body)
	if f.Most > 0 && end-at > f.Most {
		return found, false
	}
	for end > at && r.Text[end-1] == '.' {
		end--
	}
	body := r.Text[at:end]
	if len(body) < f.Least || !f.Check.accepts(body) {
		return joined(r, start, at, end, f, false)
	}
	if end-start < cutLeast && isCut(r.Text[end:]) || isExample(body) {
		return found, false
	}
	sure := span.Structural
	if sum := checksums[f.Prefix]; sum != nil && sum(body) {
		sure = span.Validated
	}
	if end == limit {
		end = text.RunEnd(r.Text, end, len(r.Text), f.Body)
		for r.Text[end-1] == '.' {
			end--
		}
	}
	if f.Most == 0 {
		if whole, isLonger := joined(r, start, at, end, f, true); isLonger {
			return whole, true
		}
	}
	return span.Span{Start: start, End: end, ID: span.APIKey, Rank: sure}, true
}

// cutLeast is the least length of a token that is found although it was cut.
const cutLeast = 32

// isExample reports whether the body of a token is the words of an example: sk_test_your_key_here.
func isExample(body string) bool {
	return text.HasFold(body, 0, "your") || text.HasFold(body, len(body)-len("_here"), "_here") && !text.HasAnyDigit(body) || text.HasFold(body, 0, "replace") || text.HasFold(body, 0, "example") && !text.HasAnyDigit(body)
}

// isCut reports whether the text after a token shows that the token was cut or masked.
func isCut(after string) bool {
	for _, mark := range [...]string{"...", "…", "**", "••"} {
		if strings.HasPrefix(after, mark) {
			return true
		}
	}
	return false
}

// isPlain reports whether the possible body of a token, at most up to limit, consists of
// small letters. It reads each byte once, since a prefix may follow another.
func (r *Reader) isPlain(at, limit int, body text.Class) bool {
	if at < r.plainAt || at >= r.plainEnd {
		r.plainAt, r.plainEnd = at, at
	}
	limit = min(limit, len(r.Text))
	for r.plainEnd < limit && text.Is(r.Text[r.plainEnd], text.Lower|text.Joiner) {
		r.plainEnd++
	}
	return r.plainEnd >= limit || !text.Is(r.Text[r.plainEnd], body)
}
