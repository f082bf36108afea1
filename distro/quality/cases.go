package main

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/cowork-otel/collector/distro/quality/scoring"
)

// corpusRecords returns the records of a corpus. Those without a source have the start of
// their id, which the records of one file share.
func corpusRecords(c corpus, root string) (records []keyedRecord, err error) {
	all, err := c.loadRecords(root)
	for _, r := range all {
		if r.Source == "" {
			r.Source = strings.TrimRight(r.ID, "-0123456789")
		}
		records = append(records, keyedRecord{r, plainKey})
	}
	return records, err
}

// maxCase bounds a line of a file of cases.
const maxCase = 16 << 20

// caseFiles are the cases of the repository: texts with the values that must be replaced, or
// that must stay unchanged. Each ¦ is removed, as in the corpus.
const caseFiles = "internal/pii/testdata/cases/*.jsonl"

// readCases reads a file of cases: a JSON object a line with the text, its source or kind, and the
// sensitive values themselves.
func readCases(file string) (records []keyedRecord, err error) {
	in, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	return parseCases(in)
}

func parseCases(in io.Reader) (records []keyedRecord, err error) {
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, maxCase)
	for n := 1; lines.Scan(); n++ {
		var c struct {
			ID, Source, Kind, Text string
			Sensitive              []string
		}
		line := bytes.ReplaceAll(lines.Bytes(), []byte("¦"), nil)
		if err := json.Unmarshal(line, &c); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		r := scoring.Record{ID: c.ID, Text: c.Text, Source: cmp.Or(c.Source, c.Kind)}
		for _, value := range c.Sensitive {
			start, end := indexValue(c.Text, value)
			if start < 0 {
				return nil, fmt.Errorf("line %d: the text has not each of its sensitive values", n)
			}
			r.Spans = append(r.Spans, scoring.Span{Start: start, End: end})
		}
		records = append(records, keyedRecord{r, plainKey})
	}
	return records, lines.Err()
}

// indexValue returns where a value is in a text, as it is given or with the escapes of JSON; -1 if it is not.
func indexValue(in, value string) (start, end int) {
	for range 3 { // JSON in a string in JSON
		if start = strings.Index(in, value); start >= 0 && value != "" {
			return start, start + len(value)
		}
		value = withEscapes(value)
	}
	return -1, -1
}

// withEscapes returns a text as it is in a string of JSON.
func withEscapes(value string) string {
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if encoder.Encode(value) != nil {
		return value
	}
	return strings.TrimSuffix(b.String()[1:], "\"\n")
}

// withoutEscapes returns the text of a string of JSON. Other text is returned unchanged.
func withoutEscapes(value string) string {
	var plain string
	if json.Unmarshal([]byte(`"`+value+`"`), &plain) == nil {
		return plain
	}
	return value
}

// patternTests reads the tests of the patterns, fs.ErrNotExist if there are none.
func patternTests(files string) (records []keyedRecord, err error) {
	names, err := filepath.Glob(files)
	if err != nil {
		return nil, err
	}
	for _, file := range names {
		in, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		records = append(records, parseTests(filepath.Base(file), string(in))...)
	}
	if len(records) == 0 {
		return nil, fs.ErrNotExist
	}
	return records, nil
}

// neighbors is how many lines of tests share a source, since they are often alike.
const neighbors = 20

// parseTests reads the lines of a file of tests: a key and " | ", which can be missing, and a
// text with the values between « and ».
func parseTests(name, in string) (records []keyedRecord) {
	for n, line := range strings.Split(in, "\n") {
		if line == "" || strings.HasPrefix(line, "# ") {
			continue
		}
		r := keyedRecord{scoring.Record{ID: fmt.Sprintf("%s:%d", name, n+1), Source: fmt.Sprintf("%s:%d", name, n/neighbors)}, plainKey}
		if key, rest, found := strings.Cut(line, " | "); found {
			r.key, line = key, rest
		}
		r.setMarked(strings.NewReplacer("⏎", "\n", "¦", "").Replace(line), strings.TrimSuffix(name, ".txt"))
		records = append(records, r)
	}
	return records
}

// setMarked sets the text without its marks, and the spans, all of one type.
func (r *keyedRecord) setMarked(marked, typ string) {
	for {
		before, rest, found := strings.Cut(marked, "«")
		r.Text += before
		if !found {
			return
		}
		value, after, _ := strings.Cut(rest, "»")
		r.Spans = append(r.Spans, scoring.Span{Start: len(r.Text), End: len(r.Text) + len(value), Type: typ})
		r.Text += value
		marked = after
	}
}
