package detect

// This file reads the label of a personal number, and the text between the two.

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// A labelGap reads the text after a label up to its number.
type labelGap struct {
	r      *Reader
	at     int  // where a word or a number starts
	i      int  // the end of what was read
	limit  int  // where the search ends
	words  int  // how many words were read
	isOpen bool // a word before at is not usual between the two
	isOdd  bool // the word at at is not usual between the two
	isDone bool
}

// readLabelGap returns the gap after a label that ends at i.
func readLabelGap(r *Reader, i int) labelGap {
	return labelGap{r: r, i: i, limit: min(len(r.Text), i+labelGapMost), isDone: r.Next(i) == '(' || r.Next(i) == '.' && r.Next(i+1) != ' '}
}

// next reads up to the next word or number, and reports whether there is one. Code, the end of
// a sentence and a second line end the gap.
func (g *labelGap) next() bool {
	if g.isDone || g.words > labelWordsMost {
		return false
	}
	t := g.r.Text
	g.isOpen = g.isOpen || g.isOdd
	for g.i < g.limit {
		c := t[g.i]
		switch {
		case text.Is(c, text.Alnum):
			g.at = g.i
			end := text.RunEnd(t, g.i, len(t), text.Alnum)
			for end < g.limit && text.Is(t[end], text.Foreign) {
				end = text.RunEnd(t, end+1, g.limit, text.Alnum|text.Foreign)
			}
			g.i = end
			g.words++
			g.isDone = text.Is(c, text.Digit)
			g.isOdd = !text.ContainsFold(labelWords, t[g.at:end])
			return g.r.StartsWord(g.at)
		case c == '\\' && g.i+1 < g.limit && text.Is(t[g.i+1], text.Lower):
			g.i += 2
			g.isDone = g.isDone || g.isOpen
		case (c == '\n' || c == '.') && g.isOpen, strings.IndexByte("{};@?!&/", c) >= 0:
			return false
		case c == '<': // a tag
			n := strings.IndexByte(t[g.i:g.limit], '>')
			if n < 0 {
				return false
			}
			g.i += n + 1
		case text.Is(c, text.Foreign) && !strings.HasPrefix(t[g.i:], "º") && !strings.HasPrefix(t[g.i:], "°"), c == ',':
			g.isOpen = true
			g.i++
		default:
			g.i += 1 + int(c>>7) // nº
		}
	}
	return false
}

// labelWords are the words that are usual between a label and its number.
var labelWords = []string{
	"number", "numbers", "no", "nr", "num", "nummer", "numero", "n", "id", "ids", "is", "was", "code", "card", "value", "of", "the", "for", "my", "his", "her", "their", "do", "da", "de", "di", "del", "der",
	"ist", "lautet", "lautete", "es", "est", "jest", "to", "er", "on", "in", "e", "carte", "karte", "nb", "holder", "book", "cliente", "client", "customer", "titular", "paziente", "patient", "employee",
}

// eachLabel calls yield for each label in a key, whatever its case and its separators are, until it
// returns false.
func eachLabel(key string, yield func(*idForms) bool) {
	const wordsMost = 4
	var flat [64]byte
	var starts [16]int
	n, words := 0, 0
	for i := 0; i < len(key) && n < len(flat); i++ {
		c := key[i]
		if text.Is(c, text.Joiner|text.Space|text.Dot|text.Quote) {
			continue
		}
		isStart := i == 0 || text.Is(key[i-1], text.Joiner|text.Space|text.Dot|text.Quote) || text.Is(c, text.Upper) && text.Is(key[i-1], text.Lower)
		if isStart && words < len(starts) {
			starts[words] = n
			words++
		}
		flat[n] = text.ToLower(c)
		n++
	}
	for w := range words {
		for last := w + 1; last <= min(words, w+wordsMost); last++ {
			end := n
			if last < words {
				end = starts[last]
			}
			if of := idsByLabel[string(flat[starts[w]:end])]; of != nil && !yield(of) {
				return
			}
		}
	}
}

// namesNationalID reports whether a name has the label of a personal number.
func namesNationalID(name string) (found bool) {
	eachLabel(name, func(*idForms) bool {
		found = true
		return false
	})
	return found
}
