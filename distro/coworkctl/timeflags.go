package main

import (
	"errors"
	"fmt"
	"time"
	_ "time/tzdata" // so that --time-zone needs no files of the system

	"github.com/spf13/pflag"
)

// A timeRange is the range of time that --from and --to select. A day as the end includes
// that day.
type timeRange struct{ from, to, zone string }

// register adds the flags. What is the thing whose times are selected.
func (r *timeRange) register(flags *pflag.FlagSet, what string, zones bool) {
	flags.StringVar(&r.from, "from", "", "first day or time of "+what+", such as 2026-11-28 or 2026-11-28T09:00:00Z")
	flags.StringVar(&r.to, "to", "", "last day or time of "+what)
	if zones {
		flags.StringVar(&r.zone, "time-zone", "UTC", "time zone of days, such as Europe/Berlin")
	}
}

// parse returns the range, whose end is exclusive, and the zone. Zero times are unlimited.
func (r *timeRange) parse() (from, before time.Time, zone *time.Location, err error) {
	if zone, err = time.LoadLocation(r.zone); err != nil || r.zone == "Local" {
		return from, before, nil, errors.New("--time-zone: is unknown (Europe/Berlin or UTC would be valid)")
	}
	if from, _, err = parseDayOrTime(r.from, zone); err != nil {
		return from, before, nil, fmt.Errorf("--from: %w", err)
	}
	before, isDay, err := parseDayOrTime(r.to, zone)
	if err != nil {
		return from, before, nil, fmt.Errorf("--to: %w", err)
	}
	switch {
	case isDay:
		before = before.AddDate(0, 0, 1)
	case !before.IsZero():
		before = before.Add(time.Nanosecond)
	}
	if !from.IsZero() && !before.IsZero() && !from.Before(before) {
		return from, before, nil, errors.New("--to: is before --from (the same day, or a later one, would be right)")
	}
	return from, before, zone, nil
}

// parseDayOrTime returns the time of a text, and whether it is a day. That of "" is zero.
func parseDayOrTime(text string, zone *time.Location) (at time.Time, isDay bool, err error) {
	if text == "" {
		return at, false, nil
	}
	if day, err := time.ParseInLocation(time.DateOnly, text, zone); err == nil {
		return day, true, nil
	}
	if at, err = time.Parse(time.RFC3339, text); err != nil {
		return at, false, errors.New("is no day or time (2026-11-28 or 2026-11-28T09:00:00Z would be one)")
	}
	return at, false, nil
}
