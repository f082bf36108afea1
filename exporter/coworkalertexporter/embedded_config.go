package coworkalertexporter

import (
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/url"
	"regexp"

	amconfig "github.com/prometheus/alertmanager/config"
	"go.opentelemetry.io/collector/confmap"
	"go.yaml.in/yaml/v3"
)

// EmbeddedConfig configures the embedded Alertmanager.
type EmbeddedConfig struct {
	// ConfigFile is a file with Alertmanager's configuration.
	ConfigFile string `mapstructure:"config_file"`

	// Inline is Alertmanager's configuration, instead of a file.
	Inline InlineConfig `mapstructure:"config"`

	// Listen is the address that serves API v2. The default is not to serve it.
	Listen string `mapstructure:"listen"`

	// ExternalURL is the base of the links in notifications.
	ExternalURL string `mapstructure:"external_url"`

	// DataDir is the folder for silences and the notification log.
	DataDir string `mapstructure:"data_dir"`
}

// InlineConfig is a configuration of Alertmanager, or none in its zero value. It may
// contain secrets, so it is redacted wherever it is printed.
type InlineConfig struct{ settings map[string]any }

var (
	_ confmap.Validator   = (*EmbeddedConfig)(nil)
	_ confmap.Unmarshaler = (*InlineConfig)(nil)
	_ confmap.Marshaler   = InlineConfig{}
	_ fmt.Formatter       = InlineConfig{}
)

// Validate loads Alertmanager's configuration and checks the other keys.
func (c *EmbeddedConfig) Validate() error {
	var errs []error
	if (c.ConfigFile == "") == (c.Inline.settings == nil) {
		errs = append(errs, errors.New("needs exactly one of config_file, config"))
	} else if _, err := c.alertmanagerConfig(); err != nil {
		errs = append(errs, err)
	}
	if _, _, err := net.SplitHostPort(c.Listen); err != nil && c.Listen != "" {
		errs = append(errs, fmt.Errorf("listen: %q: is no address (localhost:9093 is one)", c.Listen))
	}
	if u, err := url.Parse(c.ExternalURL); err != nil || c.ExternalURL != "" && u.Host == "" {
		errs = append(errs, errors.New("external_url: is no URL (https://alerts.example.com is one)"))
	}
	if c.DataDir == "" {
		errs = append(errs, errors.New("data_dir: is empty: every restart would notify again (./data/alertmanager is one)"))
	}
	return errors.Join(errs...)
}

// alertmanagerConfig returns the configuration as Alertmanager loads it.
func (c *EmbeddedConfig) alertmanagerConfig() (*amconfig.Config, error) {
	if c.ConfigFile != "" {
		conf, err := amconfig.LoadFile(c.ConfigFile)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("config_file: %s: no such file (a path is relative to the folder in which the collector starts)", c.ConfigFile)
		}
		if err != nil {
			return nil, fmt.Errorf("config_file: %w", redactConfigError(err))
		}
		return conf, nil
	}
	text, err := yaml.Marshal(c.Inline.settings)
	if err != nil {
		return nil, errors.New("config: is no YAML")
	}
	conf, err := amconfig.Load(string(text))
	if err != nil {
		return nil, fmt.Errorf("config: %w", redactConfigError(err))
	}
	return conf, nil
}

// Unmarshal keeps the configuration for Alertmanager's own loader.
func (c *InlineConfig) Unmarshal(conf *confmap.Conf) error {
	c.settings = conf.ToStringMap()
	return nil
}

// Marshal redacts the configuration in the effective configuration that a collector
// prints.
func (c InlineConfig) Marshal(conf *confmap.Conf) error {
	printed := map[string]any{}
	for key := range c.settings {
		printed[key] = redacted
	}
	return conf.Merge(confmap.NewFromStringMap(printed))
}

// Format redacts the configuration in formatted messages.
func (InlineConfig) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(redacted)) }

const redacted = "[REDACTED]"

var (
	// quotedValue matches the values in errors of Alertmanager's loader: a URL, which
	// often is the secret itself, and the beginning of a scalar.
	quotedValue = regexp.MustCompile("parse \"(?:[^\"\\\\]|\\\\.)*\"|`[^`]*`")
	// unknownKey matches the Go type in its errors about an unknown key.
	unknownKey = regexp.MustCompile(`not found in type [\w.]+`)
)

// redactConfigError returns an error of Alertmanager's loader without configured values.
// It does not wrap the error, which contains the value.
func redactConfigError(err error) error {
	text := unknownKey.ReplaceAllString(err.Error(), "is not an Alertmanager setting at this place")
	return errors.New(quotedValue.ReplaceAllString(text, redacted))
}
