package ingest

import (
	"strings"
	"unicode/utf8"
)

// A nameKind is a kind of names. Each has a limit of its own.
type nameKind uint8

// The kinds.
const (
	noKind nameKind = iota // of the reserved names
	organizationKind
	userKind
	modelKind
	toolKind
	connectorKind
	skillKind
	pluginKind
	agentKind
	versionKind
	labelKind // all others, such as decisions
	nameKinds // how many there are
)

// String returns the name of the kind in the table names.
func (k nameKind) String() string {
	return [...]string{"", "organization", "user", "model", "tool", "connector", "skill", "plugin", "agent", "client_version", "label"}[k]
}

// A nameRef refers to a name in memory. Its id in the database is known at the commit.
type nameRef uint32

// The reserved names, whose ids in the database are the same numbers.
const (
	unknownName nameRef = iota // a missing name
	otherName                  // a name beyond a limit
)

// A nameKey is a name with its kind.
type nameKey struct {
	kind nameKind
	text string
}

// A storedName is what is known of a name's row.
type storedName struct {
	nameKey
	id  int64 // 0 while the row is not known
	day int64 // the last day of its row
}

// names hold the names of the process. They are not safe for concurrent use.
type names struct {
	limits [nameKinds]int
	count  [nameKinds]int
	refs   map[nameKey]nameRef
	list   []storedName
	stats  *Stats
}

func newNames(set Settings, stats *Stats) *names {
	n := &names{refs: map[nameKey]nameRef{}, list: []storedName{{id: 0}, {id: 1}}, stats: stats}
	for k := range n.limits {
		n.limits[k] = set.MaxNames
	}
	n.limits[userKind] = set.MaxUsers
	return n
}

// ref returns the reference to a name.
func (n *names) ref(kind nameKind, text string) nameRef {
	if text == "" {
		return unknownName
	}
	if len(text) > maxNameBytes || !utf8.ValidString(text) {
		text = shorten(text)
		n.stats.Cut++
	}
	key := nameKey{kind, text}
	if r, ok := n.refs[key]; ok {
		return r
	}
	if n.count[kind] >= n.limits[kind] {
		n.stats.Overflow[kind]++
		return otherName
	}
	return n.add(storedName{nameKey: key})
}

func (n *names) add(name storedName) nameRef {
	r := nameRef(len(n.list))
	n.list = append(n.list, name)
	n.refs[name.nameKey] = r
	n.count[name.kind]++
	return r
}

// text returns a name, "" if it is unknown, and "(other)" for one beyond a limit.
func (n *names) text(r nameRef) string {
	if r == otherName {
		return "(other)"
	}
	return n.list[r].text
}

// shorten truncates a name and replaces what cannot be stored as text: invalid UTF-8,
// and the zero byte.
func shorten(s string) string {
	n := min(len(s), maxNameBytes)
	for n > 0 && n < len(s) && !utf8.RuneStart(s[n]) {
		n--
	}
	return strings.ReplaceAll(strings.ToValidUTF8(s[:n], "?"), "\x00", "?")
}
