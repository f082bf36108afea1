package answer

import (
	"fmt"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// versionSums are the sums of the data of versions.
var versionSums = map[string]string{report.Users: "count(distinct nullif(user_id, 0))", "first_day": "min(first_day)", "last_day": "max(last_day)"}

// pluginVersions are the versions of plugins that users have, with the teams of the users.
var pluginVersions = &other{
	user: true, organization: true, sums: versionSums,
	rows: func(s *statement) string {
		return `select * from (
			select plugin_id, version_id, versions.user_id, organization_id, first_day, versions.last_day, team_id
			from (` + usedVersions(s) + `) as versions left join people on people.user_id = versions.user_id
		) as placed where user_id >= 0`
	},
}

// pluginsBehind are the newest versions of plugins that users have, of those users for whom
// it is older than the newest one that anybody has in the time range.
var pluginsBehind = &other{
	user: true, organization: true, sums: versionSums,
	rows: func(s *statement) string {
		return `select * from (
			select plugin_id, version_id, user_id, organization_id, first_day, last_day, version_key,
				max(version_key) over (partition by plugin_id) as newest_key,
				first_value(version_id) over (partition by plugin_id order by version_key desc, version_id desc) as newest_id,
				row_number() over (partition by plugin_id, user_id, organization_id order by version_key desc, version_id desc) as place
			from (` + usedVersions(s) + `) as versions where user_id > 0 and key_id > 0
		) as ranked where place = 1 and version_key < newest_key`
	},
}

// usedVersions returns the query for the versions that were used in the time range.
func usedVersions(s *statement) string {
	first, last := s.span.slots[0].at, s.span.slots[len(s.span.slots)-1].at
	return fmt.Sprintf(`select name_id as plugin_id, origin_id as version_id, user_id, organization_id, first_day, sources.last_day, marketplace_id as key_id, keys.name as version_key
		from sources left join names as keys on keys.id = marketplace_id
		where what = 'plugin_version' and first_day <= %d and sources.last_day >= %d`, dateNumber(last), dateNumber(first))
}
