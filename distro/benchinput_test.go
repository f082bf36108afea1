package distro

import (
	"compress/gzip"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
)

// Optional texts and records outside the repository.
const (
	speedTexts   = "../../shared/corpus/speed_texts.json.gz"
	speedRecords = "../../shared/corpus/speed_records.json.gz"
)

// cleanString has no finding, and many candidates that a scanner must verify.
const cleanString = `Run "python -m pytest tests/test_fields.py -k timedelta" in /srv/app first; 3 of 41 tests fail at v2.1.329, see https://docs.example/a?b=c#d.`

// A speedInput holds log records and the texts in them.
type speedInput struct {
	name  string
	logs  plog.Logs
	texts []keyed
}

type keyed struct{ key, text string }

func (in speedInput) bytes() (n int) {
	for _, t := range in.texts {
		n += len(t.text)
	}
	return n
}

// speedInputs returns the inputs of the benchmarks, from the captures if the optional files
// are missing.
func speedInputs(b *testing.B) []speedInput {
	b.Helper()
	logs := recordedLogs(b)
	var records []map[string]any
	if readGzip(b, speedRecords, &records) {
		logs = logsOf(b, records)
	}
	in := []speedInput{newInput("records", logs)}
	var texts []string
	if !readGzip(b, speedTexts, &texts) {
		for _, t := range in[0].texts {
			texts = append(texts, t.text)
		}
	}
	all := strings.Join(texts, "\n")
	const prompt = 64 << 10
	all = strings.Repeat(all, 1+2*prompt/len(all))
	return append([]speedInput{
		newTextInput("strings", texts),
		newTextInput("prompt", []string{all[:prompt], all[prompt : 2*prompt]}),
		newTextInput("clean", []string{cleanString}),
	}, in...)
}

// newTextInput returns an input with a record for each text.
func newTextInput(name string, texts []string) speedInput {
	ld := plog.NewLogs()
	records := ld.ResourceLogs().AppendEmpty().ScopeLogs().AppendEmpty().LogRecords()
	for _, text := range texts {
		records.AppendEmpty().Attributes().PutStr("error", text)
	}
	return newInput(name, ld)
}

func newInput(name string, ld plog.Logs) speedInput {
	in := speedInput{name: name, logs: ld}
	for _, rl := range ld.ResourceLogs().All() {
		for _, sl := range rl.ScopeLogs().All() {
			for _, rec := range sl.LogRecords().All() {
				for key, v := range rec.Attributes().All() {
					if v.Type() == pcommon.ValueTypeStr {
						in.texts = append(in.texts, keyed{key, v.Str()})
					}
				}
			}
		}
	}
	return in
}

// logsOf returns a batch with a record for each set of attributes.
func logsOf(b *testing.B, records []map[string]any) plog.Logs {
	b.Helper()
	ld := plog.NewLogs()
	to := ld.ResourceLogs().AppendEmpty().ScopeLogs().AppendEmpty().LogRecords()
	for _, attributes := range records {
		require.NoError(b, to.AppendEmpty().Attributes().FromRaw(attributes))
	}
	return ld
}

// readGzip reads a file of compressed JSON and reports whether it exists.
func readGzip(b *testing.B, file string, v any) bool {
	b.Helper()
	f, err := os.Open(file)
	if errors.Is(err, fs.ErrNotExist) {
		return false
	}
	require.NoError(b, err)
	defer f.Close()
	z, err := gzip.NewReader(f)
	require.NoError(b, err)
	require.NoError(b, json.NewDecoder(z).Decode(v))
	return true
}
