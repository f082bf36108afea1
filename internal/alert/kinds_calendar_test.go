package alert

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestBudget(t *testing.T) {
	set := settings
	set.RepeatInterval = 48 * time.Hour
	r := bounded(t, set, Spec{
		Budget:  &BudgetSpec{Amount: Amount{Attribute: "cost_usd"}, Above: 100, Period: "day", TimeZone: "Europe/Berlin", Steps: []float64{0.5, 1}},
		GroupBy: []string{"user"}, Message: "{user} spent {value} of {threshold}",
	})
	spend := func(cost float64) []Alert {
		return r.send("api_request", 0, attributes{"user.id": "a", "cost_usd": cost})
	}
	require.Empty(t, spend(49))
	half := spend(1)
	require.Len(t, half, 1)
	require.Equal(t, "a spent 50 of 50", half[0].Message)
	require.Equal(t, []string{"a", "0.5"}, half[0].Group)
	require.Equal(t, []string{"user", "step"}, half[0].Names)
	require.Empty(t, spend(10), "a step is reached once")
	all := spend(40)
	require.Len(t, all, 1)
	require.NotEqual(t, half[0].Fingerprint, all[0].Fingerprint, "each step has an alert of its own")
	require.Empty(t, r.to(0, "22:59"))
	require.Len(t, r.to(0, "23:00"), 2, "midnight in Berlin")
	require.Empty(t, r.send("api_request", time.Minute, attributes{"user.id": "a", "cost_usd": 90}), "it belongs to the day before")
	require.EqualValues(t, 2, r.e.Stats().Late)
	require.Empty(t, spend(40))
	require.Len(t, spend(10), 1)
}

// TestCalendar includes days with clock changes: in Berlin on 2026-03-29 and 2026-10-25,
// and in Santiago on 2026-09-06, which has no midnight.
func TestCalendar(t *testing.T) {
	for _, c := range []struct{ zone, period, at, begin, end string }{
		{"UTC", "day", "2026-11-21T09:00:00Z", "2026-11-21T00:00:00Z", "2026-11-22T00:00:00Z"},
		{"UTC", "week", "2026-11-21T09:00:00Z", "2026-11-16T00:00:00Z", "2026-11-23T00:00:00Z"},
		{"UTC", "week", "2026-11-22T23:00:00Z", "2026-11-16T00:00:00Z", "2026-11-23T00:00:00Z"},
		{"UTC", "week", "2026-11-23T00:00:00Z", "2026-11-23T00:00:00Z", "2026-11-30T00:00:00Z"},
		{"UTC", "month", "2026-12-31T09:00:00Z", "2026-12-01T00:00:00Z", "2027-01-01T00:00:00Z"},
		{"Europe/Berlin", "day", "2026-03-29T12:00:00Z", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"},
		{"Europe/Berlin", "day", "2026-10-25T12:00:00Z", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z"},
		{"Europe/Berlin", "month", "2026-10-31T23:30:00Z", "2026-10-31T23:00:00Z", "2026-11-30T23:00:00Z"},
		{"America/Santiago", "day", "2026-09-06T12:00:00Z", "2026-09-06T04:00:00Z", "2026-09-07T03:00:00Z"},
	} {
		zone, err := time.LoadLocation(c.zone)
		require.NoError(t, err)
		cal, err := newCalendar(c.period, zone)
		require.NoError(t, err)
		at, err := time.Parse(time.RFC3339, c.at)
		require.NoError(t, err)
		begin, end := cal.period(at.UnixNano())
		require.Equal(t, []string{c.begin, c.end}, []string{
			time.Unix(0, begin).UTC().Format(time.RFC3339), time.Unix(0, end).UTC().Format(time.RFC3339),
		}, c)
	}
}

func TestSchedule(t *testing.T) {
	week := []string{"mon", "tue", "wed", "thu", "fri"}
	r := newRig(t, Spec{Schedule: &ScheduleSpec{Days: week, From: "07:00", To: "20:00", TimeZone: "Europe/Berlin", Above: 1}})
	r.silent("user_prompt", nil)
	require.Equal(t, 2.0, r.one("user_prompt", nil).Value, "on Saturday")
	r.resolved(5 * time.Minute)
	require.Equal(t, 3.0, r.one("user_prompt", nil).Value, "of the same weekend")
	r.to(2, "06:00")
	r.silent("user_prompt", nil) // 07:00 on Monday
	r.to(2, "18:59")
	r.silent("user_prompt", nil)
	r.to(2, "19:00")
	r.silent("user_prompt", nil) // the first of the night
	require.Equal(t, 2.0, r.one("user_prompt", nil).Value)
}

// TestScheduleOverMidnight checks working hours that end on the next day.
func TestScheduleOverMidnight(t *testing.T) {
	for clock, off := range map[string]bool{
		"2026-11-20T21:59:00Z": true,
		"2026-11-20T22:00:00Z": false,
		"2026-11-21T05:59:00Z": false, // Saturday, but Friday's
		"2026-11-21T06:00:00Z": true,
		"2026-11-21T23:00:00Z": true,
	} {
		h := workingHours{days: [7]bool{time.Friday: true}, from: 22 * 60, to: 30 * 60, zone: time.UTC}
		at, err := time.Parse(time.RFC3339, clock)
		require.NoError(t, err)
		_, got := h.offSince(at.UnixNano())
		require.Equal(t, off, got, clock)
	}
}
