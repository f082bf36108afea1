package cowork

import (
	"strings"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
)

// asTime reads a time: a text in a form of ISO 8601, or a number of seconds,
// milliseconds, microseconds or nanoseconds since 1970. The magnitude of a number gives
// its unit.
func asTime(v pcommon.Value) (pcommon.Timestamp, bool) {
	if v.Type() == pcommon.ValueTypeStr {
		if ts, ok := parseTime(v.Str()); ok {
			return ts, true
		}
	}
	n, ok := asInt(v)
	if !ok {
		return 0, false
	}
	return epochTime(n)
}

// epochUnits are the units of a number of a time, each with the first number that is
// too small for it. The numbers are those of March 1973.
var epochUnits = [...]struct{ from, nanoseconds int64 }{
	{1e17, 1}, {1e14, int64(time.Microsecond)}, {1e11, int64(time.Millisecond)}, {1e8, int64(time.Second)},
}

// epochTime reads a number of units since 1970, from 1973 to 2262.
func epochTime(n int64) (pcommon.Timestamp, bool) {
	for _, unit := range epochUnits {
		if n >= unit.from && n < maxUnix*int64(time.Second)/unit.nanoseconds {
			return pcommon.Timestamp(n * unit.nanoseconds), true
		}
	}
	return 0, false
}

// nanosecondsFrom is the first time of a record that can only be in nanoseconds.
const nanosecondsFrom = pcommon.Timestamp(1e17)

// isOtherUnit reports whether the time of a record is that of its event in seconds,
// milliseconds or microseconds: senders that do not use a library confuse the units.
func isOtherUnit(ts, event pcommon.Timestamp) bool {
	const apart = pcommon.Timestamp(time.Hour)
	t, ok := epochTime(ts.AsTime().UnixNano())
	return ok && ts < nanosecondsFrom && max(t, event)-min(t, event) < apart
}

// maxTimeLen is longer than every time that parseTime reads.
const maxTimeLen = len("2006-01-02T15:04:05.999999999 -07:00") + 4

// parseTime reads a time between 1970 and 2262, which is what a timestamp in
// nanoseconds can hold. It reads RFC 3339, and the other forms of ISO 8601 that senders
// write: a space or a lower-case t before the hour, a comma before the fraction, a zone
// such as +0200, +02 or a lower-case z, no seconds, no separators. A time without a zone
// is UTC.
func parseTime(s string) (pcommon.Timestamp, bool) {
	if s == "" || len(s) > maxTimeLen {
		return 0, false
	}
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		var buffer [2 * maxTimeLen]byte
		text, ok := appendRFC3339(buffer[:0], s)
		if !ok {
			return 0, false
		}
		if t, err = time.Parse(time.RFC3339Nano, string(text)); err != nil {
			return 0, false
		}
	}
	if t.Unix() <= 0 || t.Unix() >= maxUnix {
		return 0, false
	}
	return pcommon.NewTimestampFromTime(t), true
}

// maxUnix is the first second whose end does not fit nanoseconds in an int64.
const maxUnix = (1<<63 - 1) / int64(time.Second)

// appendRFC3339 appends a time of ISO 8601 in the form of RFC 3339. It checks lengths
// and separators, the caller's parser checks digits and ranges.
func appendRFC3339(to []byte, s string) ([]byte, bool) {
	s = strings.TrimSpace(s)
	n := strings.IndexAny(s, "Tt ")
	if n < 0 {
		return nil, false
	}
	date, rest := s[:n], s[n+1:]
	z := strings.IndexAny(rest, "Zz+- ")
	if z < 0 {
		z = len(rest)
	}
	to, ok := appendDate(to, date)
	if !ok {
		return nil, false
	}
	to = append(to, 'T')
	if to, ok = appendClock(to, rest[:z]); !ok {
		return nil, false
	}
	return appendZone(to, strings.TrimLeft(rest[z:], " "))
}

// appendDate appends 2006-01-02 or 20060102 with separators.
func appendDate(to []byte, date string) ([]byte, bool) {
	switch len(date) {
	case len("2006-01-02"):
		return append(to, date...), true
	case len("20060102"):
		return join(to, '-', date[:4], date[4:6], date[6:]), true
	default:
		return nil, false
	}
}

// appendClock appends a time of day with seconds and separators.
func appendClock(to []byte, clock string) ([]byte, bool) {
	fraction := ""
	if n := strings.IndexAny(clock, ".,"); n >= 0 {
		clock, fraction = clock[:n], clock[n+1:]
	}
	switch len(clock) {
	case len("15:04:05"):
		to = append(to, clock...)
	case len("15:04"):
		to = append(append(to, clock...), ":00"...)
	case len("150405"):
		to = join(to, ':', clock[:2], clock[2:4], clock[4:])
	case len("1504"):
		to = join(to, ':', clock[:2], clock[2:], "00")
	default:
		return nil, false
	}
	if fraction != "" {
		to = append(append(to, '.'), fraction...)
	}
	return to, true
}

// appendZone appends a zone as Z or ±07:00.
func appendZone(to []byte, zone string) ([]byte, bool) {
	if zone == "" || strings.EqualFold(zone, "z") || strings.EqualFold(zone, "utc") {
		return append(to, 'Z'), true
	}
	if zone[0] != '+' && zone[0] != '-' {
		return nil, false
	}
	switch len(zone) {
	case len("+07:00"):
		return append(to, zone...), true
	case len("+0700"):
		return join(to, ':', zone[:3], zone[3:]), true
	case len("+07"):
		return append(append(to, zone...), ":00"...), true
	default:
		return nil, false
	}
}

func join(to []byte, separator byte, parts ...string) []byte {
	for i, part := range parts {
		if i > 0 {
			to = append(to, separator)
		}
		to = append(to, part...)
	}
	return to
}

// isRFC3339 reports whether a readable time has the form that backends expect: RFC 3339
// with upper-case letters.
func isRFC3339(s string) bool {
	const clock = len("2006-01-02T")
	if len(s) <= clock || s[clock-1] != 'T' || strings.IndexByte(s, ',') >= 0 {
		return false
	}
	_, err := time.Parse(time.RFC3339Nano, s)
	return err == nil
}

// formatTime returns a time as RFC 3339 in UTC, with as many digits as it has, at least
// milliseconds.
func formatTime(ts pcommon.Timestamp) string {
	const milliseconds = "2006-01-02T15:04:05.000Z"
	t := ts.AsTime().UTC()
	if t.Nanosecond()%int(time.Millisecond) == 0 {
		return t.Format(milliseconds)
	}
	return t.Format(time.RFC3339Nano)
}
