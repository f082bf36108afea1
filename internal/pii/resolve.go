package pii

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/cowork-otel/collector/internal/pii/internal/text"

	"github.com/cowork-otel/collector/internal/pii/internal/span"
)

// enabled reports whether a built-in pattern is switched on.
func (w *walk) enabled(id span.ID) bool { return w.s.on>>id&1 == 1 }

// addSpan collects a span of a built-in pattern and returns its end, where the walk
// continues. For a pattern that is switched off it returns 0, so that others are
// tried on the same text.
func (w *walk) addSpan(id span.ID, sure span.Rank, start, end int) int {
	if w.s.on>>id&1 == 0 {
		return 0
	}
	w.found = append(w.found, span.Span{Start: start, End: end, ID: id, Rank: sure})
	return end
}

// collect adds a span that a detector accepted and returns its end, 0 if there is none
// or its pattern is switched off.
func (w *walk) collect(found span.Span, ok bool) int {
	if !ok {
		return 0
	}
	return w.addSpan(found.ID, found.Rank, found.Start, found.End)
}

// resolve turns the collected spans into findings: on rune boundaries, without
// allowed values, merged where they overlap, and without markers. A merged span
// covers all spans that it is made of, so that no part of them stays in clear.
func (w *walk) resolve() {
	for i := range w.found {
		f := &w.found[i]
		if f.Start < len(w.Text) && !utf8.RuneStart(w.Text[f.Start]) {
			f.Start = text.RuneStart(w.Text, f.Start)
		}
		if f.End < len(w.Text) && !utf8.RuneStart(w.Text[f.End]) {
			f.End = text.RuneEnd(w.Text, f.End)
		}
	}
	slices.SortFunc(w.found, func(a, b span.Span) int { // by start, the longest first
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End))
	})
	if w.s.allowed != nil {
		w.dropAllowed()
	}
	kept := w.found[:0]
	for i := 0; i < len(w.found); {
		best, start, end := w.found[i], w.found[i].Start, w.found[i].End
		for i++; i < len(w.found) && w.found[i].Start < end; i++ {
			end = max(end, w.found[i].End)
			if w.found[i].Beats(best) {
				best = w.found[i]
			}
		}
		best.Start, best.End = start, end
		kept = append(kept, best)
	}
	w.found = kept
	if w.s.allowed != nil {
		w.dropAllowed()
	}
	if strings.Contains(w.Text, span.MarkerStart) {
		w.cutMarkers()
	}
}

// dropAllowed drops each span whose text is an allowed value, and the spans within it.
func (w *walk) dropAllowed() {
	end := -1
	w.found = slices.DeleteFunc(w.found, func(f span.Span) bool {
		if f.End <= end {
			return true
		}
		_, allowed := w.s.allowed[w.Text[f.Start:f.End]]
		if allowed {
			end = f.End
		}
		return allowed
	})
}

// cutMarkers cuts the markers that the text already contains out of the spans.
func (w *walk) cutMarkers() {
	w.cut = w.cut[:0]
	end := 0 // of the last marker
	for _, f := range w.found {
		// A marker may begin before the span and reach into it.
		for at := max(end, f.Start-len(span.MarkerStart)-span.MarkerMax-2); at < f.End; at++ {
			n := strings.IndexByte(w.Text[at:f.End], '[')
			if n < 0 {
				break
			}
			at += n
			if stop := w.s.protected(w.Text, at); stop > 0 {
				if f.Start < at {
					w.cut = append(w.cut, span.Span{Start: f.Start, End: at, ID: f.ID, Rank: f.Rank})
				}
				f.Start, end, at = max(f.Start, stop), stop, stop-1
			}
		}
		if f.Start = max(f.Start, end); f.Start < f.End {
			w.cut = append(w.cut, f)
		}
	}
	w.found, w.cut = w.cut, w.found
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
