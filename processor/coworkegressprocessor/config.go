package coworkegressprocessor

import (
	"errors"
	"fmt"
	"time"

	"go.opentelemetry.io/collector/confmap"

	"github.com/cowork-otel/collector/internal/egress"
)

// Config configures the lists. Those of the file and those of the configuration are added.
type Config struct {
	// File is a YAML file with the keys of Lists. Empty: there is none.
	File string `mapstructure:"file"`

	// ReloadInterval is how often the file is checked for changes.
	ReloadInterval time.Duration `mapstructure:"reload_interval"`

	egress.Lists `mapstructure:",squash"`
}

var _ confmap.Validator = (*Config)(nil)

// The bounds of the interval.
const (
	minInterval = 100 * time.Millisecond
	maxInterval = 24 * time.Hour
)

// Validate returns all errors of the configuration. The file is read at start.
func (c *Config) Validate() error {
	var errs []error
	if c.ReloadInterval < minInterval || c.ReloadInterval > maxInterval {
		errs = append(errs, fmt.Errorf("reload_interval: %v: must be from %v to %v (10s is the default)", c.ReloadInterval, minInterval, maxInterval))
	}
	if _, err := egress.Compile(&c.Lists); err != nil {
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}
