package coworkrosterprocessor

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"go.opentelemetry.io/collector/confmap"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/roster"
)

// Config configures the list of people and what is kept of it.
type Config struct {
	// File is a list of people: YAML if its name ends in .yaml or .yml, else CSV with a
	// header. Empty: there is none.
	File string `mapstructure:"file"`

	// ReloadInterval is how often the file is checked for changes.
	ReloadInterval time.Duration `mapstructure:"reload_interval"`

	// Join are the attributes that identify a person. The first one with a person of the
	// list applies.
	Join []string `mapstructure:"join"`

	// Columns are the titles of columns in the file, by the name of an attribute of Join
	// or of a column of Attributes. A column that is not listed has its name as its title.
	Columns map[string]string `mapstructure:"columns"`

	// Attributes are the columns that are kept, each with the attribute that it becomes.
	Attributes map[string]string `mapstructure:"attributes"`

	// FromAttributes are attributes of clients, by the column that they replace where the
	// list has no value. The first one that is present applies. Those of a column that
	// is not kept are not used.
	FromAttributes map[string][]string `mapstructure:"from_attributes"`
}

var (
	_ confmap.Validator   = (*Config)(nil)
	_ confmap.Unmarshaler = (*Config)(nil)
)

// The bounds of the interval.
const (
	minInterval = 100 * time.Millisecond
	maxInterval = 24 * time.Hour
)

// The attributes that can be written.
var writable = []string{cowork.UserNameAttribute, cowork.TeamAttribute, cowork.CostCenterAttribute}

// Unmarshal reads the configuration. Columns of attributes replace those of the default
// instead of being added to them: what is not chosen is not kept.
func (c *Config) Unmarshal(conf *confmap.Conf) error {
	if conf.IsSet("attributes") {
		c.Attributes = nil
	}
	return conf.Unmarshal(c)
}

// Validate returns all errors of the configuration. The file is read at start.
func (c *Config) Validate() error {
	var errs []error
	fail := func(format string, args ...any) { errs = append(errs, fmt.Errorf(format, args...)) }
	if c.ReloadInterval < minInterval || c.ReloadInterval > maxInterval {
		fail("reload_interval: %v: must be from %v to %v (10s is the default)", c.ReloadInterval, minInterval, maxInterval)
	}
	if len(c.Join) == 0 && c.File != "" {
		fail("join: is empty (attributes that identify a person, for example user.email)")
	}
	for i, key := range c.Join {
		if key == "" || slices.Contains(c.Join[:i], key) {
			fail("join::%d: is empty or a repetition (an attribute that identifies a person, for example user.email)", i)
		}
	}
	columns := c.Attributes
	if len(columns) == 0 {
		fail("attributes: is empty (a column and its attribute, for example team: %s)", cowork.TeamAttribute)
	}
	var used []string
	for _, column := range slices.Sorted(maps.Keys(columns)) {
		switch attribute := columns[column]; {
		case column == "" || !slices.Contains(writable, attribute):
			fail("attributes::%s: %q: is no attribute of people (have %s)", column, attribute, strings.Join(writable, ", "))
		case slices.Contains(used, attribute):
			fail("attributes::%s: %q: is the attribute of another column too (one column for each attribute)", column, attribute)
		default:
			used = append(used, attribute)
		}
	}
	names := append(slices.Sorted(maps.Keys(columns)), c.Join...)
	for _, name := range slices.Sorted(maps.Keys(c.Columns)) {
		if !slices.Contains(names, name) || strings.TrimSpace(c.Columns[name]) == "" {
			fail("columns::%s: has no title, or is no name of join and attributes (have %s)", name, strings.Join(names, ", "))
		}
	}
	for _, column := range slices.Sorted(maps.Keys(c.FromAttributes)) {
		if _, known := defaultAttributes()[column]; !known && columns[column] == "" {
			fail("from_attributes::%s: is no column of attributes (have %s)", column, strings.Join(slices.Sorted(maps.Keys(columns)), ", "))
		}
		for i, key := range c.FromAttributes[column] {
			if key == "" || slices.Contains(writable, key) {
				fail("from_attributes::%s::%d: is empty or written by this processor (an attribute of clients, for example department)", column, i)
			}
		}
	}
	return errors.Join(errs...)
}

// settings returns what is read from the file.
func (c *Config) settings() roster.Settings {
	s := roster.Settings{Join: c.Join, Titles: c.Columns, Optional: maps.Equal(c.Attributes, defaultAttributes())}
	for _, column := range slices.Sorted(maps.Keys(c.Attributes)) {
		s.Targets = append(s.Targets, roster.Target{Column: column, Attribute: c.Attributes[column]})
		switch c.Attributes[column] {
		case cowork.UserNameAttribute:
			s.Name = cowork.UserNameAttribute
		case cowork.TeamAttribute:
			s.Team = cowork.TeamAttribute
		}
	}
	return s
}

// format returns the format of the file.
func (c *Config) format() roster.Format {
	name := strings.ToLower(c.File)
	if strings.HasSuffix(name, ".yaml") || strings.HasSuffix(name, ".yml") {
		return roster.YAML
	}
	return roster.CSV
}
