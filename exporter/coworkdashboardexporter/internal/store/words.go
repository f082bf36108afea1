package store

import (
	"strings"
	"unicode/utf8"
)

// A category is a sort of names. Each has ids of its own, so that users are numbered
// without gaps and no sort can take the room of another.
type category uint8

// The categories. They are stored: new ones come at the end.
const (
	catOrganization category = iota
	catUser
	catModel
	catTool
	catConnector
	catSkill
	catPlugin
	catAgent
	catVersion
	catLabel
	categories // how many there are
)

// String returns the category's name.
func (c category) String() string {
	return [...]string{"organization", "user", "model", "tool", "connector", "skill", "plugin", "agent", "client_version", "label"}[c]
}

// The ids that no name has: of what was not told, and of what found no room.
const (
	noName   = 0
	overflow = 1
)

// A word is a name that is kept once.
type word struct {
	id       uint32
	category category
	text     string
	day      int64 // on which it was last used
}

// words number names. It is not safe for concurrent use.
type words struct {
	limits [categories]int
	known  [categories]map[string]*word
	next   [categories]uint32
	free   [categories][]uint32
	dirty  map[*word]struct{} // to be stored
	stats  *Stats
}

func newWords(set Settings, stats *Stats) *words {
	w := &words{stats: stats, dirty: map[*word]struct{}{}}
	for c := range w.known {
		w.limits[c] = set.MaxNames
		w.known[c] = map[string]*word{}
		w.next[c] = overflow + 1
	}
	w.limits[catUser] = set.MaxUsers
	return w
}

// id returns a name's number on a day.
func (w *words) id(c category, text string, day int64) uint32 {
	if text == "" {
		return noName
	}
	if len(text) > maxNameBytes || !utf8.ValidString(text) {
		text = shorten(text)
		w.stats.Cut++
	}
	known, ok := w.known[c][text]
	if !ok {
		if len(w.known[c]) >= w.limits[c] {
			w.stats.Overflow[c]++
			return overflow
		}
		known = &word{id: w.number(c), category: c, text: text}
		w.known[c][text] = known
	}
	if known.day < day {
		known.day = day
		w.dirty[known] = struct{}{}
	}
	return known.id
}

// number returns the least id that is free, so that ids stay as small as there are
// names.
func (w *words) number(c category) uint32 {
	if n := len(w.free[c]); n > 0 {
		id := w.free[c][n-1]
		w.free[c] = w.free[c][:n-1]
		return id
	}
	w.next[c]++
	return w.next[c] - 1
}

// learn takes up a word that is stored.
func (w *words) learn(known word) {
	w.known[known.category][known.text] = &known
	w.next[known.category] = max(w.next[known.category], known.id+1)
}

// forget drops the words that were last used before a day. Their ids are given to
// others, so whatever has them must be gone.
func (w *words) forget(day int64) {
	for c := range w.known {
		for text, known := range w.known[c] {
			if known.day < day {
				delete(w.known[c], text)
				delete(w.dirty, known)
				w.free[c] = append(w.free[c], known.id)
			}
		}
	}
}

// shorten makes a name one that can be shown.
func shorten(s string) string {
	n := min(len(s), maxNameBytes)
	for n > 0 && n < len(s) && !utf8.RuneStart(s[n]) {
		n--
	}
	return strings.ToValidUTF8(s[:n], "?")
}
