package details

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/database"
	"github.com/cowork-otel/collector/internal/cowork"
)

// A sourceKind names the attributes of an event that shows what a user has: a connector, a
// plugin or a skill, where it is from, and its marketplace. Hosts are read with the facts.
type sourceKind struct {
	what, name, origin, marketplace string // marketplace is "" if it has none
	// holds reports whether an event shows it, nil if each does.
	holds func(cowork.Event) bool
}

// sourceKinds are the kinds of events that show what a user has.
var sourceKinds = map[string]*sourceKind{
	"mcp_server_connection": {what: "connector", name: "connector", origin: "server_scope", holds: isConnected},
	"tool_result":           {what: "connector", name: "connector", origin: "mcp_server_scope"},
	"plugin_loaded":         {what: "plugin", name: "plugin", origin: "plugin.scope", marketplace: "marketplace.name"},
	"skill_activated":       {what: "skill", name: "skill", origin: "skill.source", marketplace: "marketplace.name"},
}

func isConnected(e cowork.Event) bool {
	c, _ := cowork.MCPConnectionOf(e)
	return c.Status() != "failed"
}

// A Source is what an event shows that its user has.
type Source struct{ What, Name, Origin, Marketplace string }

// SourceOf returns what an event of a kind shows that its user has, false if it shows
// nothing.
func SourceOf(e cowork.Event, kind string) (s Source, ok bool) {
	k := sourceKinds[kind]
	if k == nil || k.holds != nil && !k.holds(e) {
		return s, false
	}
	if s.Name = e.Dimension(k.name); s.Name == "" {
		return s, false
	}
	s.What, s.Origin = k.what, e.Dimension(k.origin)
	if k.marketplace != "" {
		s.Marketplace = e.Dimension(k.marketplace)
	}
	return s, true
}

// A SourceRow is a key of the table sources.
type SourceRow struct {
	What                                          string
	Name, Origin, Marketplace, User, Organization int64
}

func (r SourceRow) compare(o SourceRow) int {
	return cmp.Or(
		cmp.Compare(r.What, o.What), cmp.Compare(r.Name, o.Name), cmp.Compare(r.Origin, o.Origin),
		cmp.Compare(r.Marketplace, o.Marketplace), cmp.Compare(r.User, o.User), cmp.Compare(r.Organization, o.Organization))
}

var sourceColumns = []string{"what", "name_id", "origin_id", "marketplace_id", "user_id", "organization_id", "first_day", "last_day"}

// updateSource extends the days of a row. It writes nothing if they have the day already.
const updateSource = `on conflict (what, name_id, origin_id, marketplace_id, user_id, organization_id) do update set
	first_day = case when excluded.first_day < sources.first_day then excluded.first_day else sources.first_day end,
	last_day = case when excluded.last_day > sources.last_day then excluded.last_day else sources.last_day end
	where excluded.first_day < sources.first_day or excluded.last_day > sources.last_day`

// writeSources writes the first and the last day on which users had connectors, plugins and
// skills.
func writeSources(ctx context.Context, tx *database.Tx, events []Event) error {
	days := map[SourceRow][2]int64{}
	for i := range events {
		e := &events[i]
		for _, r := range e.Sources {
			d, known := days[r]
			if !known {
				d = [2]int64{e.Day, e.Day}
			}
			days[r] = [2]int64{min(d[0], e.Day), max(d[1], e.Day)}
		}
	}
	var rows [][]any
	for _, r := range slices.SortedFunc(maps.Keys(days), SourceRow.compare) {
		rows = append(rows, []any{r.What, r.Name, r.Origin, r.Marketplace, r.User, r.Organization, days[r][0], days[r][1]})
	}
	return tx.Insert(ctx, "sources", sourceColumns, updateSource, rows)
}

// A pluginUser is the key of the table plugin_users.
type pluginUser struct{ plugin, enabledVia, user, org int64 }

func (p pluginUser) compare(o pluginUser) int {
	return cmp.Or(cmp.Compare(p.plugin, o.plugin), cmp.Compare(p.enabledVia, o.enabledVia), cmp.Compare(p.user, o.user), cmp.Compare(p.org, o.org))
}

var pluginUserColumns = []string{"plugin_id", "enabled_via_id", "user_id", "organization_id", "first_day", "last_day"}

const updatePluginUser = `on conflict (plugin_id, enabled_via_id, user_id, organization_id) do update set
	first_day = case when excluded.first_day < plugin_users.first_day then excluded.first_day else plugin_users.first_day end,
	last_day = case when excluded.last_day > plugin_users.last_day then excluded.last_day else plugin_users.last_day end`

// writePluginUsers writes the first and the last day on which users loaded plugins.
func writePluginUsers(ctx context.Context, tx *database.Tx, events []Event) error {
	days := map[pluginUser][2]int64{}
	for i := range events {
		e := &events[i]
		if !e.Plugin || e.User == 0 {
			continue
		}
		key := pluginUser{e.PluginName, e.EnabledVia, e.User, e.Organization}
		if d, known := days[key]; known {
			days[key] = [2]int64{min(d[0], e.Day), max(d[1], e.Day)}
		} else {
			days[key] = [2]int64{e.Day, e.Day}
		}
	}
	var rows [][]any
	for _, k := range slices.SortedFunc(maps.Keys(days), pluginUser.compare) {
		rows = append(rows, []any{k.plugin, k.enabledVia, k.user, k.org, days[k][0], days[k][1]})
	}
	return tx.Insert(ctx, "plugin_users", pluginUserColumns, updatePluginUser, rows)
}
