package coworkdeliveryextension

import (
	"fmt"

	"go.opentelemetry.io/collector/confmap"
)

// Config configures what happens to refused batches.
type Config struct {
	// Split sends a refused batch again in parts, to deliver the records that the backend
	// accepts.
	Split bool `mapstructure:"split"`

	// Retry lists the statuses after which the exporter retries, as after 503.
	Retry []int `mapstructure:"retry"`
}

var _ confmap.Validator = (*Config)(nil)

// Validate checks the statuses.
func (c *Config) Validate() error {
	for _, status := range c.Retry {
		if status < 400 || status > 599 || splittable[status] {
			return fmt.Errorf("retry: %d: must be a status of an error that no part of a batch can avoid (401 and 403 are the default)", status)
		}
	}
	return nil
}
