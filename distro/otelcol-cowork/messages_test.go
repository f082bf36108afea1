package main

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/distro/configcheck"
)

// TestMessages checks messages that were misleading, or did not contain what would be right:
// those of stock components, and those that follow from another mistake.
func TestMessages(t *testing.T) {
	const out = "service: {pipelines: {logs/out: {receivers: [forward], exporters: [otlp_http]}}}"
	texts := func(problems []configcheck.Problem) (list []string) {
		for _, p := range problems {
			list = append(list, p.String())
		}
		return list
	}
	check := func(yaml string, want ...string) {
		t.Helper()
		assert.Equal(t, want, texts(check(t, yaml).Errors), yaml)
	}
	exporter := func(key string, want ...string) {
		t.Helper()
		check("{exporters: {otlp_http: {endpoint: 'https://otlp.example.com', "+key+"}}, "+out+"}", want...)
	}
	exporter("compression: brotli", `exporters::otlp_http: compression: unsupported compression type "brotli" (gzip, zstd, snappy, zlib, deflate, lz4 or none)`)
	exporter("encoding: xml", "exporters::otlp_http: encoding: invalid encoding type: xml (proto or json)")
	exporter("headers: authorization=x", "exporters::otlp_http: headers: expected names with values, such as name: value, got a text")
	t.Setenv("OTLP_TOKEN", "s3cret\n")
	exporter(`headers: {a: "b\n", authorization: "Bearer ${env:OTLP_TOKEN:-x}"}`, "exporters::otlp_http: headers::a: has a line break (remove it from the value)",
		"exporters::otlp_http: headers::authorization: has a line break (remove it from the value of OTLP_TOKEN)")
	exporter("tls: {min_version: TLS1.2}", `exporters::otlp_http: tls: invalid TLS min_version: unsupported TLS version: "TLS1.2" (1.2 or 1.3, in quotes)`)
	check("exporters: {debug: {verbosity: high}}", `exporters::debug: verbosity: unknown metrics level "high" (basic, normal or detailed)`)
	check("service: {telemetry: {logs: {level: verbose}}}", `service: telemetry::logs::level: unrecognized level: "verbose" (debug, info, warn or error)`)
	check("service: {telemetry: {metrics: {level: full}}}", `service: telemetry::metrics::level: unknown metrics level "full" (none, basic, normal or detailed)`)
	check("receivers: {otlp: {protocols: {http: {tls: {cert_file: a.crt}}}}}", "receivers::otlp: protocols::http::tls: needs both cert_file and key_file")
	check("processors: {memory_limiter: {limit_mib: 512MiB}}", `processors::memory_limiter: limit_mib: expected a number of MiB such as 512, got "512MiB"`)
	check("service: {pipelines: {logs/out: {receivers: forward, exporters: [debug]}}}", "service: pipelines::logs/out::receivers: expected a list such as [a, b], got a text")
	check("extensions: [health_check]", "extensions: must contain components by name, such as basicauth:")
	check("processors: {cowork-redaction: {}}", `processors::cowork-redaction: is no name of a component (did you mean "cowork_redaction"?)`)
	check("receivers: {otlp: {protocols: {http: {endpoint: 'localhost:99999'}}}}", "receivers::otlp::protocols::http::endpoint: port 99999 does not exist (set another one, such as localhost:14000)")
	check("receivers: {otlp: {protocols: {http: {endpoint: ''}}}}", "receivers::otlp::protocols::http::endpoint: is no host:port (set another one, such as localhost:14000)")
	check("{exporters: {prometheus_remote_write: {}}, service: {pipelines: {metrics/out: {receivers: [cowork_metrics], exporters: [prometheus_remote_write]}}}}",
		"exporters::prometheus_remote_write: endpoint: must be set (http://localhost:9090/api/v1/write is that of a Prometheus on this machine)")

	// Components that decode a key themselves.
	check("{receivers: {host_metrics: {scrapers: [cpu]}}, service: {pipelines: {metrics/host: {receivers: [host_metrics], exporters: [debug]}}}}",
		"receivers::host_metrics: scrapers: expected keys with values, got a list")
	check("{receivers: {prometheus: {config: {scrape_configs: [{job_name: a, static_configs: [{target: ['localhost:1']}]}]}}}, service: {pipelines: {metrics/own: {receivers: [prometheus], exporters: [debug]}}}}",
		"receivers::prometheus: config: target: unknown key")

	// A key with an error has no warning about its default.
	r := checkAll(t, "default:", "yaml:{exporters: {otlp_http: {endpoint: 'https://otlp.example.com', sending_queue: {sizer: bytes, queue_size: 4GiB}}}, "+out+"}")
	require.Equal(t, []string{`exporters::otlp_http: sending_queue::queue_size: expected a whole number such as 1000, got "4GiB"`}, texts(r.Errors))
	require.Empty(t, r.Warnings)

	// Variables in the form of a shell are sent as they are.
	for value, warns := range map[string]bool{"Bearer $OTLP_TOKEN": true, "%OTLP_TOKEN%": true, "Bearer $$OTLP_TOKEN": false, "a$1": false, "100%25x%": false} {
		r := checkAll(t, "default:", "yaml:"+"{exporters: {otlp_http: {endpoint: 'https://otlp.example.com', headers: {authorization: '"+value+"'}}}, "+out+"}")
		require.Empty(t, r.Errors)
		want := []string(nil)
		if warns {
			want = []string{"exporters::otlp_http::headers::authorization: has a variable in the form of a shell, which is not replaced (write ${env:NAME})"}
		}
		require.Equal(t, want, texts(r.Warnings), value)
	}
}
