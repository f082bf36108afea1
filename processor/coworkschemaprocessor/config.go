package coworkschemaprocessor

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"go.opentelemetry.io/collector/confmap"
)

// Config configures the format.
type Config struct {
	// Format is the schema: a name of the table of formats.
	Format string `mapstructure:"format"`

	// Mode is add, which keeps the attributes of events, or replace, which removes them.
	Mode string `mapstructure:"mode"`
}

var _ confmap.Validator = (*Config)(nil)

// The modes.
const (
	add     = "add"
	replace = "replace"
)

// Validate returns all errors of the configuration.
func (c *Config) Validate() error {
	var errs []error
	if _, ok := formats[c.Format]; !ok {
		errs = append(errs, fmt.Errorf("format: %q is no format (one of %s)", c.Format, strings.Join(slices.Sorted(maps.Keys(formats)), ", ")))
	}
	if c.Mode != add && c.Mode != replace {
		errs = append(errs, fmt.Errorf("mode: %q is no mode (%s or %s)", c.Mode, add, replace))
	}
	return errors.Join(errs...)
}
