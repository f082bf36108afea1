package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/distro/configcheck"
)

// TestStartNamesFilesAndAddresses checks what is reported before a start, and not by
// validate: a file that cannot be read, and an address at which the process cannot listen.
// The components report them too, without the key, and after others have started.
func TestStartNamesFilesAndAddresses(t *testing.T) {
	list := filepath.Join(t.TempDir(), "list")
	require.NoError(t, os.WriteFile(list, nil, 0o600))
	yaml := "yaml:{receivers: {otlp: {protocols: {grpc: {endpoint: '192.0.2.1:4317'}, http: {tls: {cert_file: none.crt, key_file: " + list + "}, auth: {authenticator: bearertokenauth}}}}}," +
		" exporters: {otlp_http: {endpoint: 'https://otlp.example.com', tls: {ca_file: none.ca}}, otlp_http/insecure: {endpoint: 'http://localhost', tls: {insecure: true, ca_file: none.ca}}, otlp_http/unused: {endpoint: 'https://otlp.example.com', tls: {ca_file: none.ca}}}," +
		" extensions: {bearertokenauth: {filename: none.token}}, service: {extensions: [health_check, cowork_path, cowork_delivery, file_storage, bearertokenauth]," +
		" pipelines: {logs/out: {receivers: [forward], exporters: [otlp_http, otlp_http/insecure]}}}}"
	factories, err := components()
	require.NoError(t, err)
	settings := configcheck.Settings{
		URIs: []string{"default:", yaml}, Providers: providers, Factories: factories, Starts: true,
		LookupEnv: func(string) (string, bool) { return "", false },
	}
	t.Setenv("COWORK_ROSTER", "none.csv")
	for _, name := range []string{"COWORK_OTLP_HTTP", "COWORK_PAGE", "COWORK_HEALTH"} {
		t.Setenv(name, "localhost:0")
	}
	t.Setenv("COWORK_METRICS_PORT", "0")
	got := map[string]string{}
	for _, p := range configcheck.Check(t.Context(), settings).Errors {
		got[p.Where] = p.Text
	}
	require.Equal(t, map[string]string{
		"receivers::otlp::protocols::grpc::endpoint":       "address 192.0.2.1:4317 is no address of this machine (set another one, such as localhost:14000)",
		"receivers::otlp::protocols::http::tls::cert_file": "none.crt: no such file or directory (write a file that the user of the collector can read)",
		"exporters::otlp_http::tls::ca_file":               "none.ca: no such file or directory (write a file that the user of the collector can read)",
		"extensions::bearertokenauth::filename":            "none.token: no such file or directory (write a file that the user of the collector can read)",
		"processors::cowork_roster::file":                  "none.csv: no such file or directory (set COWORK_ROSTER to a file that the user of the collector can read)",
	}, got)
	settings.Starts = false
	require.Empty(t, configcheck.Check(t.Context(), settings).Errors)
}
