package ingest

import (
	"context"
	"database/sql"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/database"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/details"
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
	teamKind
	costCenterKind
	hostKind
	labelKind // all others, such as decisions
	nameKinds // how many there are
)

// String returns the name of the kind in the table names.
func (k nameKind) String() string {
	return [...]string{"", "organization", "user", "model", "tool", "connector", "skill", "plugin", "agent", "client_version", "team", "cost_center", "host", "label"}[k]
}

// A nameRef refers to a name in memory. Its id in the database is known at the commit.
type nameRef uint32

// The reserved names, whose ids in the database are the same numbers.
const (
	unknownName nameRef = iota // a missing name
	otherName                  // a name beyond a limit
	reserved                   // how many they are
)

// A nameKey is a name with its kind.
type nameKey struct {
	kind nameKind
	text string
}

// names are the names of the process. They are not safe for concurrent use.
type names struct {
	limits [nameKinds]int
	count  [nameKinds]int
	refs   map[nameKey]nameRef
	list   []nameKey // by reference; names are only appended
	stats  *Stats
}

func newNames(set Settings, stats *Stats) *names {
	n := &names{stats: stats}
	for k := range n.limits {
		n.limits[k] = set.MaxNames
	}
	n.limits[userKind] = set.MaxUsers
	n.reset()
	return n
}

// reset forgets all names. No event may refer to them.
func (n *names) reset() {
	n.count, n.refs, n.list = [nameKinds]int{}, map[nameKey]nameRef{}, make([]nameKey, reserved)
}

// ref returns the reference to a name.
func (n *names) ref(kind nameKind, text string) nameRef {
	if text == "" {
		return unknownName
	}
	key := nameKey{kind, text}
	if r, ok := n.refs[key]; ok {
		return r
	}
	if key.text = details.Shorten(text); key.text != text {
		n.stats.Cut++
		if r, ok := n.refs[key]; ok {
			return r
		}
	}
	if n.count[kind] >= n.limits[kind] {
		n.stats.Overflow[kind]++
		return otherName
	}
	return n.addName(key)
}

// addName adds a name that is not there.
func (n *names) addName(key nameKey) nameRef {
	r := nameRef(len(n.list))
	n.list = append(n.list, key)
	n.refs[key] = r
	n.count[key.kind]++
	return r
}

// A storedName is a row of the table names.
type storedName struct {
	nameKey
	id, day int64
}

// readNames reads the names of the database, those that were used last first, so that
// they are known if there are more than the limits. Rows beyond all limits are not read.
func (in *Ingest) readNames(ctx context.Context) (list []storedName, err error) {
	most := in.set.MaxUsers + int(nameKinds)*in.set.MaxNames
	err = in.db.Read(ctx, func(ctx context.Context, tx *database.Tx) error {
		list = list[:0]
		query := "select id, kind, name, last_day from names where id >= $1 order by last_day desc, id limit $2"
		return tx.EachRow(ctx, query, []any{int64(reserved), most}, func(rows *sql.Rows) error {
			var n storedName
			var kind string
			if err := rows.Scan(&n.id, &kind, &n.text, &n.day); err != nil {
				return err
			}
			if n.kind = kindOfLabel(kind); n.kind.String() == kind {
				list = append(list, n)
			}
			return nil
		})
	})
	return list, err
}

// load adds stored names up to the limits, and returns the ids and the last days of their
// rows by reference.
func (n *names) load(stored []storedName) (ids, days []int64) {
	ids, days = make([]int64, reserved), make([]int64, reserved)
	for _, name := range stored {
		if n.count[name.kind] < n.limits[name.kind] {
			n.addName(name.nameKey)
			ids, days = append(ids, name.id), append(days, name.day)
		}
	}
	return ids, days
}
