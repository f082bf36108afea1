package coworkalertexporter

import (
	"errors"
	"fmt"
	"net"
	"net/url"

	"go.opentelemetry.io/collector/confmap"
	"go.yaml.in/yaml/v3"
)

// Embedded is an Alertmanager in this process, with Alertmanager's own configuration.
type Embedded struct {
	// ConfigFile is Alertmanager's configuration, in a file of its own.
	ConfigFile string `mapstructure:"config_file"`

	// Inline is the same in place. It may hold secrets, and is never printed.
	Inline Inline `mapstructure:"config"`

	// Listen is where API v2 is served, for amtool and its kin. Unset: nowhere.
	Listen string `mapstructure:"listen"`

	// ExternalURL is what links in notifications begin with.
	ExternalURL string `mapstructure:"external_url"`

	// DataDir is the folder of the silences and the log of notifications.
	DataDir string `mapstructure:"data_dir"`
}

// Inline is a configuration of Alertmanager. The zero value is none.
type Inline struct{ settings map[string]any }

var (
	_ confmap.Validator   = (*Embedded)(nil)
	_ confmap.Unmarshaler = (*Inline)(nil)
	_ confmap.Marshaler   = Inline{}
	_ fmt.Formatter       = Inline{}
)

// Validate reads the configuration as Alertmanager does.
func (c *Embedded) Validate() error {
	var errs []error
	if (c.ConfigFile == "") == (c.Inline.settings == nil) {
		errs = append(errs, errors.New("needs exactly one of config_file, config"))
	} else if _, err := c.load(); err != nil {
		errs = append(errs, err)
	}
	if _, _, err := net.SplitHostPort(c.Listen); err != nil && c.Listen != "" {
		errs = append(errs, fmt.Errorf("listen: %q: is no address (localhost:9093 is one)", c.Listen))
	}
	if u, err := url.Parse(c.ExternalURL); err != nil || c.ExternalURL != "" && u.Host == "" {
		errs = append(errs, errors.New("external_url: is no URL (https://alerts.example.com is one)"))
	}
	if c.DataDir == "" {
		errs = append(errs, errors.New("data_dir: is empty: without it every restart notifies again (./data/alertmanager is one)"))
	}
	return errors.Join(errs...)
}

// Unmarshal takes the configuration as it stands.
func (c *Inline) Unmarshal(conf *confmap.Conf) error {
	c.settings = conf.ToStringMap()
	return nil
}

// Marshal keeps the configuration out of what a collector prints of itself.
func (c Inline) Marshal(conf *confmap.Conf) error {
	printed := map[string]any{}
	for key := range c.settings {
		printed[key] = redacted
	}
	return conf.Merge(confmap.NewFromStringMap(printed))
}

// Format keeps the configuration out of messages.
func (Inline) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(redacted)) }

const redacted = "[REDACTED]"

// text returns the configuration as Alertmanager reads it.
func (c Inline) text() (string, error) {
	text, err := yaml.Marshal(c.settings)
	return string(text), err
}
