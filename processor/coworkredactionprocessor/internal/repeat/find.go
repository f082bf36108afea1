package repeat

import (
	"cmp"
	"slices"
	"unicode/utf8"
)

// Find appends the repeated parts of a text, in order, disjoint, on the boundaries of
// runes. A text without a repeated part allocates nothing.
func (x *Index) Find(found []Range, text string) []Range {
	if x.Empty() || len(text) < Least {
		return found
	}
	if !hasEscape(text) {
		return x.findIn(found, text, 0)
	}
	first := len(found)
	if x.normalizer.keep { // else the normal form has all that the text has
		found = x.findIn(found, text, first)
	}
	second := len(found)
	found = x.findIn(found, x.normalizer.normalize(text), second)
	for i, r := range found[second:] {
		found[second+i] = Range{x.normalizer.given(r.Start), x.normalizer.given(r.End)}
	}
	return append(found[:first], Merge(found[first:])...)
}

// findIn appends the repeated parts of a text as it is. It merges those from first on.
func (x *Index) findIn(found []Range, text string, first int) []Range {
	if len(text) < Least {
		return found
	}
	for i := 0; i+group <= len(text); {
		from, to := i, i
		if x.hasGroup(text, i) {
			from, to = x.starts(text, i)
		}
		if from >= to {
			i += stride
			continue
		}
		start, end, checked := x.checkWindows(text, from, to-1)
		if end > 0 {
			r := Range{runeStart(text, start), runeEnd(text, end)}
			if last := len(found) - 1; last >= first && r.Start <= found[last].End {
				found[last].End = max(found[last].End, r.End)
			} else {
				found = append(found, r)
			}
		}
		i = max(i+stride, (checked+stride)/stride*stride) // the first group of the next window, or one before
	}
	return found
}

// starts returns the starts [from, to) of the windows that contain the group at i and can
// be repeated. Those that begin eight bytes or more before i contain the groups before
// i, the others those behind it.
func (x *Index) starts(text string, i int) (from, to int) {
	from, to = i, i
	if i >= group && x.hasGroup(text, i-group/2) && x.hasGroup(text, i-group) {
		from, to = max(0, i-stride), i-group+1
	}
	if i+2*group <= len(text) && x.hasGroup(text, i+group/2) && x.hasGroup(text, i+group) {
		from, to = min(from, max(0, i-group)), i+1
	}
	return from, min(to, len(text)-Least+1)
}

// checkWindows checks the windows that begin at from to last and, from there on, those
// after it until one is not repeated. It returns the union of the repeated ones, end 0 if
// there is none, and the start of the last window that it has checked.
func (x *Index) checkWindows(text string, from, last int) (start, end, checked int) {
	if x.pending != nil {
		if !x.hasAllGroups(text, from, last) {
			return 0, 0, last
		}
		x.insertPending()
	}
	at := from
	for h := hashOf(text[at:]); ; at++ {
		switch {
		case x.has(h):
			if end == 0 {
				start = at
			}
			end = at + Least
		case at >= last:
			return start, end, at
		}
		if at+Least == len(text) {
			return start, end, at
		}
		h = next(h, text[at], text[at+Least])
	}
}

// hasAllGroups reports whether a source has every group of one of the windows that begin
// at from to last. It spares most batches the insertion of windows.
func (x *Index) hasAllGroups(text string, from, last int) bool {
	groups := 0
	for i := from; i <= last+stride && groups <= stride; i++ {
		if groups++; !x.hasGroup(text, i) {
			groups = 0
		}
	}
	return groups > stride
}

// runeStart returns the start of the rune that contains the byte at i.
func runeStart(text string, i int) int {
	for least := max(0, i-utf8.UTFMax+1); i > least && !utf8.RuneStart(text[i]); i-- {
	}
	return i
}

// runeEnd returns the end of the rune that contains the byte before i.
func runeEnd(text string, i int) int {
	for most := min(len(text), i+utf8.UTFMax-1); i < most && !utf8.RuneStart(text[i]); i++ {
	}
	return i
}

// Merge sorts ranges and merges those that overlap or touch, in place.
func Merge(ranges []Range) []Range {
	if len(ranges) < 2 {
		return ranges
	}
	slices.SortFunc(ranges, func(a, b Range) int { return cmp.Compare(a.Start, b.Start) })
	merged := ranges[:1]
	for _, r := range ranges[1:] {
		if last := &merged[len(merged)-1]; r.Start <= last.End {
			last.End = max(last.End, r.End)
			continue
		}
		merged = append(merged, r)
	}
	return merged
}
