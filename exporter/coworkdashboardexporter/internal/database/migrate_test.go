package database

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/fact"
)

// TestCallsByUser upgrades a database of before migration 0012: the calls of users are those
// of their tools, also by week.
func TestCallsByUser(t *testing.T) {
	onBoth(t, func(t *testing.T, name string) {
		t.Helper()
		d := open(t, Settings{Name: name})
		activity := fact.TableOf("activity_by_user")
		for grain, times := range map[fact.Grain][]string{fact.Hour: {"3600", "7200"}, fact.Day: {"20261128", "20261129", "20261130"}, fact.Week: {"20261123", "20261130"}} {
			for _, at := range times {
				for _, user := range []string{"1", "2"} {
					run(t, d, "insert into "+activity.Of(grain)+" ("+strings.ReplaceAll(activityColumns(grain.String()), " ", ", ")+") values ("+at+", "+user+", 5, 9, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0)")
				}
				if grain != fact.Week { // user 1 calls two tools, and one of them fails
					run(t, d, "insert into tool_calls_by_user_"+grain.String()+" ("+grain.String()+", user_id, organization_id, tool_id, connector_id, calls, failures, decisions, rejections, timed, duration_us) values "+
						"("+at+", 1, 5, 7, 0, 2, 1, 0, 0, 0, 0), ("+at+", 1, 5, 8, 0, 3, 0, 0, 0, 0, 0), ("+at+", 1, 6, 8, 0, 50, 0, 0, 0, 0, 0)")
				}
			}
			run(t, d, "alter table "+activity.Of(grain)+" drop column calls")
			run(t, d, "alter table "+activity.Of(grain)+" drop column failures")
		}
		for _, column := range []string{"first_call", "last_call", "account_id", "cloud_id", "service", "provider", "client_version"} { // of 0013
			run(t, d, "alter table sessions drop column "+column)
		}
		run(t, d, "alter table alerts drop column tags")                     // of 0014
		for _, table := range []string{"steps", "alerts", "alert_changes"} { // of 0015
			run(t, d, "alter table "+table+" drop column event_id")
		}
		run(t, d, "delete from "+versionTable+" where version_id >= 12")
		d = open(t, Settings{Name: name})
		for grain, want := range map[fact.Grain][]string{
			fact.Hour: {"1|5|1", "2|0|0", "1|5|1", "2|0|0"},
			fact.Day:  {"1|5|1", "2|0|0", "1|5|1", "2|0|0", "1|5|1", "2|0|0"},
			fact.Week: {"1|10|2", "2|0|0", "1|5|1", "2|0|0"},
		} {
			require.Equal(t, want, answerOf(t, d, "select user_id, calls, failures from "+activity.Of(grain)+" order by "+grain.String()+", user_id"), grain.String())
		}
	})
}
