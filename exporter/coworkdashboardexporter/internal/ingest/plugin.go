package ingest

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"github.com/cowork-otel/collector/internal/cowork"
)

// pluginLoadedKind is the kind of events that name the plugins of a user.
const pluginLoadedKind = "plugin_loaded"

// A pluginPart is a plugin that a user has loaded.
type pluginPart struct{ plugin, enabledVia nameRef }

// pluginOf reads the plugin of an event, nil if it has no user.
func (in *intake) pluginOf(e cowork.Event, ev *event) *pluginPart {
	if ev.user == unknownName {
		return nil
	}
	return &pluginPart{in.names.ref(pluginKind, e.Dimension("plugin")), in.names.ref(labelKind, e.Dimension("enabled_via"))}
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
func (c *commit) writePluginUsers(ctx context.Context, tx transaction) error {
	days := map[pluginUser][2]int64{}
	for _, e := range c.events {
		if e.plugin == nil {
			continue
		}
		key := pluginUser{c.id(e.plugin.plugin), c.id(e.plugin.enabledVia), c.id(e.user), c.id(e.org)}
		day := e.at.day()
		if d, known := days[key]; known {
			days[key] = [2]int64{min(d[0], day), max(d[1], day)}
		} else {
			days[key] = [2]int64{day, day}
		}
	}
	var rows [][]any
	for _, k := range slices.SortedFunc(maps.Keys(days), pluginUser.compare) {
		rows = append(rows, []any{k.plugin, k.enabledVia, k.user, k.org, days[k][0], days[k][1]})
	}
	return tx.Insert(ctx, "plugin_users", pluginUserColumns, updatePluginUser, rows)
}
