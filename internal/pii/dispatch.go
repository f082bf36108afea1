package pii

// This file holds the choice of the detectors for each candidate of a text.

import (
	"math/bits"

	"github.com/cowork-otel/collector/internal/pii/internal/deobfuscate"
	"github.com/cowork-otel/collector/internal/pii/internal/prefilter"
	"github.com/cowork-otel/collector/internal/pii/internal/secret"
	"github.com/cowork-otel/collector/internal/pii/internal/span"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
	"github.com/cowork-otel/collector/internal/pii/internal/token"
)

// A detector reads the text around the byte at i for a finding, and returns where the walk continues.
type detector func(w *walk, i int) int

// detectors has the detector of each sign.
var detectors = [256]detector{
	'@': (*walk).at,
	'+': (*walk).plus,
	'(': (*walk).parenthesis,
	'-': (*walk).dash,
	':': (*walk).colon,
	'=': func(w *walk, i int) int { return w.secrets.Operator(i) },
	',': func(w *walk, i int) int { return w.secrets.Comma(i) },
	'>': func(w *walk, i int) int { return w.secrets.TagEnd(i) },
	'~': (*walk).tilde,
	'$': func(w *walk, i int) int { return w.secrets.Dollar(i) },
}

// visit runs the detectors of the candidate at i and returns where the walk continues.
func (w *walk) visit(i int) int {
	c := w.Text[i]
	if detect := detectors[c]; detect != nil {
		return detect(w, i)
	}
	switch {
	case !text.Is(c, text.Alnum), !w.StartsWord(i):
		return i + 1
	case text.Is(c, text.Digit):
		return w.digitRun(i)
	}
	if end := w.word(i); end > i {
		return end
	}
	return w.longWord(i)
}

// colon detects a URL, an IP address or an assignment with a colon at i.
func (w *walk) colon(i int) int {
	if end := w.url(i); end > i {
		return end
	}
	if end := w.ipv6(i); end > i {
		return end
	}
	return w.secrets.Operator(i)
}

// tilde detects an Azure client secret around the ~ at i.
func (w *walk) tilde(i int) int {
	return max(i+1, w.collect(token.AzureSecret(&w.tokens, i)))
}

// longWord detects a token of unknown format in the word that starts at i, if the word is long.
func (w *walk) longWord(i int) int {
	last := i + token.LongWord - 1
	if last < len(w.Text) && text.Is(w.Text[last], text.Alnum) && text.Is(w.Text[i+token.LongWord/2], text.Alnum) {
		if end := text.RunEnd(w.Text, i+1, len(w.Text), text.Alnum); end > last {
			if !w.enabled(span.APIKey) {
				return end
			}
			return max(end, w.collect(token.Unknown(&w.tokens, i, end)))
		}
	}
	return i + 1
}

// filter finds the candidates. It knows the words of all detectors.
var filter = newFilter()

func newFilter() *prefilter.Filter {
	set := prefilter.Settings{NumberLeast: phoneLeast, Names: prefilter.NewNames(secret.NounTails())}
	set.Prefixes = append(set.Prefixes, prefilter.Prefix{Text: "eyJ", Body: text.Alnum}) // a JSON web token
	for _, k := range keywords() {
		if len(k.word) > len("de") { // a country: the masks find the two digits that follow
			set.Keywords = append(set.Keywords, k.word)
		}
	}
	for _, f := range token.Formats() {
		set.Prefixes = append(set.Prefixes, prefilter.Prefix{Text: f.Prefix, Body: f.Body})
	}
	return prefilter.New(set)
}

// run visits the candidates of a text, in order.
func (w *walk) run() {
	w.window.Forget()
	next := 0 // the text before it is read
	parts := w.parts
	for base := 0; base < len(w.Text); base += prefilter.WindowSize {
		if len(w.parts) > 0 {
			if parts = behindOf(parts, base); len(parts) == 0 {
				return
			}
			if parts[0].Start >= base+prefilter.WindowSize {
				w.window.Forget() // adds candidates at most
				continue
			}
		}
		for _, k := range filter.Candidates(w.window, &w.View, base, next) {
			if i := base + int(k); i >= next {
				next = w.visit(i)
			}
		}
		w.noteDisguises(base)
	}
}

// noteDisguises records whether the window that starts at base contains a disguise.
func (w *walk) noteDisguises(base int) {
	for b := range w.window.Blocks {
		at := base + b*prefilter.Size
		if !w.signs.Decodes || !w.signs.Regroups {
			for found := deobfuscate.Begin(w.window.Disguises[b], w.Text, at); found != 0; found &= found - 1 {
				w.signs.Add(w.Text, at+bits.TrailingZeros64(found))
			}
		}
		for found := w.window.Encoded[b]; found != 0 && !w.signs.Encodes; found &= found - 1 {
			w.signs.Encodes = deobfuscate.Encodes(w.Text, at+bits.TrailingZeros64(found))
		}
	}
}

// dash detects the armour of a private key or a flag of a command that starts with the dashes at i.
func (w *walk) dash(i int) int {
	end := i + 1
	for end < len(w.Text) && w.Text[end] == '-' {
		end++
	}
	switch n := end - i; {
	case n < 3:
		return max(end, w.secrets.Flag(i, end))
	case n == 3:
		return end
	}
	return w.keyBlock(i, end)
}
