package scoring

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Types are the types of values in the order of the table.
var Types = []string{
	"email", "phone", "ssn", "credit_card", "ip", "iban",
	"api_key", "jwt", "private_key", "url_credential", "secret",
}

// key is the group of the types that share the marker of API keys.
const key = "key"

// group returns the types that have the same marker as a type, as one name.
func group(typ string) string {
	switch typ {
	case "api_key", "jwt", "private_key", "url_credential", "secret":
		return key
	}
	return typ
}

// A Span is a part of a text: byte offsets [Start, End).
type Span struct {
	Start, End int
	Type       string
}

// shared returns how many bytes two spans have in common.
func (s Span) shared(o Span) int { return max(0, min(s.End, o.End)-max(s.Start, o.Start)) }

func (s Span) len() int { return s.End - s.Start }

// A Record is a text with labelled values.
type Record struct {
	ID, Text string
	Spans    []Span
	Ignore   []Span // neither wrong nor missed
	Partial  bool   // there may be values that have no span
	Tags     []string
}

// Evasion reports whether the values of the record are disguised. Such records
// have a score of their own.
func (r Record) Evasion() bool { return slices.Contains(r.Tags, "evasion") }

// Field reports whether the record was rebuilt from a public report of a missed value or
// a false finding.
func (r Record) Field() bool { return slices.Contains(r.Tags, "field") }

// JSON reports whether the text is JSON.
func (r Record) JSON() bool { return slices.Contains(r.Tags, "json-wrapped") }

// ReadLabelled reads records whose values are labelled by offsets.
func ReadLabelled(from io.Reader) ([]Record, error) {
	return readLines(from, func(line []byte) (r Record, err error) {
		err = json.Unmarshal(line, &r)
		return r, err
	})
}

// ReadMarked reads records whose values are between « and », with a list of their
// types in the same order. It removes each ¦, which prevents alarms of secret
// scanners.
func ReadMarked(from io.Reader) ([]Record, error) {
	return readLines(from, func(line []byte) (Record, error) {
		var marked struct {
			ID, Text    string
			Types, Tags []string
		}
		if err := json.Unmarshal(line, &marked); err != nil {
			return Record{}, err
		}
		r := Record{ID: marked.ID, Tags: marked.Tags}
		return r, r.unmark(marked.Text, marked.Types)
	})
}

// unmark sets the text without its marks, and the spans.
func (r *Record) unmark(text string, types []string) error {
	var b strings.Builder
	rest := strings.ReplaceAll(text, "¦", "")
	for _, typ := range types {
		before, behind, opened := strings.Cut(rest, "«")
		value, after, closed := strings.Cut(behind, "»")
		if !opened || !closed {
			return fmt.Errorf("record %s: fewer values than types (want «…» for each of %d)", r.ID, len(types))
		}
		b.WriteString(before)
		start := b.Len()
		b.WriteString(value)
		r.Spans = append(r.Spans, Span{start, b.Len(), typ})
		rest = after
	}
	if strings.ContainsAny(rest, "«»") {
		return fmt.Errorf("record %s: more values than types (want a type for each «…»)", r.ID)
	}
	r.Text = b.String() + rest
	return nil
}

// maxLine bounds a line of a corpus.
const maxLine = 64 << 20

func readLines(from io.Reader, parse func([]byte) (Record, error)) (records []Record, err error) {
	lines := bufio.NewScanner(from)
	lines.Buffer(nil, maxLine)
	for n := 1; lines.Scan(); n++ {
		r, err := parse(lines.Bytes())
		if err == nil {
			err = r.check()
		}
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		records = append(records, r)
	}
	return records, lines.Err()
}

// check rejects records without an id, and spans that are outside of the text or of an unknown type.
func (r Record) check() error {
	if r.ID == "" {
		return errors.New("has no id")
	}
	for _, s := range slices.Concat(r.Spans, r.Ignore) {
		if s.Start < 0 || s.Start >= s.End || s.End > len(r.Text) {
			return fmt.Errorf("record %s: span %d to %d is not within the text of %d bytes", r.ID, s.Start, s.End, len(r.Text))
		}
	}
	for _, s := range r.Spans {
		if !slices.Contains(Types, s.Type) {
			return fmt.Errorf("record %s: unknown type %q (have %s)", r.ID, s.Type, strings.Join(Types, ", "))
		}
	}
	return nil
}
