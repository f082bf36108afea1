package configcheck

import (
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/confmap"
	"go.opentelemetry.io/collector/confmap/provider/envprovider"
	"go.opentelemetry.io/collector/confmap/provider/httpprovider"
	"go.opentelemetry.io/collector/confmap/provider/yamlprovider"
)

// TestUnresolved checks the errors of configurations that cannot be resolved: their secrets
// are not known then, and no part of a value is shown.
func TestUnresolved(t *testing.T) {
	for uri, want := range map[string]string{
		"yaml:a: {password: *s3cret}":                                "is not valid YAML with keys and values: yaml: a value begins with * (write it in quotes)",
		`yaml:a: {password: "x${s3cret:s3cret}"}`:                    "a value has ${…} with an unknown scheme (env, file and yaml are known; write $${…} for a text)",
		"http://user:s3cret@127.0.0.1:1/a?token=s3cret&other=s3cret": `cannot retrieve the configuration: unable to download the file via HTTP GET for uri "http://user:***@127.0.0.1:1/a?***": Get "http://user:***@127.0.0.1:1/a?***": dial tcp 127.0.0.1:1: connect: connection refused`,
	} {
		r := Check(t.Context(), Settings{URIs: []string{uri}, Providers: []confmap.ProviderFactory{envprovider.NewFactory(), yamlprovider.NewFactory(), httpprovider.NewFactory()}})
		require.Equal(t, []Problem{{"configuration", want}}, r.Errors)
	}
}
