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
type term struct {
	id       uint32
	category category
	text     string
	day      int64 // on which it was last used
}

// words number names. It is not safe for concurrent use.
type dictionary struct {
	limits [categories]int
	known  [categories]map[string]*term
	next   [categories]uint32
	free   [categories][]uint32
	dirty  map[*term]struct{} // to be stored
	stats  *Stats
}

func newDictionary(set Settings, stats *Stats) *dictionary {
	d := &dictionary{stats: stats, dirty: map[*term]struct{}{}}
	for c := range d.known {
		d.limits[c] = set.MaxNames
		d.known[c] = map[string]*term{}
		d.next[c] = overflow + 1
	}
	d.limits[catUser] = set.MaxUsers
	return d
}

// id returns a name's number on a day.
func (d *dictionary) id(c category, text string, day int64) uint32 {
	if text == "" {
		return noName
	}
	if len(text) > maxNameBytes || !utf8.ValidString(text) {
		text = shorten(text)
		d.stats.Cut++
	}
	known, ok := d.known[c][text]
	if !ok {
		if len(d.known[c]) >= d.limits[c] {
			d.stats.Overflow[c]++
			return overflow
		}
		known = &term{id: d.number(c), category: c, text: text}
		d.known[c][text] = known
	}
	if known.day < day {
		known.day = day
		d.dirty[known] = struct{}{}
	}
	return known.id
}

// number returns the least id that is free, so that ids stay as small as there are
// names.
func (d *dictionary) number(c category) uint32 {
	if n := len(d.free[c]); n > 0 {
		id := d.free[c][n-1]
		d.free[c] = d.free[c][:n-1]
		return id
	}
	d.next[c]++
	return d.next[c] - 1
}

// learn takes up a word that is stored.
func (d *dictionary) loadTerm(known term) {
	d.known[known.category][known.text] = &known
	d.next[known.category] = max(d.next[known.category], known.id+1)
}

// fill finds the ids that are free, below the greatest.
func (d *dictionary) findFreeIDs() {
	for c := range d.known {
		taken := make([]bool, d.next[c])
		for _, known := range d.known[c] {
			taken[known.id] = true
		}
		for id := d.next[c]; id > overflow+1; id-- {
			if !taken[id-1] {
				d.free[c] = append(d.free[c], id-1)
			}
		}
	}
}

// forget drops the words that were last used before a day. Their ids are given to
// others, so whatever has them must be gone.
func (d *dictionary) expire(day int64) {
	for c := range d.known {
		for text, known := range d.known[c] {
			if known.day < day {
				delete(d.known[c], text)
				delete(d.dirty, known)
				d.free[c] = append(d.free[c], known.id)
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
