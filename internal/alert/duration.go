package alert

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"time"
)

// longDuration matches weeks and days before the units of [time.ParseDuration].
var longDuration = regexp.MustCompile(`^(?:(\d{1,4})w)?(?:(\d{1,5})d)?(.*)$`)

// ParseDuration parses a duration, in which weeks and days may come first: 1w, 30d, 1d12h.
// A day has 24 hours.
func ParseDuration(text string) (time.Duration, error) {
	m := longDuration.FindStringSubmatch(text)
	if m == nil || m[1] == "" && m[2] == "" {
		return time.ParseDuration(text)
	}
	weeks, _ := strconv.Atoi(m[1]) // "" is 0
	days, _ := strconv.Atoi(m[2])
	const most = math.MaxInt64 / int(24*time.Hour)
	if 7*weeks+days >= most {
		return 0, fmt.Errorf("%q: is too long (at most %d days)", text, most-1)
	}
	d := time.Duration(7*weeks+days) * 24 * time.Hour
	if m[3] == "" {
		return d, nil
	}
	rest, err := time.ParseDuration(m[3])
	if err != nil || rest < 0 || d > math.MaxInt64-rest {
		return 0, fmt.Errorf("%q: must be a duration, such as 1w, 30d or 1d12h", text)
	}
	return d + rest, nil
}
