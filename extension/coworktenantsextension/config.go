package coworktenantsextension

import (
	"errors"
	"fmt"
	"time"

	"go.opentelemetry.io/collector/confmap"
)

// Config configures the list of tokens.
type Config struct {
	// File is a list of tokens in YAML.
	File string `mapstructure:"file"`

	// ReloadInterval is how often the file is checked for changes.
	ReloadInterval time.Duration `mapstructure:"reload_interval"`
}

var _ confmap.Validator = (*Config)(nil)

// The bounds of the interval.
const (
	minInterval = 100 * time.Millisecond
	maxInterval = time.Hour
)

// Validate returns all errors of the configuration. The file is read at start.
func (c *Config) Validate() error {
	var errs []error
	if c.File == "" {
		errs = append(errs, errors.New("file: is empty (a list of tokens, for example /etc/otelcol-cowork/tokens.yaml)"))
	}
	if c.ReloadInterval < minInterval || c.ReloadInterval > maxInterval {
		errs = append(errs, fmt.Errorf("reload_interval: %v: must be from %v to %v (10s is the default)", c.ReloadInterval, minInterval, maxInterval))
	}
	return errors.Join(errs...)
}
