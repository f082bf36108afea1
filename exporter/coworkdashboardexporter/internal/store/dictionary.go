package store

import (
	"strings"
	"unicode/utf8"
)

// A category is a category of names. Each has ids of its own, so that users are numbered
// without gaps, and a limit of its own.
type category uint8

// The categories. Their values are stored: new ones are appended.
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
	categories // the number of categories
)

// String returns the category's name.
func (c category) String() string {
	return [...]string{"organization", "user", "model", "tool", "connector", "skill", "plugin", "agent", "client_version", "label"}[c]
}

// The ids that are not names: of a missing name, and of names beyond the limit.
const (
	noName   = 0
	overflow = 1
)

// A term is a name with its id.
type term struct {
	id       uint32
	category category
	text     string
	day      int64 // the day of its last use
}

// A dictionary assigns ids to names. It is not safe for concurrent use.
type dictionary struct {
	limits [categories]int
	known  [categories]map[string]*term
	next   [categories]uint32
	free   [categories][]uint32
	dirty  map[*term]struct{} // not stored yet
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

// id returns the id of a name and records the day of its use.
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

// number returns a free id, preferably a reused one, so that ids stay small.
func (d *dictionary) number(c category) uint32 {
	if n := len(d.free[c]); n > 0 {
		id := d.free[c][n-1]
		d.free[c] = d.free[c][:n-1]
		return id
	}
	d.next[c]++
	return d.next[c] - 1
}

// loadTerm adds a term of the database.
func (d *dictionary) loadTerm(known term) {
	d.known[known.category][known.text] = &known
	d.next[known.category] = max(d.next[known.category], known.id+1)
}

// findFreeIDs collects the unused ids below the largest.
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

// expire drops the terms that were last used before a day. Their ids are reused, so no
// row may refer to them.
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

// shorten truncates a name and replaces invalid UTF-8.
func shorten(s string) string {
	n := min(len(s), maxNameBytes)
	for n > 0 && n < len(s) && !utf8.RuneStart(s[n]) {
		n--
	}
	return strings.ToValidUTF8(s[:n], "?")
}
