package synthetic

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
	"time"
)

// millis returns a duration in whole milliseconds, as clients export it.
func millis(d time.Duration) string { return strconv.FormatInt(d.Milliseconds(), 10) }

// hash returns the first n hex digits of a SHA-256 sum, as clients export names
// that are not public.
func hash(s string, n int) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])[:n]
}

// fillErrorText fills the verb of an error text, if it has one, with a topic or at a
// rate with a sensitive value.
func fillErrorText(r random, text string) string {
	if !strings.Contains(text, "%s") {
		return text
	}
	with := topicText(r)
	if r.chance(errorPII) {
		with = pickWeighted(r, sensitiveKinds).generate(r)
	}
	return strings.Replace(text, "%s", with, 1)
}
