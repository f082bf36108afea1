package coworkredactionprocessor

import (
	"regexp"
	"strings"
	"time"

	"go.uber.org/zap"

	"github.com/cowork-otel/collector/internal/pii"
)

// warnSlowPatterns logs the custom patterns without a literal, and their speed. Every text
// is searched with them, which can make the collector many times slower.
func warnSlowPatterns(logger *zap.Logger, patterns []pii.Custom) {
	for _, c := range patterns {
		logger.Warn("custom_patterns::"+c.Name+": no literal of two or more characters in every match, so every text is searched completely (add a fixed part, or a word near the value)",
			zap.Int("mb_per_second", megabytesPerSecond(c.Regexp)))
	}
}

// sample is typical text of an agent.
const sample = `{"command": "go test ./internal/store -run TestRetry_2 -count=1", "description": "Run the retry tests again", "timeout": 120000}
The backoff doubles from 250 ms up to 30 s; see https://docs.example/retries?page=2#limits, changed 2026-03-04 by build 7f3c9a1.
`

// sampleTimes makes the sample long enough to measure and short enough to start quickly.
const sampleTimes = 32

// megabytesPerSecond measures how fast a text is searched with an expression. It returns at least 1.
func megabytesPerSecond(expr string) int {
	re, err := regexp.Compile(expr)
	if err != nil {
		return 1
	}
	text := strings.Repeat(sample, sampleTimes)
	start := time.Now()
	re.FindAllStringIndex(text, -1)
	took := max(time.Since(start), time.Microsecond)
	return max(1, int(float64(len(text))/1e6/took.Seconds()))
}
