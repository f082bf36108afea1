package synthetic

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
)

// millis returns a duration as the client's string of whole milliseconds.
func millis(d time.Duration) string { return strconv.FormatInt(d.Milliseconds(), 10) }

// hash returns the first n hex digits of a digest: what the client makes of a
// name that it would rather not say.
func hash(s string, n int) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])[:n]
}

// filled returns a text with its verb, if any, filled in: at the rate of errors
// that quote something with something that must not leave, else with a topic.
func (d dice) filled(text string) string {
	if !strings.Contains(text, "%s") {
		return text
	}
	with := d.topic()
	if d.chance(errorPII) {
		with = draw(d, secrets).invent(d)
	}
	return strings.Replace(text, "%s", with, 1)
}

// putMeasure writes a measure of an API event: a number, or with the oldest
// clients a string.
func (s *session) putMeasure(to pcommon.Map, key string, n int64) {
	if s.version.has(numericAPI) {
		to.PutInt(key, n)
		return
	}
	to.PutStr(key, strconv.FormatInt(n, 10))
}

// putDollars writes an amount of micro-dollars both ways.
func (s *session) putDollars(to pcommon.Map, micros int64) {
	dollars := float64(micros) / 1e6
	if !s.version.has(numericAPI) {
		to.PutStr("cost_usd", strconv.FormatFloat(dollars, 'f', -1, 64))
		return
	}
	to.PutDouble("cost_usd", dollars)
	to.PutInt("cost_usd_micros", micros)
}
