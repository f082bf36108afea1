package coworkalertexporter

import (
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/confmap"
)

// validateYAML returns the error of a configuration.
func validateYAML(t *testing.T, settings string) error {
	t.Helper()
	retrieved, err := confmap.NewRetrievedFromYAML([]byte(settings))
	require.NoError(t, err)
	conf, err := retrieved.AsConf()
	require.NoError(t, err)
	cfg := createDefaultConfig()
	require.NoError(t, conf.Unmarshal(cfg))
	return confmap.Validate(cfg)
}

func TestValidate(t *testing.T) {
	check := func(settings string, want ...string) {
		t.Helper()
		err := validateYAML(t, settings)
		if len(want) == 0 {
			require.NoError(t, err)
			return
		}
		require.Error(t, err)
		for _, w := range want {
			require.ErrorContains(t, err, w)
		}
	}
	const route = "config: {route: {receiver: r}, receivers: [{name: r}]}"
	check("endpoint: https://a.example.com")
	check("embedded: {data_dir: d, " + route + "}")
	check("timeout: 1s", "needs exactly one of endpoint, embedded; has none")
	check("{endpoint: https://a.example.com, embedded: {data_dir: d, "+route+"}}", "needs exactly one of endpoint, embedded; has both")
	check("endpoint: localhost:9093", "endpoint: is no URL")
	check("{endpoint: http://a, labels: [user.email, user_email, severity]}", `labels::1: "user_email"`, `labels::2: "severity"`)
	check("{endpoint: http://a, annotations: [value, alert.value]}", `annotations::1: "alert.value"`)
	check("{endpoint: http://a, minimum_firing: 5}", "minimum_firing: 5ns: must have a unit of ms or more (1m is the default)")
	check("{endpoint: http://a, resend_interval: 0s, minimum_firing: -1s, forget_after: 1m, max_alerts: 0}",
		"resend_interval: 0s", "minimum_firing: -1s", "forget_after: 1m0s", "max_alerts: 0")
	check("{endpoint: http://a, expiry: 2m}", "expiry: 2m0s: must be at least 3 times resend_interval")
	check("{endpoint: http://a, page_url: 'https://cowork.example.com/'}")
	check("{endpoint: http://a, page_url: 'https://me:secret@cowork.example.com'}", "page_url: is no URL of a page (https://cowork.example.com is one)")
	check("embedded: {data_dir: d}", "needs exactly one of config_file, config")
	check("embedded: {"+route+"}", "data_dir: is empty")
	check("embedded: {data_dir: d, listen: nowhere, external_url: nothing, "+route+"}", "listen:", "external_url:")
	check("embedded: {data_dir: d, config: {route: {receiver: x}, receivers: [{name: r}]}}", "embedded: config: ", `"x"`)
	check("embedded: {data_dir: d, config_file: testdata/none.yml}", "config_file: testdata/none.yml: no such file (a path is relative to the folder in which the collector starts)")
}
