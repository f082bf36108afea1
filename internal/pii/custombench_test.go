package pii_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/pii"
)

// customs returns that many patterns, each with a literal of its own or all without any.
func customs(n int, literals bool) (patterns []pii.Custom) {
	for i := range n {
		c := pii.Custom{Name: fmt.Sprintf("c%d", i), Regexp: fmt.Sprintf(`\b%c%c%cX-\d{4,%d}\b`, 'A'+i%26, 'A'+i*7%26, 'A'+i*11%26, 8+i)}
		if !literals {
			c.Regexp = fmt.Sprintf(`\b[A-Z]{2}\d{6,%d}\b`, 8+i)
		}
		patterns = append(patterns, c)
	}
	return patterns
}

// BenchmarkCustom shows what custom patterns cost.
func BenchmarkCustom(b *testing.B) {
	for _, c := range []struct {
		n        int
		literals bool
	}{{0, true}, {10, true}, {100, true}, {10, false}} {
		name := map[bool]string{true: "literals", false: "none"}[c.literals]
		b.Run(fmt.Sprintf("%d/%s", c.n, name), func(b *testing.B) {
			s := scanner(b, pii.Settings{Custom: customs(c.n, c.literals)})
			b.SetBytes(int64(len(cleanText)))
			b.ReportAllocs()
			for b.Loop() {
				s.Redact(nil, "", cleanText)
			}
		})
	}
}

// TestAllocNothingForCustom is [TestAllocNothingForCleanText] for patterns of every kind, near misses included.
func TestAllocNothingForCustom(t *testing.T) {
	if poolForgets() {
		t.Skip("the race detector makes sync.Pool forget at random; this test runs without it")
	}
	s := scanner(t, pii.Settings{Custom: append(customs(20, true), pii.Custom{Name: "line9", Regexp: `zzkey: .{9}Q+`}, pii.Custom{Name: "none", Regexp: `[A-Z]\d{12}`})})
	require.Len(t, s.SlowPatterns(), 1)
	for _, text := range []string{cleanText, cleanJSON, "AAAX-12 AAAX- BHLX-1 zzkey: x AAAX-99"} {
		require.Equal(t, text, redacted(s, "prompt", text))
		require.Zero(t, testing.AllocsPerRun(100, func() { s.Redact(nil, "prompt", text) }), text)
	}
}
