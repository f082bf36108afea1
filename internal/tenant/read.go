package tenant

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/cowork-otel/collector/internal/yamlerror"
)

// The bounds of a list.
const (
	MaxBytes         = 4 << 20
	MaxTokens        = 10_000 // with those that a rotation replaces
	MaxOrganizations = 1000   // of a token
	MaxTokenBytes    = 4096   // of a file of one token
	minTokenBytes    = 16
	maxNameBytes     = 64
	maxIDBytes       = 128
)

// A Reason is the kind of an error of a list. It is a label of a metric.
type Reason string

// The reasons.
const (
	TooLarge Reason = "too_large" // bytes
	TooMany  Reason = "too_many"  // tokens, or organizations of a token
	Invalid  Reason = "invalid"
)

// An Error is what is wrong with a list.
type Error struct {
	Line   int
	Reason Reason
	text   string
}

// Error returns the text of the error, without a value of the list.
func (e *Error) Error() string { return fmt.Sprintf("line %d: %s", e.Line, e.text) }

func invalid(line int, format string, args ...any) *Error {
	return &Error{line, Invalid, fmt.Sprintf(format, args...)}
}

// Parse reads a list of tokens. It calls readToken for each token_file.
func Parse(data []byte, readToken func(path string) (Digest, error)) (*List, error) {
	if len(data) > MaxBytes {
		return nil, &Error{1, TooLarge, fmt.Sprintf("the list has more than %d bytes (fewer tokens)", MaxBytes)}
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		line, mistake := yamlerror.Mistake(data, err)
		return nil, invalid(line, "is no valid YAML (%s)", cmp.Or(mistake, "tokens: a list of tokens"))
	}
	entries, err := entriesOf(&doc)
	if err != nil {
		return nil, err
	}
	r := reader{list: &List{keys: map[Digest]key{}, files: map[string]bool{}}, names: map[string]bool{}, readToken: readToken}
	for _, entry := range entries {
		if err := r.addEntry(entry); err != nil {
			return nil, err
		}
	}
	if len(r.names) == 0 {
		return nil, invalid(1, "tokens: is empty (a token, as coworkctl token new prints it)")
	}
	r.list.tenants = len(r.names)
	return r.list, nil
}

// entriesOf returns the entries of the key tokens.
func entriesOf(doc *yaml.Node) ([]*yaml.Node, error) {
	if len(doc.Content) != 1 || doc.Content[0].Kind != yaml.MappingNode {
		return nil, invalid(1, "is no map with the key tokens (tokens: a list of tokens)")
	}
	fields, err := fieldsOf(doc.Content[0], "tokens")
	if err != nil {
		return nil, err
	}
	tokens := fields["tokens"]
	if tokens == nil || tokens.Kind != yaml.SequenceNode {
		return nil, invalid(doc.Content[0].Line, "tokens: is no list (one element for each token, such as - name: …)")
	}
	return tokens.Content, nil
}

// fieldsOf returns the values of a map by their keys, each of which must be known.
func fieldsOf(n *yaml.Node, known ...string) (map[string]*yaml.Node, error) {
	fields := map[string]*yaml.Node{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		name, value := n.Content[i], n.Content[i+1]
		if !slices.Contains(known, name.Value) {
			return nil, invalid(name.Line, "has an unknown key (have %s)", strings.Join(known, ", "))
		}
		if fields[name.Value] != nil {
			return nil, invalid(name.Line, "%s: is there twice (each key once)", name.Value)
		}
		fields[name.Value] = value
	}
	return fields, nil
}

// timeOf reads a time or a day, which ends when it begins in UTC.
func timeOf(n *yaml.Node) (time.Time, bool) {
	for _, layout := range []string{time.RFC3339, time.DateOnly} {
		if at, err := time.Parse(layout, n.Value); err == nil && n.Kind == yaml.ScalarNode {
			return at, true
		}
	}
	return time.Time{}, false
}
