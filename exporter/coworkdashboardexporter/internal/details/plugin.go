package details

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/database"
)

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
