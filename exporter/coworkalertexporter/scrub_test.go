package coworkalertexporter

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestLoaderRepeatsNoValue has values that Alertmanager's loader quotes when it cannot
// read them.
func TestLoaderRepeatsNoValue(t *testing.T) {
	for setting, want := range map[string]string{
		"webhook_configs: [{url: '://SECRET/hook'}]":                                                                  "missing protocol scheme",
		"slack_configs: [{channel: c, api_url: 'https://hooks.example.com:bad/SECRET\"/x'}]":                          "invalid port",
		"webhook_configs: SECRET":                                                                                     "cannot unmarshal",
		"webhook_configs: [{url: 'http://x/', http_config: {authorization: SECRET}}]":                                 "line ",
		"webhook_configs: [{url: 'http://x/', http_config: {basic_auth: {username: u, password: [SECRET, SECRET]}}}]": "cannot unmarshal",
		"webhook_configs: [{url: 'http://x/', max_alrts: 3}]":                                                         "field max_alrts is no setting of Alertmanager's there",
	} {
		err := validate(t, fmt.Sprintf("embedded: {data_dir: d, config: {route: {receiver: r}, receivers: [{name: r, %s}]}}", setting))
		require.ErrorContains(t, err, "embedded: config: ")
		require.ErrorContains(t, err, want)
		require.NotContains(t, err.Error(), "SECRET")
	}
}
