package coworkjsonlinesextension

import (
	"fmt"

	"go.opentelemetry.io/collector/confmap"
)

// Config configures the encoding.
type Config struct {
	// Of is what a line has of a record: body or attributes.
	Of string `mapstructure:"of"`
}

var _ confmap.Validator = (*Config)(nil)

const (
	ofBody       = "body"
	ofAttributes = "attributes"
)

// Validate returns the error of the configuration.
func (c *Config) Validate() error {
	if c.Of != ofBody && c.Of != ofAttributes {
		return fmt.Errorf("of: %q is no part of a record (%s or %s)", c.Of, ofBody, ofAttributes)
	}
	return nil
}
