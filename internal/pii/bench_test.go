package pii_test

import (
	"compress/gzip"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/pii"
)

const cleanText = `Let's fix the rounding of TimeDelta in src/marshmallow/fields.py, line 1474: it uses integer division, which
truncates the decimal part. Run "python -m pytest tests/test_fields.py -k timedelta" first; 3 of 41 tests fail. ` +
	`func (c *Config) ApplyDefaults() error {
	needWAL := len(c.Configs) > 0 || c.ServiceConfig.Enabled
	if needWAL && c.WALDir == "" {
		return errors.New("no wal_directory configured")
	}
	for i, cfg := range c.Configs { log.Printf("%d: %s (%d tokens)", i, cfg.Name, cfg.MaxTokens) }
}
See https://github.com/acme/app/blob/main/README.md#usage, release v2.1.329 of 2026-11-21T02:43:59.722Z, commit 941ee165613bdf871d8e9b274d156dd048adad34.
`

const dirtyText = cleanText + `
mail jane.doe@example.com or call (415) 555-0132; card 4111 1111 1111 1111, ssn 536-22-8726
PGPASSWORD=Summer#1 psql postgres://app:hunter2@10.1.2.3:5432/orders -- ghp_0123456789abcdefghijABCDEFGHIJ012345
`

const cleanJSON = `{"file_path": "/home/dev/app/src/main.go", "old_string": "\tif err != nil {\n\t\treturn fmt.Errorf(\"read %q: %w\", name, err)\n\t}\n",` +
	` "options": {"limit": 50, "filters": [{"field": "name", "op": "eq", "value": "x"}]}, "total": 1795229039722, "plain": "no escape in here at all"}`

func BenchmarkScan(b *testing.B) {
	for _, c := range []struct{ name, text string }{
		{"clean", cleanText},
		{"dirty", dirtyText},
		{"64KiB", strings.Repeat(cleanText, 64<<10/len(cleanText))},
		{"id", "1e3575bc-8d60-45c1-87e2-567bb7bd5008"},
	} {
		b.Run(c.name, func(b *testing.B) {
			s := scanner(b, pii.Settings{})
			b.SetBytes(int64(len(c.text)))
			b.ReportAllocs()
			var found []pii.Finding
			for b.Loop() {
				found = s.Scan(found[:0], "", c.text)
			}
		})
	}
	b.Run("json", func(b *testing.B) {
		s := scanner(b, pii.Settings{})
		b.SetBytes(int64(len(cleanJSON)))
		b.ReportAllocs()
		for b.Loop() {
			s.RedactJSON(nil, "", cleanJSON)
		}
	})
}

// BenchmarkAdversary shows that the time is linear: the figures at the two sizes are the same.
func BenchmarkAdversary(b *testing.B) {
	s := scanner(b, pii.Settings{})
	for _, text := range slices.Concat(pii.Adversaries, disguisedAdversaries) {
		for _, size := range []int{64 << 10, 256 << 10} {
			b.Run(strings.ReplaceAll(text, "/", "|")+"/"+map[bool]string{true: "64KiB", false: "256KiB"}[size < 100<<10], func(b *testing.B) {
				long := strings.Repeat(text, size/len(text))
				b.SetBytes(int64(len(long)))
				for b.Loop() {
					s.Redact(nil, "", long)
				}
			})
		}
	}
}

// BenchmarkTexts scans texts like those that agents send, where they are at hand.
func BenchmarkTexts(b *testing.B) {
	f, err := os.Open("../../../shared/corpus/speed_texts.json.gz")
	if err != nil {
		b.Skip("the developers' texts are not present: a clone has only the own corpus")
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	require.NoError(b, err)
	var texts []string
	require.NoError(b, json.NewDecoder(z).Decode(&texts))
	s := scanner(b, pii.Settings{})
	clean := slices.DeleteFunc(slices.Clone(texts), func(text string) bool { return len(s.Scan(nil, "", text)) > 0 })
	scan := func(text string) { s.Scan(nil, "", text) }
	redact := func(text string) { s.Redact(nil, "", text) }
	for _, c := range []struct {
		name  string
		do    func(string)
		texts []string
	}{
		{"Scan/all", scan, texts}, {"Scan/clean", scan, clean}, {"Redact/all", redact, texts}, {"Redact/clean", redact, clean},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(strings.Join(c.texts, ""))))
			for b.Loop() {
				for _, text := range c.texts {
					c.do(text)
				}
			}
		})
	}
}
