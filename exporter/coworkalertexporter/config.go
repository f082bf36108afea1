package coworkalertexporter

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/config/confighttp"
	"go.opentelemetry.io/collector/config/configoptional"
	"go.opentelemetry.io/collector/config/configretry"
	"go.opentelemetry.io/collector/confmap"
	"go.opentelemetry.io/collector/exporter/exporterhelper"
)

// Config says which Alertmanager is told, and what of an alert.
type Config struct {
	// Client has the endpoint of a real Alertmanager and how to reach it.
	Client confighttp.ClientConfig `mapstructure:",squash"`

	// Embedded is an Alertmanager in this process, where there is none to reach.
	Embedded configoptional.Optional[Embedded] `mapstructure:"embedded"`

	// Labels are the attributes of an alert record, beside the rule's name and its
	// severity, that become labels. What is not listed never leaves.
	Labels []string `mapstructure:"labels"`

	// Annotations are the attributes that become annotations.
	Annotations []string `mapstructure:"annotations"`

	// ResendInterval is how often an alert that fires is said again.
	ResendInterval time.Duration `mapstructure:"resend_interval"`

	// Expiry is how long Alertmanager takes an alert to fire that is not said again.
	Expiry time.Duration `mapstructure:"expiry"`

	// MinimumFiring is how long an alert fires at least for Alertmanager.
	MinimumFiring time.Duration `mapstructure:"minimum_firing"`

	// ForgetAfter is how long an alert is said again of which no record came.
	ForgetAfter time.Duration `mapstructure:"forget_after"`

	// MaxAlerts bounds the alerts that are said again.
	MaxAlerts int `mapstructure:"max_alerts"`

	// Storage is a storage extension, through which alerts survive a restart.
	Storage *component.ID `mapstructure:"storage"`

	// Queue holds records while Alertmanager cannot be reached.
	Queue configoptional.Optional[exporterhelper.QueueBatchConfig] `mapstructure:"sending_queue"`

	// Retry says how a request that failed is repeated.
	Retry configretry.BackOffConfig `mapstructure:"retry_on_failure"`
}

var _ confmap.Validator = (*Config)(nil)

// maxAlerts is as many alerts as anyone can have use for.
const maxAlerts = 1_000_000

// Validate checks that there is one receiver, and that the times fit each other.
func (c *Config) Validate() error {
	errs := []error{c.validateTarget(), validateNames(c.Labels, labelName, "labels"), validateNames(c.Annotations, annotationName, "annotations")}
	for _, d := range []struct {
		key          string
		value, least time.Duration
		why          string
	}{
		{"resend_interval", c.ResendInterval, time.Second, "must be at least 1s (1m is the default)"},
		{"expiry", c.Expiry, 3 * c.ResendInterval, "must be at least 3 times resend_interval (15m is the default)"},
		{"minimum_firing", c.MinimumFiring, 0, "must not be negative (1m is the default)"},
		{"forget_after", c.ForgetAfter, c.Expiry, "must be at least expiry (24h is the default)"},
	} {
		if d.value < d.least {
			errs = append(errs, fmt.Errorf("%s: %v: %s", d.key, d.value, d.why))
		}
	}
	if c.MaxAlerts < 1 || c.MaxAlerts > maxAlerts {
		errs = append(errs, fmt.Errorf("max_alerts: %d: must be from 1 to %d (10000 is the default)", c.MaxAlerts, maxAlerts))
	}
	return errors.Join(errs...)
}

func (c *Config) validateTarget() error {
	switch {
	case c.Client.Endpoint == "" && !c.Embedded.HasValue():
		return errors.New("needs exactly one of endpoint, embedded; has none")
	case c.Client.Endpoint != "" && c.Embedded.HasValue():
		return errors.New("needs exactly one of endpoint, embedded; has both")
	case c.Embedded.HasValue():
		return nil
	}
	// The URL may hold a secret and is not repeated.
	u, err := url.Parse(c.Client.Endpoint)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
		return errors.New("endpoint: is no URL (https://alertmanager.example.com is one)")
	}
	return nil
}

// validateNames checks that no two attributes get the same name.
func validateNames(attributes []string, name func(string) string, key string) error {
	taken := map[string]string{}
	if key == "labels" {
		for _, own := range ownLabels {
			taken[own] = own
		}
	}
	var errs []error
	for i, attribute := range attributes {
		if strings.Contains(attribute, "*") && (attribute != ruleLabels || key != "labels") {
			errs = append(errs, fmt.Errorf("%s::%d: %q: must be the name of an attribute (or %s, in labels)", key, i, attribute, ruleLabels))
		}
		n := name(attribute)
		if other, ok := taken[n]; ok {
			errs = append(errs, fmt.Errorf("%s::%d: %q: is called %s as %q is (each needs a name of its own)", key, i, attribute, n, other))
		}
		taken[n] = attribute
	}
	return errors.Join(errs...)
}
