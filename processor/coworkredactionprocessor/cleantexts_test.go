package coworkredactionprocessor

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cowork-otel/collector/internal/pii"
)

// countingScan returns a scan that finds "secret" under any key and everything under the
// key "password", and the number of its calls.
func countingScan() (redactFunc, *int) {
	n := new(int)
	return func(found []pii.Finding, key, text string) (string, []pii.Finding) {
		*n++
		if strings.Contains(text, "secret") || key == "password" {
			return "[REDACTED]", append(found, replaced(text, replaceSensitive))
		}
		return text, found
	}, n
}

func TestCleanTextIsScannedOnce(t *testing.T) {
	scan, scans := countingScan()
	redact := newCleanTexts().skipClean(scan)
	for range 3 {
		clean, found := redact(nil, "model", "claude-opus-5-5")
		require.Equal(t, "claude-opus-5-5", clean)
		require.Empty(t, found)
	}
	require.Equal(t, 1, *scans)
}

func TestFindingIsScannedAgain(t *testing.T) {
	scan, scans := countingScan()
	redact := newCleanTexts().skipClean(scan)
	for range 3 {
		clean, found := redact(nil, "model", "a secret")
		require.Equal(t, "[REDACTED]", clean)
		require.Len(t, found, 1)
	}
	require.Equal(t, 3, *scans)
}

// TestCleanTextUnderAnotherKey checks that a text that is clean under one key is scanned
// under another.
func TestCleanTextUnderAnotherKey(t *testing.T) {
	scan, _ := countingScan()
	redact := newCleanTexts().skipClean(scan)
	clean, _ := redact(nil, "model", "opus")
	require.Equal(t, "opus", clean)
	clean, found := redact(nil, "password", "opus")
	require.Equal(t, "[REDACTED]", clean)
	require.Len(t, found, 1)
}

func TestLongTextIsNotRecorded(t *testing.T) {
	scan, scans := countingScan()
	redact := newCleanTexts().skipClean(scan)
	for range 2 {
		redact(nil, "model", strings.Repeat("a", maxCleanText+1))
		redact(nil, strings.Repeat("a", maxCleanText+1), "opus")
	}
	require.Equal(t, 4, *scans)
}

// TestCleanTextsAreBounded checks that more texts than slots replace each other, and that
// a replaced one is scanned again.
func TestCleanTextsAreBounded(t *testing.T) {
	scan, scans := countingScan()
	redact := newCleanTexts().skipClean(scan)
	const texts = 4 * maxCleanTexts
	for range 2 {
		for i := range texts {
			redact(nil, "id", fmt.Sprint(i))
		}
	}
	require.Greater(t, *scans, texts, "some are scanned again")
}

func TestCleanTextsConcurrently(t *testing.T) {
	scanner, err := createDefaultConfig().(*Config).NewScanner()
	require.NoError(t, err)
	redact := newCleanTexts().skipClean(scanner.Redact)
	var wg sync.WaitGroup
	for worker := range 8 {
		wg.Go(func() {
			for i := range 2000 {
				want, text := "", fmt.Sprintf("name-%d", (i+worker)%500)
				if want = text; i%10 == 0 {
					want, text = "[REDACTED_EMAIL]", fmt.Sprintf("jane%d@corp.example", i%50)
				}
				if clean, _ := redact(nil, "note", text); clean != want {
					t.Errorf("%q became %q", text, clean)
				}
			}
		})
	}
	wg.Wait()
}

// TestSkippedIsSame compares the redaction with that of the scanner alone on texts that
// repeat under several keys.
func TestSkippedIsSame(t *testing.T) {
	scanner, err := createDefaultConfig().(*Config).NewScanner()
	require.NoError(t, err)
	redact := newCleanTexts().skipClean(scanner.Redact)
	rapid.Check(t, func(t *rapid.T) {
		key := rapid.SampledFrom([]string{"", "model", "password", "phone", "note"}).Draw(t, "key")
		text := rapid.SampledFrom([]string{
			"hunter2secret", "claude-opus-5-5", "212-736-4512", "2127364512", "jane.doe@corp.example", "Tr0ub4dor&3", "10.20.30.40",
			"f4e2b124-f977-4412-8b09-da2871d3f914", "password: Tr0ub4dor&3", "",
		}).Draw(t, "text")
		want, wantFound := scanner.Redact(nil, key, text)
		clean, found := redact(nil, key, text)
		if clean != want || len(found) != len(wantFound) {
			t.Fatalf("%q under %q became %q (want %q)", text, key, clean, want)
		}
	})
}

// BenchmarkShortText compares a short text that repeats with a scan of it.
func BenchmarkShortText(b *testing.B) {
	scanner, err := createDefaultConfig().(*Config).NewScanner()
	require.NoError(b, err)
	for name, redact := range map[string]redactFunc{"scan": scanner.Redact, "skip": newCleanTexts().skipClean(scanner.Redact)} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				redact(nil, "session.id", "f4e2b124-f977-4412-8b09-da2871d3f914")
				redact(nil, "model", "claude-opus-5-5")
				redact(nil, "query_source", "repl_main_thread")
			}
		})
	}
}
