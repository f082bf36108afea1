package synthetic

import (
	"bytes"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/ptrace"
)

// written returns all telemetry of a fleet as bytes.
func written(t *testing.T, set Settings) []byte {
	t.Helper()
	var out bytes.Buffer
	line := func(b []byte, err error) {
		require.NoError(t, err)
		out.Write(append(b, '\n'))
	}
	for _, b := range generate(t, set) {
		out.WriteString(b.Time.Format(time.RFC3339Nano) + " " + b.Session + "\n")
		line((&plog.JSONMarshaler{}).MarshalLogs(b.Logs))
		line((&pmetric.JSONMarshaler{}).MarshalMetrics(b.Metrics))
		line((&ptrace.JSONMarshaler{}).MarshalTraces(b.Traces))
	}
	return out.Bytes()
}

// TestDeterminism checks that the same settings give the same bytes in every time
// zone, and that seed and start change them.
func TestDeterminism(t *testing.T) {
	set := Settings{Seed: 11, Seats: 12, Start: monday, Every: time.Minute, Prompts: 25, Metrics: true, Traces: true, Content: DefaultContent}
	first := written(t, set)
	again := set
	again.Start = set.Start.In(time.FixedZone("elsewhere", 5*3600))
	require.True(t, bytes.Equal(first, written(t, again)))
	for _, change := range []func(*Settings){
		func(s *Settings) { s.Seed++ },
		func(s *Settings) { s.Start = s.Start.Add(time.Hour) },
	} {
		other := set
		change(&other)
		require.False(t, bytes.Equal(first, written(t, other)))
	}
}

// TestSameFleetAnotherDay checks that another start changes the sessions but not the
// users.
func TestSameFleetAnotherDay(t *testing.T) {
	people := func(day int) (mails, sessions map[string]bool) {
		mails, sessions = map[string]bool{}, map[string]bool{}
		set := Settings{Seed: 1, Seats: 5, Start: monday.AddDate(0, 0, day), Every: time.Minute, Prompts: 150}
		for _, b := range generate(t, set) {
			for _, a := range records(b) {
				mails[stringOf(a, "user.email")], sessions[b.Session] = true, true
			}
		}
		return mails, sessions
	}
	mails, sessions := people(0)
	otherMails, otherSessions := people(1)
	require.Equal(t, mails, otherMails)
	for s := range sessions {
		require.NotContains(t, otherSessions, s)
	}
}

// TestOfficeHours checks nine days: no prompts on weekends, most of them in the middle
// of the day, and large differences between seats.
func TestOfficeHours(t *testing.T) {
	set := Settings{Seed: 8, Seats: 12, Start: monday, Until: monday.AddDate(0, 0, 9)}
	begun := map[string]int{}
	hours := map[int]int{}
	for _, b := range generate(t, set) {
		for _, a := range records(b) {
			if stringOf(a, "event.name") != "user_prompt" {
				continue
			}
			at := stamp(t, a)
			require.True(t, at.Before(set.Until))
			// A Friday evening in the west is a Saturday morning in UTC.
			require.NotEqual(t, time.Sunday, at.Weekday(), "work at the weekend")
			require.False(t, at.Weekday() == time.Saturday && at.Hour() > 6, "work at the weekend")
			hours[at.Hour()]++
			begun[stringOf(a, "user.id")]++
		}
	}
	total, least, most := 0, 1<<30, 0
	for _, n := range begun {
		total, least, most = total+n, min(least, n), max(most, n)
	}
	perDay := float64(total) / 12 / 7
	require.Greater(t, perDay, 8.0)
	require.Less(t, perDay, 22.0)
	require.Greater(t, most, 5*least)
	require.Greater(t, hours[14], 5*hours[3])
}

// TestPendingLimit checks that the batches of each session are in order when more
// records are pending than the limit.
func TestPendingLimit(t *testing.T) {
	sent := map[string]time.Time{}
	for _, b := range generate(t, Settings{Seed: 1, Seats: 300, Start: monday, Every: time.Millisecond, Prompts: 400}) {
		require.False(t, b.Time.Before(sent[b.Session]))
		sent[b.Session] = b.Time
	}
	require.NotEmpty(t, sent)
}
