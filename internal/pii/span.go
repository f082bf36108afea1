package pii

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// A rank is how sure a detector is of a span.
type rank uint8

const (
	rankGeneric    rank = iota // a keyword and a value that could be a secret
	rankStructural             // a form that is rare elsewhere
	rankValidated              // a checksum or a decoded header agrees
	rankCustom                 // the user configured it
)

// A span is a part of the text that a detector accepted.
type span struct {
	start, end int
	id         patternID
	rank       rank
}

// beats reports whether a names the text that a and b share.
func (a span) beats(b span) bool {
	switch {
	case a.rank != b.rank:
		return a.rank > b.rank
	case a.rank == rankCustom:
		return a.id < b.id
	case a.end-a.start != b.end-b.start:
		return a.end-a.start > b.end-b.start
	}
	return a.id < b.id
}

// enabled reports whether a built-in pattern is switched on.
func (w *walk) enabled(id patternID) bool { return w.s.on>>id&1 == 1 }

// addSpan collects a span of a built-in pattern and returns its end, where the walk
// continues. For a pattern that is switched off it returns 0, so that others are
// tried on the same text.
func (w *walk) addSpan(id patternID, sure rank, start, end int) int {
	if w.s.on>>id&1 == 0 {
		return 0
	}
	w.found = append(w.found, span{start, end, id, sure})
	return end
}

// resolve turns the collected spans into findings: on rune boundaries, without
// allowed values, merged where they overlap, and without markers. A merged span
// covers all spans that it is made of, so that no part of them stays in clear.
func (w *walk) resolve() {
	for i := range w.found {
		f := &w.found[i]
		if f.start < len(w.text) && !utf8.RuneStart(w.text[f.start]) {
			f.start = runeStart(w.text, f.start)
		}
		if f.end < len(w.text) && !utf8.RuneStart(w.text[f.end]) {
			f.end = runeEnd(w.text, f.end)
		}
	}
	slices.SortFunc(w.found, func(a, b span) int { // by start, the longest first
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end))
	})
	if w.s.allowed != nil {
		w.dropAllowed()
	}
	kept := w.found[:0]
	for i := 0; i < len(w.found); {
		best, start, end := w.found[i], w.found[i].start, w.found[i].end
		for i++; i < len(w.found) && w.found[i].start < end; i++ {
			end = max(end, w.found[i].end)
			if w.found[i].beats(best) {
				best = w.found[i]
			}
		}
		best.start, best.end = start, end
		kept = append(kept, best)
	}
	w.found = kept
	if w.s.allowed != nil {
		w.dropAllowed()
	}
	if strings.Contains(w.text, markerStart) {
		w.cutMarkers()
	}
}

// dropAllowed drops each span whose text is an allowed value, and the spans within it.
func (w *walk) dropAllowed() {
	end := -1
	w.found = slices.DeleteFunc(w.found, func(f span) bool {
		if f.end <= end {
			return true
		}
		_, allowed := w.s.allowed[w.text[f.start:f.end]]
		if allowed {
			end = f.end
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
		for at := max(end, f.start-len(markerStart)-markerMax-2); at < f.end; at++ {
			n := strings.IndexByte(w.text[at:f.end], '[')
			if n < 0 {
				break
			}
			at += n
			if stop := w.s.protected(w.text, at); stop > 0 {
				if f.start < at {
					w.cut = append(w.cut, span{f.start, at, f.id, f.rank})
				}
				f.start, end, at = max(f.start, stop), stop, stop-1
			}
		}
		if f.start = max(f.start, end); f.start < f.end {
			w.cut = append(w.cut, f)
		}
	}
	w.found, w.cut = w.cut, w.found
}

// runeStart returns the start of the valid rune that contains i, i if it is between two runes.
func runeStart(text string, i int) int {
	for back := 1; back < utf8.UTFMax && back <= i && i < len(text); back++ {
		if utf8.RuneStart(text[i-back+1]) {
			return i
		}
		if !utf8.RuneStart(text[i-back]) {
			continue
		}
		if _, size := utf8.DecodeRuneInString(text[i-back:]); size > back {
			return i - back
		}
		return i
	}
	return i
}

// runeEnd returns the end of the valid rune that contains i, i if it is between two runes.
func runeEnd(text string, i int) int {
	start := runeStart(text, i)
	if start == i {
		return i
	}
	_, size := utf8.DecodeRuneInString(text[start:])
	return start + size
}

const (
	markerStart = "[REDACTED"
	// markerMax bounds the name within a marker.
	markerMax = 64
)

// IsMarker reports whether text is exactly one marker: "[REDACTED]" or
// "[REDACTED_<NAME>]".
func IsMarker(text string) bool {
	return text != "" && markerEnd(text, 0) == len(text)
}

// markerEnd returns where the marker that starts at i ends, 0 if none starts there.
func markerEnd(text string, i int) int {
	if !strings.HasPrefix(text[i:], markerStart) {
		return 0
	}
	i += len(markerStart)
	if i < len(text) && text[i] == ']' {
		return i + 1
	}
	if i >= len(text) || text[i] != '_' {
		return 0
	}
	name := i + 1
	for i = name; i < len(text) && i-name <= markerMax && (is(text[i], upper|digit) || text[i] == '_'); i++ {
	}
	if i == name || i-name > markerMax || i >= len(text) || text[i] != ']' {
		return 0
	}
	return i + 1
}

// protected returns the end of the marker that starts at i, 0 if the text there is
// scanned like any other. A marker with digits counts only if it
// is one of this scanner, so that no value passes in the form of a marker.
func (s *Scanner) protected(text string, i int) int {
	end := markerEnd(text, i)
	if end == 0 || !strings.ContainsAny(text[i:end], "0123456789") {
		return end
	}
	for c := range s.custom {
		if s.custom[c].Marker == text[i:end] {
			return end
		}
	}
	return 0
}
