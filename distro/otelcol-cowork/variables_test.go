package main

import (
	"net"
	"os"
	"regexp"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/distro/configcheck"
)

// TestTakenPorts checks that a start names each address that another process uses, and the
// variable that moves it. The collector names one, without a variable.
func TestTakenPorts(t *testing.T) {
	want := map[string]string{
		"COWORK_OTLP_GRPC":    "receivers::otlp::protocols::grpc::endpoint: address %s is in use by another process (set COWORK_OTLP_GRPC to another address, such as localhost:14000)",
		"COWORK_OTLP_HTTP":    "receivers::otlp::protocols::http::endpoint: address %s is in use by another process (set COWORK_OTLP_HTTP to another address, such as localhost:14000)",
		"COWORK_PAGE":         "exporters::cowork_dashboard::endpoint: address %s is in use by another process (set COWORK_PAGE to another address, such as localhost:14000)",
		"COWORK_HEALTH":       "extensions::health_check::endpoint: address %s is in use by another process (set COWORK_HEALTH to another address, such as localhost:14000)",
		"COWORK_METRICS_PORT": "service::telemetry::metrics::readers::0::pull::exporter::prometheus::port: address %s is in use by another process (set COWORK_METRICS_PORT to another port, such as 14000)",
	}
	var lines []string
	for name, line := range want {
		listener, err := net.Listen("tcp", "localhost:0")
		require.NoError(t, err)
		t.Cleanup(func() { _ = listener.Close() })
		_, port, err := net.SplitHostPort(listener.Addr().String())
		require.NoError(t, err)
		address := "localhost:" + port
		if name == "COWORK_METRICS_PORT" {
			t.Setenv(name, port)
		} else {
			t.Setenv(name, address)
		}
		lines = append(lines, regexp.MustCompile("%s").ReplaceAllString(line, address))
	}
	factories, err := components()
	require.NoError(t, err)
	set := configcheck.Settings{URIs: []string{"default:"}, Providers: providers, Factories: factories, LookupEnv: os.LookupEnv}
	require.Empty(t, configcheck.Check(t.Context(), set).Errors, "validate does not listen")
	set.Starts = true
	var got []string
	for _, p := range configcheck.Check(t.Context(), set).Errors {
		got = append(got, p.String())
	}
	require.ElementsMatch(t, lines, got)
}

// TestVariablesInReadme checks that distro/README.md lists the variables of the default
// configuration with their defaults.
func TestVariablesInReadme(t *testing.T) {
	config, err := os.ReadFile("../config.yaml")
	require.NoError(t, err)
	var want []string
	for _, m := range regexp.MustCompile(`\$\{env:(\w+):-([^}]*)\}`).FindAllSubmatch(config, -1) {
		if len(m[2]) > 0 {
			want = append(want, "| `"+string(m[1])+"` | `"+string(m[2])+"` |")
		} else {
			want = append(want, "| `"+string(m[1])+"` | |")
		}
	}
	slices.Sort(want)
	want = slices.Compact(want)
	require.NotEmpty(t, want)
	readme, err := os.ReadFile("../README.md")
	require.NoError(t, err)
	require.ElementsMatch(t, want, regexp.MustCompile("(?m)^\\| `COWORK_\\w+` \\| (?:`[^`]*` )?\\|").FindAllString(string(readme), -1))
}
