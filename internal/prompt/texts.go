package prompt

import (
	"encoding/hex"
	"slices"
	"strings"
	"unicode/utf8"
	"unique"

	"github.com/cowork-otel/collector/internal/digest"
)

// A textBudget bounds the names and attributes of all open prompts, in bytes.
type textBudget struct {
	used, limit int
	senders     map[digest.Digest]*sender // shared by the prompts of a user
	cut         *[Texts]int64
}

// A nameList is one of the lists of names in a summary.
type nameList uint8

const (
	models nameList = iota
	tools
	connectors
	skills
	subagents
	nameLists // how many there are
)

// A name is an element of one of a prompt's lists. All prompts share one copy of its
// text, since fleets use few models and tools.
type name struct {
	text unique.Handle[string]
	list nameList
}

// addName adds a name to a list of a prompt, once.
func (b *textBudget) addName(e *entry, list nameList, text string) {
	if text == "" {
		return
	}
	if len(text) > maxNameBytes {
		text = truncated(text, maxNameBytes)
		b.cut[NameText]++
	}
	n := 0
	for _, other := range e.names {
		if other.list != list {
			continue
		}
		if other.text.Value() == text {
			return
		}
		n++
	}
	if n >= maxNames || b.used+len(text) > b.limit {
		b.cut[NameText]++
		return
	}
	b.used += len(text)
	e.names = append(e.names, name{unique.Make(text), list})
}

// releaseNames empties the lists of a prompt.
func (b *textBudget) releaseNames(e *entry) {
	b.used -= nameBytes(e)
	e.names = nil
}

// nameBytes returns the bytes of a prompt's names.
func nameBytes(e *entry) (n int) {
	for _, name := range e.names {
		n += len(name.text.Value())
	}
	return n
}

// namesOf returns a list in alphabetical order.
func namesOf(all []name, list nameList) (texts []string) {
	for _, n := range all {
		if n.list == list {
			texts = append(texts, n.text.Value())
		}
	}
	slices.Sort(texts)
	return texts
}

// truncated shortens a text to whole characters. The result shares no memory with it.
func truncated(text string, limit int) string {
	for limit > 0 && !utf8.RuneStart(text[limit]) {
		limit--
	}
	return strings.Clone(text[:limit])
}

// bounded returns an id that is short enough to store. A long one is replaced by its
// trace id in the form of a UUID, which has the same trace id.
func (b *textBudget) bounded(id string) string {
	if len(id) <= maxIDBytes {
		return id
	}
	b.cut[IDText]++
	trace := TraceID(id)
	var text [36]byte
	at := 0
	for _, part := range [...][]byte{trace[:4], trace[4:6], trace[6:8], trace[8:10], trace[10:]} {
		if at > 0 {
			text[at] = '-'
			at++
		}
		at += hex.Encode(text[at:], part)
	}
	return string(text[:])
}
