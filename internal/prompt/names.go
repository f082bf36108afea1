package prompt

import (
	"slices"
	"strings"
	"unicode/utf8"
	"unique"
)

// A nameList is one of the lists of names that a summary has.
type nameList uint8

const (
	models nameList = iota
	tools
	connectors
	skills
	subagents
	nameLists // how many there are
)

// A name is an entry of one of a prompt's lists. All prompts share one copy of its
// text, since fleets use few models and tools.
type name struct {
	text unique.Handle[string]
	list nameList
}

// addName puts a name into a list of a prompt, once.
func (t *Tracker) addName(e *entry, list nameList, text string) {
	if text == "" {
		return
	}
	if len(text) > maxNameBytes {
		text = cut(text, maxNameBytes)
		t.stats.Cut[NameText]++
	}
	n := 0
	for _, has := range e.names {
		if has.list != list {
			continue
		}
		if has.text.Value() == text {
			return
		}
		n++
	}
	if n >= maxNames || t.textBytes+len(text) > t.set.MaxTextBytes {
		t.stats.Cut[NameText]++
		return
	}
	t.textBytes += len(text)
	e.names = append(e.names, name{unique.Make(text), list})
}

// dropNames empties the lists of a prompt that was closed.
func (t *Tracker) dropNames(e *entry) {
	for _, n := range e.names {
		t.textBytes -= len(n.text.Value())
	}
	e.names = nil
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

// cut shortens text to whole characters. What it returns shares no memory with it.
func cut(text string, limit int) string {
	for limit > 0 && !utf8.RuneStart(text[limit]) {
		limit--
	}
	return strings.Clone(text[:limit])
}
