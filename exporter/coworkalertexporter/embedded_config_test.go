package coworkalertexporter

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/confmap"
)

// TestConfigErrorIsRedacted uses invalid values that Alertmanager's loader quotes in its
// errors.
func TestConfigErrorIsRedacted(t *testing.T) {
	for setting, want := range map[string]string{
		"webhook_configs: [{url: '://SECRET/hook'}]":                                                                  "missing protocol scheme",
		"slack_configs: [{channel: c, api_url: 'https://hooks.example.com:bad/SECRET\"/x'}]":                          "invalid port",
		"webhook_configs: SECRET":                                                                                     "cannot unmarshal",
		"webhook_configs: [{url: 'http://x/', http_config: {authorization: SECRET}}]":                                 "line ",
		"webhook_configs: [{url: 'http://x/', http_config: {basic_auth: {username: u, password: [SECRET, SECRET]}}}]": "cannot unmarshal",
		"webhook_configs: [{url: 'http://x/', max_alrts: 3}]":                                                         "field max_alrts is not an Alertmanager setting at this place",
	} {
		err := validateYAML(t, fmt.Sprintf("embedded: {data_dir: d, config: {route: {receiver: r}, receivers: [{name: r, %s}]}}", setting))
		require.ErrorContains(t, err, "embedded: config: ")
		require.ErrorContains(t, err, want)
		require.NotContains(t, err.Error(), "SECRET")
	}
}

// TestInlineConfigIsRedacted checks that no value of Alertmanager's configuration is in
// the configuration that a collector prints.
func TestInlineConfigIsRedacted(t *testing.T) {
	cfg := createDefaultConfig()
	conf := confmap.NewFromStringMap(map[string]any{"embedded": map[string]any{"data_dir": "d", "config": map[string]any{"key": secret}}})
	require.NoError(t, conf.Unmarshal(cfg))
	require.Equal(t, secret, cfg.(*Config).Embedded.Get().Inline.settings["key"])
	printed := confmap.New()
	require.NoError(t, printed.Marshal(cfg))
	require.Contains(t, fmt.Sprint(printed.ToStringMap()), redacted)
	for _, text := range []string{fmt.Sprint(printed.ToStringMap()), fmt.Sprintf("%+v", cfg.(*Config).Embedded.Get()), fmt.Sprintf("%#v", cfg.(*Config).Embedded.Get().Inline)} {
		require.NotContains(t, text, secret)
	}
}
