package pii

import "strings"

// A topic is a set of things that a word near a number says it is about.
type topic uint8

const (
	phoneTopic topic = 1 << iota
	ssnTopic
	cardTopic
	ibanTopic
	versionTopic
)

// topicWords has the words, in small letters, by their first letter.
var topicWords = byFirstLetter([]topicWord{
	{"phone", phoneTopic},
	{"phones", phoneTopic},
	{"telephone", phoneTopic},
	{"telefon", phoneTopic},
	{"tel", phoneTopic},
	{"mobile", phoneTopic},
	{"cell", phoneTopic},
	{"cellphone", phoneTopic},
	{"call", phoneTopic},
	{"calling", phoneTopic},
	{"called", phoneTopic},
	{"dial", phoneTopic},
	{"fax", phoneTopic},
	{"sms", phoneTopic},
	{"whatsapp", phoneTopic},
	{"hotline", phoneTopic},
	{"reach", phoneTopic},
	{"answering", phoneTopic},
	{"office", phoneTopic},
	{"ssn", ssnTopic},
	{"social", ssnTopic},
	{"taxpayer", ssnTopic},
	{"itin", ssnTopic},
	{"card", cardTopic},
	{"cards", cardTopic},
	{"cc", cardTopic},
	{"credit", cardTopic},
	{"debit", cardTopic},
	{"visa", cardTopic},
	{"mastercard", cardTopic},
	{"maestro", cardTopic},
	{"amex", cardTopic},
	{"pan", cardTopic},
	{"iban", ibanTopic},
	{"account", ibanTopic},
	{"version", versionTopic},
	{"versions", versionTopic},
	{"ver", versionTopic},
	{"v", versionTopic},
	{"release", versionTopic},
	{"revision", versionTopic},
	{"build", versionTopic},
	{"section", versionTopic},
	{"chapter", versionTopic},
	{"assembly", versionTopic},
	{"chrome", versionTopic},
	{"chromium", versionTopic},
	{"firefox", versionTopic},
	{"electron", versionTopic},
	{"upgrade", versionTopic},
	{"upgraded", versionTopic},
})

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

// How far a word may stand from the number it is about.
const (
	contextBefore = 40
	contextAfter  = 14
)

// keyTopics returns what the key of the text speaks of.
func (w *walk) keyTopics() topic {
	if !w.topicsKnown {
		w.topicsKnown = true
		w.topics = topicsIn(w.key)
	}
	return w.topics
}

// speaksOf reports whether the key, or a word shortly before start or after end, is about one of the topics.
func (w *walk) speaksOf(want topic, start, end int) bool {
	return w.keyTopics()&want != 0 || topicsIn(w.before(start, contextBefore))&want != 0 ||
		topicsIn(w.text[end:min(len(w.text), end+contextAfter)])&want != 0
}

// before returns up to n bytes of the text before i, from the end of a marker on that would be cut.
func (w *walk) before(i, n int) string {
	from := max(0, i-n)
	back := max(0, from-len(markerStart)-markerMax)
	if open := strings.LastIndexByte(w.text[back:from], '['); open >= 0 {
		from = min(max(from, markerEnd(w.text, back+open)), i)
	}
	return w.text[from:i]
}

// topicsIn returns what the words of a short text are about. The names of markers do not count.
func topicsIn(text string) (found topic) {
	for i := 0; i < len(text); {
		c := text[i]
		if c == '[' {
			i = max(i+1, markerEnd(text, i))
			continue
		}
		if !is(c, letter) {
			i++
			continue
		}
		end := wordEnd(text, i)
		for _, w := range topicWords[lowered(c)-'a'] {
			if equalFold(text[i:end], w.word) {
				found |= w.topic
			}
		}
		i = end
	}
	return found
}

// wordEnd returns where the word that starts at i ends; a capital after a small letter starts another.
func wordEnd(text string, i int) int {
	for i++; i < len(text) && is(text[i], letter) && !(is(text[i], upper) && is(text[i-1], lower)); i++ {
	}
	return i
}
