package egress

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"go.yaml.in/yaml/v3"
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
		return nil, fmt.Errorf("is no list: %w (hosts: {allowed: [\"*.example.com\"], disabled: []}, and so on)", err)
	}
	return lists, nil
}
