package deobfuscate

import (
	"cmp"
	"slices"
	"unicode"
	"unicode/utf8"
)

// A kind is where a rune that is not ASCII is used as an ASCII character.
type kind uint8

const (
	always    kind = iota + 1
	series         // next to another of its kind, since a single one is a footnote or a bullet
	invisible      // next to a byte that can be part of a value
	mark           // on a digit
	gap            // next to a digit
	hyphen         // between letters and digits
	middle         // between digits
	stop           // between letters and digits, of any script
	lookalike      // in a word that has ASCII letters too
)

// A fold is a range of runes that are used as ASCII characters: all as the same,
// or, where it counts, each for the one after that of the rune before it.
type fold struct {
	low, high rune
	kind      kind
	to        rune
	step      rune // after how many runes the count starts again; 0: all are the same
}

// folds are sorted and disjoint.
var folds = buildFolds()

// isLead has the first bytes of the runes of folds.
var isLead = buildLeads()

func buildFolds() []fold {
	all := slices.Concat(spelledOut(), lookalikes)
	taken := map[rune]bool{}
	for _, f := range all {
		for r := f.low; r <= f.high; r++ {
			taken[r] = true
		}
	}
	add := func(table *unicode.RangeTable, as fold) {
		eachRune(table, func(r rune) {
			if r < utf8.RuneSelf || taken[r] {
				return
			}
			taken[r] = true
			f := as
			f.low, f.high = r, r
			all = append(all, f)
		})
	}
	addDigits(&all, taken)
	add(unicode.Cf, fold{kind: invisible, to: dropped})
	add(unicode.Variation_Selector, fold{kind: invisible, to: dropped})
	add(unicode.Zs, fold{kind: gap, to: ' '})
	add(unicode.Pd, fold{kind: hyphen, to: '-'})
	add(unicode.Me, fold{kind: mark, to: dropped})
	add(combining, fold{kind: mark, to: dropped})
	slices.SortFunc(all, func(a, b fold) int { return cmp.Compare(a.low, b.low) })
	return joined(all)
}

// combining are the marks that can be put on anything.
var combining = &unicode.RangeTable{R16: []unicode.Range16{{0x300, 0x34e, 1}, {0x350, 0x36f, 1}, {0x1ab0, 0x1aff, 1}, {0x1dc0, 0x1dff, 1}, {0x20d0, 0x20f0, 1}, {0xfe20, 0xfe2f, 1}}}

// addDigits adds the decimal digits of all scripts. They come in tens, zero first.
func addDigits(all *[]fold, taken map[rune]bool) {
	zero := rune(-10)
	eachRune(unicode.Nd, func(r rune) {
		if r < utf8.RuneSelf || taken[r] || r < zero+10 {
			taken[r] = true
			return
		}
		zero = r
		taken[r] = true
		*all = append(*all, fold{r, r + 9, always, '0', 10})
	})
}

func eachRune(table *unicode.RangeTable, yield func(rune)) {
	for _, x := range table.R16 {
		for r := rune(x.Lo); r <= rune(x.Hi); r += rune(x.Stride) {
			yield(r)
		}
	}
	for _, x := range table.R32 {
		for r := rune(x.Lo); r <= rune(x.Hi); r += rune(x.Stride) {
			yield(r)
		}
	}
}

// joined merges adjacent ranges with the same character.
func joined(all []fold) []fold {
	kept := all[:1]
	for _, f := range all[1:] {
		last := &kept[len(kept)-1]
		if last.high+1 == f.low && last.step == 0 && f.step == 0 && last.kind == f.kind && last.to == f.to {
			last.high = f.high
			continue
		}
		kept = append(kept, f)
	}
	return kept
}

func buildLeads() (t [256]bool) {
	for _, f := range folds {
		for r := f.low; r <= f.high; r++ {
			t[string(r)[0]] = true
		}
	}
	return t
}

// foldOf returns the character that a rune is used as, and its kind, 0 if there is none.
func foldOf(r rune) (rune, kind) {
	if r < rune(len(short)) {
		return short[r].to, short[r].kind
	}
	return search(r)
}

// short has the runes of two bytes, since whole languages are written with them.
var short = buildShort()

func buildShort() (t [0x800]struct {
	to   rune
	kind kind
},
) {
	for r := range rune(len(t)) {
		t[r].to, t[r].kind = search(r)
	}
	return t
}

func search(r rune) (rune, kind) {
	low, high := 0, len(folds)
	for low < high {
		if mid := (low + high) / 2; folds[mid].high < r {
			low = mid + 1
		} else {
			high = mid
		}
	}
	if low == len(folds) || folds[low].low > r {
		return r, 0
	}
	f := &folds[low]
	if f.step > 0 {
		return f.to + (r-f.low)%f.step, f.kind
	}
	return f.to, f.kind
}
