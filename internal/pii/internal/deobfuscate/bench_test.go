package deobfuscate_test

import (
	"compress/gzip"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/pii/internal/deobfuscate"
)

const cleanCode = `func (c *Config) ApplyDefaults() error {
	needWAL := len(c.Configs) > 0 || c.ServiceConfig.Enabled
	if needWAL && c.WALDir == "" { return errors.New("no wal_directory configured") }
}
See https://github.com/acme/app/blob/main/README.md#usage, commit 941ee165613bdf871d8e9b274d156dd048adad34 of 2026-11-21.
`

func BenchmarkOf(b *testing.B)      { eachText(b, func(text string) { deobfuscate.Of(text) }) }
func BenchmarkNextRun(b *testing.B) { eachText(b, nextRuns()) }

func BenchmarkDecode(b *testing.B) {
	var t deobfuscate.Text
	eachText(b, t.Decode)
}

func nextRuns() func(string) {
	var buf []byte
	return func(text string) {
		for run := (deobfuscate.Run{}); ; {
			if run, buf = deobfuscate.NextRun(buf[:0], text, run.End); run.End == 0 {
				return
			}
		}
	}
}

// eachText runs do on clean code, on disguised text, and on texts like those that
// agents send, where they are at hand.
func eachText(b *testing.B, do func(string)) {
	b.Helper()
	sets := map[string][]string{
		"clean":     {strings.Repeat(cleanCode, 16)},
		"disguised": {strings.Repeat("ｊａｎｅ%40example.com \x1b[31m４１１１&#64; ", 100)},
		"prose":     {strings.Repeat("русский текст, и ещё. 日本語の文章です。Grüße “quoted” — … ", 100)},
	}
	if f, err := os.Open("../../../../../shared/corpus/speed_texts.json.gz"); err == nil {
		defer f.Close()
		z, err := gzip.NewReader(f)
		require.NoError(b, err)
		var texts []string
		require.NoError(b, json.NewDecoder(z).Decode(&texts))
		sets["texts"] = texts
	}
	for name, texts := range sets {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(strings.Join(texts, ""))))
			b.ReportAllocs()
			for b.Loop() {
				for _, text := range texts {
					do(text)
				}
			}
		})
	}
}
