package pii

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/cowork-otel/collector/internal/pii/internal/text"

	"github.com/cowork-otel/collector/internal/pii/internal/span"
)

// resolve turns the collected spans into findings: on rune boundaries, without
// allowed values, merged where they overlap, and without markers. A merged span
// covers all spans that it is made of, so that no part of them stays in clear.
func (c *cursor) resolve() {
	for i := range c.found {
		f := &c.found[i]
		if f.Start < len(c.Text) && !utf8.RuneStart(c.Text[f.Start]) {
			f.Start = text.RuneStart(c.Text, f.Start)
		}
		if f.End < len(c.Text) && !utf8.RuneStart(c.Text[f.End]) {
			f.End = text.RuneEnd(c.Text, f.End)
		}
	}
	slices.SortFunc(c.found, func(a, b span.Span) int { // by start, the longest first
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End))
	})
	if c.s.allowed != nil {
		c.dropAllowed()
	}
	kept := c.found[:0]
	for i := 0; i < len(c.found); {
		best, start, end := c.found[i], c.found[i].Start, c.found[i].End
		for i++; i < len(c.found) && c.found[i].Start < end; i++ {
			end = max(end, c.found[i].End)
			if c.found[i].Beats(best) {
				best = c.found[i]
			}
		}
		best.Start, best.End = start, end
		kept = append(kept, best)
	}
	c.found = kept
	if c.s.allowed != nil {
		c.dropAllowed()
	}
	if strings.Contains(c.Text, span.MarkerStart) {
		c.cutMarkers()
	}
}

// dropAllowed drops each span whose text is an allowed value, and the spans within it.
func (c *cursor) dropAllowed() {
	end := -1
	c.found = slices.DeleteFunc(c.found, func(f span.Span) bool {
		if f.End <= end {
			return true
		}
		_, allowed := c.s.allowed[c.Text[f.Start:f.End]]
		if allowed {
			end = f.End
		}
		return allowed
	})
}

// cutMarkers cuts the markers that the text already contains out of the spans.
func (c *cursor) cutMarkers() {
	c.cut = c.cut[:0]
	end := 0 // of the last marker
	for _, f := range c.found {
		// A marker may begin before the span and reach into it.
		for at := max(end, f.Start-len(span.MarkerStart)-span.MarkerMax-2); at < f.End; at++ {
			n := strings.IndexByte(c.Text[at:f.End], '[')
			if n < 0 {
				break
			}
			at += n
			if stop := c.s.protected(c.Text, at); stop > 0 {
				if f.Start < at {
					c.cut = append(c.cut, span.Span{Start: f.Start, End: at, ID: f.ID, Rank: f.Rank})
				}
				f.Start, end, at = max(f.Start, stop), stop, stop-1
			}
		}
		if f.Start = max(f.Start, end); f.Start < f.End {
			c.cut = append(c.cut, f)
		}
	}
	c.found, c.cut = c.cut, c.found
}

// protected returns the end of the marker that starts at i, 0 if the text there is
// scanned like any other. A marker with digits counts only if it
// is one of this scanner, so that no value passes in the form of a marker.
func (s *Scanner) protected(in string, i int) int {
	end := span.MarkerEnd(in, i)
	if end == 0 || !strings.ContainsAny(in[i:end], "0123456789") {
		return end
	}
	for c := range s.custom {
		if s.custom[c].Marker == in[i:end] {
			return end
		}
	}
	return 0
}

// IsMarker reports whether in is exactly one marker: "[REDACTED]" or
// "[REDACTED_<NAME>]".
func IsMarker(in string) bool { return span.IsMarker(in) }
