package egress

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"regexp"

	"go.yaml.in/yaml/v3"

	"github.com/cowork-otel/collector/internal/yamlerror"
)

// Names are two lists of names.
type Names struct {
	Allowed  []string `mapstructure:"allowed" yaml:"allowed"`
	Disabled []string `mapstructure:"disabled" yaml:"disabled"`
}

// Kinds are the lists of each kind of name.
type Kinds struct {
	Hosts      Names `mapstructure:"hosts" yaml:"hosts"`
	Connectors Names `mapstructure:"connectors" yaml:"connectors"`
	Plugins    Names `mapstructure:"plugins" yaml:"plugins"`
}

// A Group has lists that apply to some teams, to some organizations, or to some teams of
// some organizations.
type Group struct {
	Teams         []string `mapstructure:"teams" yaml:"teams"`
	Organizations []string `mapstructure:"organizations" yaml:"organizations"`
	Kinds         `mapstructure:",squash" yaml:",inline"`
}

// Lists are the lists that apply to everyone, and those of groups, which are added.
type Lists struct {
	Kinds  `mapstructure:",squash" yaml:",inline"`
	Groups []Group `mapstructure:"groups" yaml:"groups"`
}

// The bounds of lists.
const (
	// MaxBytes is the largest size of a file.
	MaxBytes = 4 << 20
	// MaxEntries bounds the entries of all lists together.
	MaxEntries = 100_000
	// MaxGroups bounds the groups.
	MaxGroups = 1000
)

// Parse reads lists from YAML. An empty text has none.
func Parse(data []byte) (*Lists, error) {
	if len(data) > MaxBytes {
		return nil, errors.New("is larger than 4 MiB (a list of at most 100000 entries)")
	}
	d := yaml.NewDecoder(bytes.NewReader(data))
	d.KnownFields(true)
	lists := &Lists{}
	if err := d.Decode(lists); err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("is no list: %s (hosts: {allowed: [\"*.example.com\"], disabled: []}, and so on)", mistakeOf(data, err))
	}
	return lists, nil
}

// unknownField matches the error of the decoder for a key that does not exist.
var unknownField = regexp.MustCompile(`^line (\d+): field (\S+) not found in type`)

// mistakeOf returns the first mistake of an error of the decoder, without values of the list.
func mistakeOf(data []byte, err error) string {
	var types *yaml.TypeError
	if errors.As(err, &types) && len(types.Errors) > 0 {
		if m := unknownField.FindStringSubmatch(types.Errors[0]); m != nil {
			return fmt.Sprintf("line %s: %s: unknown key", m[1], m[2])
		}
	}
	line, words := yamlerror.Mistake(data, err)
	return fmt.Sprintf("line %d: %s", line, cmp.Or(words, "has another form"))
}
