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

// Config configures the Alertmanager, and what it receives of an alert.
type Config struct {
	// Client has the endpoint of an external Alertmanager and its client settings.
	Client confighttp.ClientConfig `mapstructure:",squash"`

	// Embedded runs an Alertmanager in this process, instead of an external one.
	Embedded configoptional.Optional[EmbeddedConfig] `mapstructure:"embedded"`

	// Labels are the attributes of an alert record that become labels, in addition to
	// the rule's name, severity and fingerprint. Other attributes are not sent.
	Labels []string `mapstructure:"labels"`

	// Annotations are the attributes that become annotations.
	Annotations []string `mapstructure:"annotations"`

	// PageURL is the URL of the page, for links in notifications. Without it, there are none.
	PageURL string `mapstructure:"page_url"`

	// ResendInterval is how often an active alert is sent again.
	ResendInterval time.Duration `mapstructure:"resend_interval"`

	// Expiry is how long Alertmanager considers an alert firing that is not sent again.
	Expiry time.Duration `mapstructure:"expiry"`

	// MinimumFiring is how long an alert is firing in Alertmanager before it is sent as
	// resolved.
	MinimumFiring time.Duration `mapstructure:"minimum_firing"`

	// ForgetAfter is how long an alert without a new record remains active.
	ForgetAfter time.Duration `mapstructure:"forget_after"`

	// MaxAlerts limits the number of active alerts.
	MaxAlerts int `mapstructure:"max_alerts"`

	// Storage is a storage extension that keeps the active alerts between runs.
	Storage *component.ID `mapstructure:"storage"`

	// Queue holds records while Alertmanager is unavailable.
	Queue configoptional.Optional[exporterhelper.QueueBatchConfig] `mapstructure:"sending_queue"`

	// Retry configures how a failed batch is retried.
	Retry configretry.BackOffConfig `mapstructure:"retry_on_failure"`
}

var _ confmap.Validator = (*Config)(nil)

// maxAlertsLimit is the highest max_alerts.
const maxAlertsLimit = 1_000_000

// Validate checks that there is exactly one Alertmanager, and the limits of all values.
func (c *Config) Validate() error {
	errs := []error{c.validateAlertmanager(), validateNames(c.Labels, labelName, "labels"), validateNames(c.Annotations, annotationName, "annotations")}
	if u, err := url.Parse(c.PageURL); c.PageURL != "" && (err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "") {
		errs = append(errs, errors.New("page_url: is no URL of a page (https://cowork.example.com is one)"))
	}
	for _, d := range []struct {
		key            string
		value, minimum time.Duration
		problem        string
	}{
		{"resend_interval", c.ResendInterval, time.Second, "must be at least 1s (1m is the default)"},
		{"expiry", c.Expiry, 3 * c.ResendInterval, "must be at least 3 times resend_interval (15m is the default)"},
		{"minimum_firing", c.MinimumFiring, 0, "must not be negative (1m is the default)"},
		{"forget_after", c.ForgetAfter, c.Expiry, "must be at least expiry (24h is the default)"},
	} {
		if d.value < d.minimum {
			errs = append(errs, fmt.Errorf("%s: %v: %s", d.key, d.value, d.problem))
		}
	}
	if c.MinimumFiring > 0 && c.MinimumFiring < time.Millisecond { // a number without a unit
		errs = append(errs, fmt.Errorf("minimum_firing: %v: must have a unit of ms or more (1m is the default)", c.MinimumFiring))
	}
	if c.MaxAlerts < 1 || c.MaxAlerts > maxAlertsLimit {
		errs = append(errs, fmt.Errorf("max_alerts: %d: must be from 1 to %d (10000 is the default)", c.MaxAlerts, maxAlertsLimit))
	}
	return errors.Join(errs...)
}

func (c *Config) validateAlertmanager() error {
	switch {
	case c.Client.Endpoint == "" && !c.Embedded.HasValue():
		return errors.New("needs exactly one of endpoint, embedded; has none")
	case c.Client.Endpoint != "" && c.Embedded.HasValue():
		return errors.New("needs exactly one of endpoint, embedded; has both")
	case c.Embedded.HasValue():
		return nil
	}
	// The error omits the URL, which may contain a secret.
	u, err := url.Parse(c.Client.Endpoint)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
		return errors.New("endpoint: is no URL (https://alertmanager.example.com is one)")
	}
	return nil
}

// validateNames checks that no two attributes become the same label or annotation.
func validateNames(attributes []string, name func(string) string, key string) error {
	used := map[string]string{}
	if key == "labels" {
		for _, reserved := range reservedLabels {
			used[reserved] = reserved
		}
	}
	var errs []error
	for i, attribute := range attributes {
		if strings.Contains(attribute, "*") && (attribute != ruleLabels || key != "labels") {
			errs = append(errs, fmt.Errorf("%s::%d: %q: must be the name of an attribute (or %s, in labels)", key, i, attribute, ruleLabels))
		}
		n := name(attribute)
		if other, ok := used[n]; ok {
			errs = append(errs, fmt.Errorf("%s::%d: %q: becomes %s, as %q does (each name must be unique)", key, i, attribute, n, other))
		}
		used[n] = attribute
	}
	return errors.Join(errs...)
}

// sendTimeout returns how long one resend may take.
func (c *Config) sendTimeout() time.Duration {
	if c.Client.Timeout > 0 {
		return c.Client.Timeout
	}
	return c.ResendInterval
}
