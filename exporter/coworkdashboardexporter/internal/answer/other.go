package answer

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// Other is data that is not a table of sums.
type other struct {
	// rows returns the query for the rows, limited to the time range.
	rows func(*statement) string
	// user and organization are set if rows have user_id and organization_id. Any is set
	// for data that does not depend on names.
	user, organization, any bool
	// texts is set if keys are texts instead of ids.
	texts bool
	// sums are the expressions of sums by keys. A query without sums reads the rows.
	sums map[string]string
}

// otherData are the data that queries use besides facts.
//
//   - plugin_users: users by plugin and enabled_via, and the first_day with any
//   - people: users with a team
//   - user_connectors, user_plugins, user_skills, user_hosts, plugin_verdicts: what users
//     have, see sourcesOf
//   - plugin_versions, plugins_behind: the versions of plugins that users have
//   - alerts: alerts that are firing, or were notified in the time range
//   - span: one row with the days of the time range that have figures, and the value of
//     a seat a month, seat_value_usd
var otherData = map[string]*other{
	"plugin_users": {
		user: true, organization: true,
		rows: func(s *statement) string {
			first, last := s.span.slots[0].at, s.span.slots[len(s.span.slots)-1].at
			return fmt.Sprintf("select * from plugin_users where last_day >= %d and first_day <= %d", dateNumber(first), dateNumber(last))
		},
		sums: map[string]string{report.Users: "count(distinct nullif(user_id, 0))", "first_day": "min(first_day)"},
	},
	"user_connectors": sourcesOf("connector", "connector", "scope", "verdict"),
	"user_plugins":    sourcesOf("plugin", "plugin", "plugin_scope", "marketplace"),
	"user_skills":     sourcesOf("skill", "skill", "source", "marketplace"),
	"user_hosts":      sourcesOf("host", "host", "verdict", ""),
	"plugin_verdicts": sourcesOf("plugin_verdict", "plugin", "verdict", ""),
	"plugin_versions": pluginVersions,
	"plugins_behind":  pluginsBehind,
	"people": {
		user: true,
		rows: func(*statement) string {
			return "select user_id, team_id, cost_center_id from people where team_id > 0"
		},
		sums: map[string]string{report.Users: "count(*)"},
	},
	"alerts": {
		user: true, texts: true, // few rules group by organization
		rows: func(s *statement) string {
			return fmt.Sprintf("select * from alerts where (status = 'firing' or last_seen between %d and %d)", s.span.from.Unix(), s.span.to.Unix()-1)
		},
		sums: map[string]string{"alerts": "count(*)"},
	},
	"span": {
		any: true,
		rows: func(s *statement) string {
			return fmt.Sprintf("select %.6f as days, nullif(%.6f, 0) as seat_value_usd", s.extent.days, s.extent.seat)
		},
	},
}

func (o *other) supports(f report.Filter) bool {
	return o.any || f.Model == "" && f.Tool == "" && f.Connector == "" &&
		(f.User == "" && f.Team == "" || o.user) && (f.Organization == "" || o.organization)
}

// other returns the query for data that is not a fact.
func (s *statement) other(o *other, q *report.Query) string {
	query := o.rows(s)
	if o.any {
		return query
	}
	for _, key := range slices.Sorted(maps.Keys(q.Only)) {
		if o.texts {
			query += " and " + key + " = " + s.arg(q.Only[key])
		} else {
			query += " and " + s.isNamed(key, q.Only[key])
		}
	}
	if s.filter.User != "" {
		query += " and user_id = " + s.arg(s.ids.user)
	}
	if s.filter.Team != "" {
		query += " and " + s.inTeam("user_id")
	}
	if s.filter.Organization != "" {
		query += " and organization_id = " + s.arg(s.ids.organization)
	}
	if len(q.Sums) == 0 {
		return query
	}
	group := s.columns(q, false)
	values := slices.Clone(group)
	for _, sum := range q.Sums {
		values = append(values, o.sums[sum]+" as "+sum)
	}
	query = "select " + strings.Join(values, ", ") + " from (" + query + ") as data"
	if len(group) > 0 {
		query += " group by " + strings.Join(group, ", ")
	}
	return named(query, q.By, nil)
}

// newDays is how long a connector, a plugin, a skill or a host is new.
const newDays = 7

// sourcesOf returns the data of what users have: rows of the table sources, with its
// columns under the names of the keys. Its sums are the users in the time range, the first
// and the last day, and names, the number of distinct names. Unofficial are those whose
// origin is neither official nor the organization. A row is used if its last day is in the
// range.
// A name is recent if no user had it until a week before the end of the range. What is as
// old as the oldest row is not recent: the page has no earlier data.
func sourcesOf(what, name, origin, marketplace string) *other {
	official := "select id from names where kind = 'label' and name in ('official', 'default-bundle', 'org')"
	return &other{
		user: true, organization: true,
		rows: func(s *statement) string {
			first, last := s.span.slots[0].at, s.span.slots[len(s.span.slots)-1].at
			columns := "name_id as " + idColumn(name)
			if origin != "" {
				columns += ", origin_id as " + idColumn(origin)
			}
			if marketplace != "" {
				columns += ", marketplace_id as " + idColumn(marketplace)
			}
			return fmt.Sprintf(`select * from (select %s, user_id, organization_id, first_day, last_day,
				case when first_day > %d and first_day > (select min(first_day) from sources) and not exists (
					select 1 from sources as s where s.what = sources.what and s.name_id = sources.name_id and s.first_day < sources.first_day
				) then 1 else 0 end as recent
				from sources where what = '%s' and first_day <= %d and last_day >= %d) as used where user_id >= 0`,
				columns, dateNumber(report.StartOfDay(last, -newDays)), what, dateNumber(last), dateNumber(first))
		},
		sums: map[string]string{
			report.Users: "count(distinct nullif(user_id, 0))", "first_day": "min(first_day)", "last_day": "max(last_day)", "recent": "max(recent)",
			"names": "count(distinct " + idColumn(name) + ")", "new_names": "count(distinct case when recent = 1 then " + idColumn(name) + " end)",
			"unofficial": "count(distinct case when " + idColumn(origin) + " not in (" + official + ") then " + idColumn(name) + " end)",
		},
	}
}
