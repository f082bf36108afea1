package details

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/database"
	"github.com/cowork-otel/collector/internal/cowork"
)

// A sourceKind names what an event shows that a user has: the dimension of its name, where
// it is from, and its marketplace. Hosts are read with the facts.
type sourceKind struct {
	what, name          string
	origin, marketplace func(cowork.Event) string // marketplace is nil if it has none
	// holds reports whether an event shows it, nil if each does.
	holds func(cowork.Event) bool
}

var (
	market   = cowork.DimensionOf("marketplace.name")
	version  = cowork.DimensionOf("plugin.version")
	verdict  = cowork.DimensionOf("cowork.plugin.verdict")
	judgment = cowork.DimensionOf("cowork.connector.verdict")

	// The version of a plugin has the key by which versions are compared in place of a
	// marketplace, and a connector has its verdict.
	pluginVersions = sourceKind{what: "plugin_version", name: "plugin", origin: version, marketplace: versionKey, holds: has(version)}
	pluginVerdicts = sourceKind{what: "plugin_verdict", name: "plugin", origin: verdict, holds: has(verdict)}
)

// sourceKinds are what kinds of events show that a user has.
var sourceKinds = map[string][]sourceKind{
	"mcp_server_connection": {{what: "connector", name: "connector", origin: cowork.DimensionOf("server_scope"), marketplace: judgment, holds: isConnected}},
	"tool_result":           {{what: "connector", name: "connector", origin: cowork.DimensionOf("mcp_server_scope"), marketplace: judgment}},
	"plugin_loaded":         {{what: "plugin", name: "plugin", origin: cowork.DimensionOf("plugin.scope"), marketplace: market}, pluginVersions, pluginVerdicts},
	"plugin_installed":      {pluginVersions, pluginVerdicts},
	"skill_activated":       {{what: "skill", name: "skill", origin: cowork.DimensionOf("skill.source"), marketplace: market}},
}

func isConnected(e cowork.Event) bool {
	c, _ := cowork.MCPConnectionOf(e)
	return c.Status() != "failed"
}

func has(read func(cowork.Event) string) func(cowork.Event) bool {
	return func(e cowork.Event) bool { return read(e) != "" }
}

// A Source is what an event shows that its user has.
type Source struct{ What, Name, Origin, Marketplace string }

// SourcesOf iterates over what an event of a kind shows that its user has.
func SourcesOf(e cowork.Event, kind string) iter.Seq[Source] {
	return func(yield func(Source) bool) {
		for i := range sourceKinds[kind] {
			k := &sourceKinds[kind][i]
			if k.holds != nil && !k.holds(e) {
				continue
			}
			s := Source{What: k.what, Name: e.Dimension(k.name), Origin: k.origin(e)}
			if s.Name == "" {
				return
			}
			if k.marketplace != nil {
				s.Marketplace = k.marketplace(e)
			}
			if !yield(s) {
				return
			}
		}
	}
}

// versionKey returns digits by which versions of a plugin are compared as texts: six for
// each of four numbers, then 1 for a release and 0 for a version before it, such as
// 1.0.0-beta. It is "" for a version without this form.
func versionKey(e cowork.Event) string {
	numbers, before, early := strings.Cut(strings.TrimPrefix(version(e), "v"), "-")
	numbers, _, _ = strings.Cut(numbers, "+")
	parts := strings.Split(numbers, ".")
	if len(parts) > 4 || early && before == "" {
		return ""
	}
	var b strings.Builder
	for i := range 4 {
		n := uint64(0)
		if i < len(parts) {
			var err error
			if n, err = strconv.ParseUint(parts[i], 10, 64); err != nil || n > 999_999 {
				return ""
			}
		}
		fmt.Fprintf(&b, "%06d", n)
	}
	if early {
		return b.String() + "0"
	}
	return b.String() + "1"
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
