package secret

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/span"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// A Decision is how a value was judged.
type Decision struct {
	Start, End int
	Noun, Link string
	Refused    string // why the value can be no secret under any noun, "" if it can be one
	Score      float32
	Weights    []Weight // the features of the value; empty if it was refused
	Accepted   bool
}

// A Weight is a feature and what it adds to the score.
type Weight struct {
	Name  string
	Value float32
}

// judge decides whether a value is a secret and, if it is, adds it to the findings.
func (r *Reader) judge(kind Kind, link Link, b bounds) bool {
	if b.start >= b.end || b.end > len(r.Text) || kind == None {
		return false
	}
	value := r.Text[b.start:b.end]
	refused := "short"
	if len(value) >= leastOf(kind, link) || kind == Code && len(value) == 3 && isNameOf(value, text.Digit) {
		refused = notSecret(value)
	}
	if refused == "" {
		refused = notBare(link, b.style, value)
	}
	if c := r.Next(b.end); refused == "" && b.style <= Line && (c == '[' || c == '(') && text.IsIdentifier(value) {
		refused = "call"
	}
	if refused != "" {
		if r.Explain != nil {
			r.Explain(Decision{Start: b.start, End: b.end, Noun: kindNames[kind], Link: linkNames[link], Refused: refused})
		}
		return false
	}
	f := featuresOf(kind, link, b.style, value)
	score := f.score()
	if r.Explain != nil {
		r.Explain(Decision{b.start, b.end, kindNames[kind], linkNames[link], "", score, f.list(), score >= 0})
	}
	if score < 0 {
		return false
	}
	r.addFound(b)
	return true
}

// leastOf returns the length of the shortest value under a noun. The key of anything is random, apart
// from one in an environment or a command: most text has such nouns, and most values are short.
func leastOf(kind Kind, link Link) int {
	if kind == PlainKey && link != LinkEnv && link != LinkCommand {
		return plainKeyLeast
	}
	return valueLeast
}

// notBare returns why a value that is not in quotes can be no secret, "" if it can be one.
func notBare(link Link, style Style, value string) string {
	n := strings.IndexByte(value, '(')
	switch {
	case style != Bare && style != Line && link != LinkFlag:
	case style != Quoted && inSet(proseFillers, value):
		return "filler"
	case style == Bare && (isNounName(value) || isFiller(strings.TrimRight(value, "0123456789"))):
		return "name"
	case style == Bare && n > 0 && text.IsIdentifier(strings.ReplaceAll(value[:n], ".", "_")):
		return "call"
	}
	return ""
}

// addFound adds a value to the findings. Assignments within it are ignored.
func (r *Reader) addFound(b bounds) {
	r.Found = append(r.Found, span.Span{Start: b.start, End: b.end, ID: span.Secret, Rank: span.Generic})
	r.secretEnd = max(r.secretEnd, b.end)
}

// score returns the sum of the weights of the features.
func (f *features) score() (sum float32) {
	for i := range featureCount {
		if f.has(i) {
			sum += weights[i]
		}
	}
	return sum
}

// list returns the features with their weights.
func (f *features) list() (all []Weight) {
	for i := range featureCount {
		if f.has(i) {
			all = append(all, Weight{featureNames[i], weights[i]})
		}
	}
	return all
}
