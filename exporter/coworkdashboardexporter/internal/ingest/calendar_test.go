package ingest

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/eventtest"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// changes are days around which the clocks of a zone change.
var changes = map[string][]string{
	"America/Santiago":    {"2026-04-05", "2026-09-06"}, // at midnight
	"America/Havana":      {"2026-03-08", "2026-11-01"},
	"Atlantic/Azores":     {"2026-03-29", "2026-10-25"},
	"Australia/Lord_Howe": {"2026-04-05", "2026-10-04"}, // by half an hour
	"Africa/Cairo":        {"2026-04-24", "2026-10-30"},
	"Asia/Beirut":         {"2026-03-29", "2026-10-25"},
	"Europe/Berlin":       {"2026-03-29", "2026-10-25"},
	"Asia/Kolkata":        {"2026-06-01"}, // never, but hours begin at half past
}

// TestClockChanges counts an event every ten minutes, from two days before until two days
// after each change of the clocks. Each event is in one hour, one day and one week: those
// that contain its time.
func TestClockChanges(t *testing.T) {
	for name, days := range changes {
		zone, err := time.LoadLocation(name)
		require.NoError(t, err)
		for _, day := range days {
			set := DefaultSettings()
			set.Zone = zone
			in := inMemory(t, set)
			noon, err := time.ParseInLocation("2006-01-02 15", day+" 12", zone)
			require.NoError(t, err)
			begin, end := report.StartOfDay(noon, -2), report.StartOfDay(noon, 3)
			var events []eventtest.Event
			hours, dates, weeks := map[int64]int{}, map[string]int{}, map[string]int{}
			for at := begin; at.Before(end); at = at.Add(10 * time.Minute) {
				e := request(len(events), 1)
				e.At = at
				events = append(events, e)
				hours[report.StartOfHour(at).Unix()]++
				dates[at.Format("20060102")]++
				weeks[at.AddDate(0, 0, -(int(at.Weekday())+6)%7).Format("20060102")]++
			}
			in.Add(end, eventtest.Logs(events...))
			require.NoError(t, in.Flush(t.Context()))
			require.Len(t, dates, 5)
			require.ElementsMatch(t, listOf(hours), rows(t, in, "select hour, requests from usage_hour"), "%s %s", name, day)
			require.ElementsMatch(t, listOf(dates), rows(t, in, "select day, requests from usage_day"), "%s %s", name, day)
			require.ElementsMatch(t, listOf(weeks), rows(t, in, "select week, requests from activity_by_user_week"), "%s %s", name, day)
		}
	}
}

func listOf[K comparable](counts map[K]int) (list []string) {
	for key, n := range counts {
		list = append(list, fmt.Sprintf("%v, %d", key, n))
	}
	return list
}

// TestSlotsAreThoseOfTheirTime compares the cached slots of a calendar with those of a new
// one, in an order that evicts slots.
func TestSlotsAreThoseOfTheirTime(t *testing.T) {
	zone, err := time.LoadLocation("Australia/Lord_Howe")
	require.NoError(t, err)
	c := newCalendar(zone)
	for i := range int64(2 * maxSlots) {
		unix := noon.Unix() - i*i*931
		hourly := i%3 > 0
		want := slotOf(time.Unix(unix, 0).In(zone), hourly)
		require.Equal(t, want, c.locate(unix, hourly))
		require.Equal(t, want, c.locate(unix, hourly))
		require.LessOrEqual(t, len(c.slots), maxSlots)
	}
}

// TestChangeOfZone opens a database with another time zone. The stored rows keep their
// times, and no sum changes.
func TestChangeOfZone(t *testing.T) {
	onBoth(t, func(t *testing.T, name string) {
		t.Helper()
		in := open(t, name, DefaultSettings())
		add(t, in, request(1, 100))
		set := DefaultSettings()
		var err error
		set.Zone, err = time.LoadLocation("Asia/Kolkata")
		require.NoError(t, err)
		require.Empty(t, in.OtherZone)
		in = open(t, name, set)
		require.Equal(t, "UTC", in.OtherZone)
		require.Empty(t, open(t, name, set).OtherZone)
		add(t, in, request(2, 10))
		require.NoError(t, in.Sweep(t.Context(), noon))
		require.Equal(t, []string{"20261121, 110"}, rows(t, in, "select day, cost_micros from usage_day"))
		require.Equal(t, []string{"1795258800, 100", "1795260600, 10"}, rows(t, in, "select hour, cost_micros from usage_hour order by 1"))
		require.Equal(t, []string{"Asia/Kolkata"}, rows(t, in, "select value from settings where key = 'zone'"))
	})
}
