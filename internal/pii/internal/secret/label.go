package secret

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// IsLabel reports whether a text names a field that holds a secret.
func IsLabel(label string) bool { return nounIn(label) >= Code }

// nounIn returns what the last noun of a label names, wherever it is in it: "Password
// field", "enter the PIN", input[type="password"].
func nounIn(label string) Kind {
	const longest = 200
	label = label[:min(len(label), longest)]
	if _, id, found := strings.Cut(label, "#"); found && id != "" { // a selector
		label = id
	}
	best := None
	n := nameOf(label)
	for k := 1; k <= n.words; k++ {
		if end := int(n.ends[k-1]); !NounNames.EndsName(string(n.text[:end]), end) {
			continue
		}
		if kind := n.kindOfLast(k); (kind >= Code || kind == Key) && (k == n.words || !labelEnds[string(n.lastWords(1, k+1))]) {
			best = kind
		}
	}
	for i := 0; i < len(label); {
		if !text.Is(label[i], text.Letter|text.Foreign) {
			i++
			continue
		}
		end := text.RunEnd(label, i, len(label), text.Alnum|text.Foreign|text.Joiner)
		tail := end
		for tail > i && !text.Is(label[tail-1], text.Letter|text.Foreign) {
			tail--
		}
		if !NounNames.EndsName(label, tail) {
			i = end
			continue
		}
		if kind := KindOf(label[max(0, i-nameMax/2):end]); kind >= Code || kind == Key {
			if inSet(labelEnds, wordAfter(label, end)) {
				return None
			}
			best = kind
		}
		i = end
	}
	return best
}

// labelEnds are words after a noun that make a label one of something else.
var labelEnds = wordSet(`hint policy length reset strength toggle visibility help error link expiry age rules requirements manager count limit type name id
	hash requirement reminder settings options status`)

// wordAfter returns the word after i, without what separates it.
func wordAfter(in string, i int) string {
	for i < len(in) && !text.Is(in[i], text.Letter) {
		i++
	}
	return in[i:text.RunEnd(in, i, len(in), text.Letter)]
}
