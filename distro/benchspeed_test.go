package distro

import (
	"context"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/open-telemetry/opentelemetry-collector-contrib/processor/redactionprocessor"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/consumer/consumertest"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/processor"

	"github.com/cowork-otel/collector/internal/pii"
	"github.com/cowork-otel/collector/processor/coworkredactionprocessor"
)

// sixPatterns lists typical regular expressions of a redactor of telemetry.
var sixPatterns = []string{
	`\b(?:sk-|bai_|api_)[A-Za-z0-9_-]{16,}\b|\bAKIA[0-9A-Z]{16}\b`,
	`\b(?:\d[ -]?){12,15}\d\b`,
	`\b\d{3}-\d{2}-\d{4}\b`,
	`[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}`,
	`(?:\+?1[ .-]?)?\(?\d{3}\)?[ .-]?\d{3}[ .-]?\d{4}\b`,
	`\b(?:\d{1,3}\.){3}\d{1,3}\b`,
}

// A cleaner is a redactor to compare. It prepares an input outside the measured time, and
// returns the function to measure.
type cleaner func(b *testing.B) func(in speedInput) (run func())

var cleaners = []struct {
	name string
	make cleaner
}{
	{"pii.Scan", scanTexts},
	{"pii.Redact", redactTexts},
	{"cowork_redaction", through(coworkredactionprocessor.NewFactory(), "")},
	{"contrib_redaction", through(redactionprocessor.NewFactory(), contribPatterns)},
	{"regexp_six", replaceTexts},
}

func scanTexts(b *testing.B) func(speedInput) func() {
	b.Helper()
	s, err := pii.New(pii.Settings{})
	require.NoError(b, err)
	var found []pii.Finding
	return func(in speedInput) func() {
		return func() {
			for _, t := range in.texts {
				found = s.Scan(found[:0], t.key, t.text)
			}
		}
	}
}

func redactTexts(b *testing.B) func(speedInput) func() {
	b.Helper()
	s, err := pii.New(pii.Settings{})
	require.NoError(b, err)
	var found []pii.Finding
	return func(in speedInput) func() {
		return func() {
			for _, t := range in.texts {
				_, found = s.Redact(found[:0], t.key, t.text)
			}
		}
	}
}

func replaceTexts(*testing.B) func(speedInput) func() {
	var res []*regexp.Regexp
	for _, expr := range sixPatterns {
		res = append(res, regexp.MustCompile(expr))
	}
	return func(in speedInput) func() {
		return func() {
			for _, t := range in.texts {
				text := t.text
				for _, re := range res {
					text = re.ReplaceAllString(text, "[REDACTED]")
				}
			}
		}
	}
}

// through sends the input through a processor, in place. The copy for each run is not
// measured.
func through(factory processor.Factory, settings string) cleaner {
	return func(b *testing.B) func(speedInput) func() {
		b.Helper()
		next := newLogs(b, factory, settings, consumertest.NewNop())
		return func(in speedInput) func() {
			ld := plog.NewLogs()
			in.logs.CopyTo(ld)
			return func() { require.NoError(b, next.ConsumeLogs(context.Background(), ld)) }
		}
	}
}

// BenchmarkSpeed compares this distribution's redaction with other redactors on the same
// texts in the same run. make speed prints it as a table.
func BenchmarkSpeed(b *testing.B) {
	for _, in := range speedInputs(b) {
		for _, c := range cleaners {
			b.Run(in.name+"/"+c.name, func(b *testing.B) {
				prepare := c.make(b)
				b.SetBytes(int64(in.bytes()))
				b.ReportAllocs()
				for b.Loop() {
					b.StopTimer()
					run := prepare(in)
					b.StartTimer()
					run()
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*in.logs.LogRecordCount()), "ns/record")
			})
		}
	}
	for _, c := range cleaners {
		b.Run("adversary/"+c.name, func(b *testing.B) { benchmarkWorst(b, c.make(b)) })
	}
}

// hostile lists texts that, repeated, make a naive scanner read bytes many times.
var hostile = []string{
	"a.a.a.", "----", "____", "eyJ.", "1.1.1.", "1-1-", "ghp_", "sk-", "password=", "@", "a@a", "://a:", "[[[[",
	"-----BEGIN RSA PRIVATE KEY-----", "1 ", "+1", "a:", "%40", `\u0040`, "4111 1111 ", "key: ", "é\u200b",
	"key=", `"password",`, "jelszav is ", "passin pass:", "hydra -p ", "docker login -u a -p ", "htpasswd -p ", "flyctl is ", "密码", "密码：", "パスワード",
	"use a1B2c3D4 as token：", "__Host-a=b; ", "12 ", "4 / 1", "2 -3 /4", "111/22/", "0171/", "1.2.3.4：",
}

// cleanProse is a text without a candidate that needs much to be rejected.
const cleanProse = "The quick brown fox jumps over the lazy dog, and then it returns home to sleep. "

// benchmarkWorst reports the speed on the slowest hostile text, of 64 KiB each, and its ratio to that
// of clean text.
func benchmarkWorst(b *testing.B, prepare func(speedInput) func()) {
	b.Helper()
	var clean, worst time.Duration
	slowest := ""
	for b.Loop() {
		clean, worst = repeatedTime(prepare, cleanProse), 0
		for _, unit := range hostile {
			if took := repeatedTime(prepare, unit); took > worst {
				worst, slowest = took, unit
			}
		}
	}
	b.Logf("the slowest text is %q", slowest)
	b.ReportMetric(float64(worst.Nanoseconds())/repeatedSize, "worst-ns/byte")
	b.ReportMetric(float64(worst)/float64(clean), "times-clean")
}

const repeatedSize = 64 << 10

// repeatedTime returns the least time of several runs on copies of a text.
func repeatedTime(prepare func(speedInput) func(), unit string) time.Duration {
	in := newTextInput("", []string{strings.Repeat(unit, repeatedSize/len(unit))})
	best := time.Hour
	for range 3 { // a single run can be mostly garbage collection
		run := prepare(in)
		start := time.Now()
		run()
		best = min(best, time.Since(start))
	}
	return best
}
