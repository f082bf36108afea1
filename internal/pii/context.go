package pii

import (
	"math/bits"
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/text"

	"github.com/cowork-otel/collector/internal/pii/internal/span"
)

// A topic is a set of subjects of context words, the words near a number.
type topic uint8

const (
	phoneTopic topic = 1 << iota
	ssnTopic
	cardTopic
	ibanTopic
	versionTopic
	numberTopic // some number, perhaps a telephone's

	topicCount = iota
)

type topicWord struct {
	word  string
	topic topic
}

func byFirstLetter(words []topicWord) (t [26][]topicWord) {
	for _, w := range words {
		t[w.word[0]-'a'] = append(t[w.word[0]-'a'], w)
	}
	return t
}

// How far a context word may be from its number.
const (
	contextBefore = 40
	contextAfter  = 14
)

// keyTopics returns the topics of the key of the text.
func (w *walk) keyTopics() topic {
	if !w.topicsKnown {
		w.topicsKnown = true
		w.topics = topicsIn(w.Key)
	}
	return w.topics
}

// hasForeignTopicBefore reports whether a context word with letters beyond ASCII starts at
// most n bytes, plus the length of the word, before i.
func (w *walk) hasForeignTopicBefore(want topic, i, n int) bool {
	const word = 12
	before := w.Text[max(0, i-n-word):i]
	if i == 0 || !hasForeign(before) {
		return false
	}
	for _, f := range foreignWords {
		if f.topic == want && strings.Contains(before, f.word) {
			return true
		}
	}
	return false
}

// hasForeign reports whether a short text has a byte that is not ASCII.
func hasForeign(in string) bool {
	for i := range len(in) {
		if text.Is(in[i], text.Foreign) {
			return true
		}
	}
	return false
}

// hasTopicNear reports whether the key, or a context word shortly before start or after end, is about a topic.
func (w *walk) hasTopicNear(want topic, start, end int) bool {
	return w.keyTopics()&want != 0 || w.hasTopicBefore(want, start, contextBefore) ||
		topicsIn(w.Text[end:min(len(w.Text), end+contextAfter)])&want != 0
}

// hasTopicBefore reports whether a context word about a topic ends at most n bytes before
// i. It reads each byte once for all numbers of a text.
func (w *walk) hasTopicBefore(want topic, i, n int) bool {
	if i > w.wordsSeen {
		from := w.contextStart(max(w.wordsSeen, i-contextBefore))
		if from < i {
			w.readWords(from, i)
		}
		w.wordsSeen = i
	}
	last := w.lastWord[bits.TrailingZeros8(uint8(want))]
	return last > 0 && last <= i && i-last <= n
}

// contextStart returns the end of the marker that contains i, else i.
func (w *walk) contextStart(i int) int {
	back := max(0, i-len(span.MarkerStart)-span.MarkerMax)
	if open := strings.LastIndexByte(w.Text[back:i], '['); open >= 0 {
		return max(i, span.MarkerEnd(w.Text, back+open))
	}
	return i
}

// readWords records the topics of the words in [from, to).
func (w *walk) readWords(from, to int) {
	if from > 0 && text.Is(w.Text[from-1], text.Letter) {
		from = text.RunEnd(w.Text, from, to, text.Letter)
	}
	eachTopic(w.Text[from:to], func(found topic, end int) {
		for ; found != 0; found &= found - 1 {
			w.lastWord[bits.TrailingZeros8(uint8(found))] = from + end
		}
	})
}

// before returns up to n bytes of the text before i, without a part of a marker.
func (w *walk) before(i, n int) string {
	return w.Text[min(w.contextStart(max(0, i-n)), i):i]
}

// topicsIn returns the topics of the words of a short text.
func topicsIn(in string) (all topic) {
	eachTopic(in, func(found topic, _ int) { all |= found })
	return all
}

// eachTopic calls yield for each context word, with its end. It skips markers.
func eachTopic(in string, yield func(found topic, end int)) {
	for i := 0; i < len(in); {
		c := in[i]
		if c == '[' {
			i = max(i+1, span.MarkerEnd(in, i))
			continue
		}
		if !text.Is(c, text.Letter) {
			i++
			continue
		}
		end := wordEnd(in, i)
		for _, w := range topicWords[text.ToLower(c)-'a'] {
			if text.EqualFold(in[i:end], w.word) {
				yield(w.topic, end)
			}
		}
		i = end
	}
}

// wordEnd returns where the word that starts at i ends; a capital after a small letter starts another.
func wordEnd(in string, i int) int {
	for i++; i < len(in) && text.Is(in[i], text.Letter) && !(text.Is(in[i], text.Upper) && text.Is(in[i-1], text.Lower)); i++ {
	}
	return i
}
