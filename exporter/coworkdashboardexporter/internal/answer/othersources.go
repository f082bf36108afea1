package answer

import (
	"fmt"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// newDays is how long a connector, a plugin, a skill or a host is new.
const newDays = 7

// sourcesOf returns the data of what users have: rows of the table sources by the keys that
// stand for its columns. Its sums are the users in the time range, the first and the last
// day, and names, the number of distinct names. Unofficial
// are those whose origin is neither official nor the organization. A row is used if its last day is in the range.
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
