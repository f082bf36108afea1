package main

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestReports checks the warning for secrets that opamp sends to its server. Values of the
// type for secrets, such as headers of exporters, are replaced in what it sends.
func TestReports(t *testing.T) {
	const setter = "headers_setter: {headers: [{key: Authorization, value: Bearer 0123456789abcdef}]}"
	check := func(extensions, capabilities string, want ...string) {
		t.Helper()
		r := check(t, `
exporters: {otlp_http: {endpoint: "https://otlp.example.com", headers: {authorization: "Bearer fedcba9876543210"}}}
extensions: {`+extensions+`, opamp: {server: {ws: {endpoint: "wss://opamp.example.com/v1/opamp"}}, capabilities: {`+capabilities+`}}}
service:
  extensions: [health_check, file_storage, cowork_path, cowork_delivery, headers_setter, opamp]
  pipelines: {logs/backend: {receivers: [forward], exporters: [otlp_http]}}`)
		require.Empty(t, r.Errors)
		var got []string
		for _, w := range r.Warnings {
			got = append(got, w.String())
		}
		require.Equal(t, want, got)
	}
	const warning = "extensions::opamp: sends secrets of extensions::headers_setter to its server (set capabilities::reports_effective_config to false)"
	check(setter, "", warning)
	check(setter, "reports_effective_config: true", warning)
	check(setter, "reports_effective_config: false")
	check("headers_setter: {headers: [{key: X-Tenant, from_context: tenant}]}", "")
}
