package otlp

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestEndpointForms checks the logs URL and the gRPC address of every form of an
// endpoint.
func TestEndpointForms(t *testing.T) {
	check := func(written, logs, target string) {
		t.Helper()
		e, err := parseEndpoint(written)
		require.NoError(t, err, written)
		require.Equal(t, logs, e.url("logs"), written)
		got, err := e.target()
		if target == "" {
			require.Error(t, err, written)
			return
		}
		require.NoError(t, err, written)
		require.Equal(t, target, got, written)
	}
	check("http://localhost:4318", "http://localhost:4318/v1/logs", "localhost:4318")
	check(" http://localhost:4318/ ", "http://localhost:4318/v1/logs", "localhost:4318")
	check("http://localhost:4318/v1/logs", "http://localhost:4318/v1/logs", "localhost:4318")
	check("http://localhost:4318/v1/logs/", "http://localhost:4318/v1/logs", "localhost:4318")
	check("http://localhost:4318/v1/logs/v1/logs", "http://localhost:4318/v1/logs", "localhost:4318")
	check("http://localhost:4318/v1/traces", "http://localhost:4318/v1/logs", "localhost:4318")
	check("https://otel.example.com/cowork", "https://otel.example.com/cowork/v1/logs", "")
	check("https://otel.example.com/cowork/v1/logs", "https://otel.example.com/cowork/v1/logs", "")
	check("https://otel.example.com", "https://otel.example.com/v1/logs", "otel.example.com:4317")
	check("localhost:4317", "http://localhost:4317/v1/logs", "localhost:4317")
	check("127.0.0.1:4317", "http://127.0.0.1:4317/v1/logs", "127.0.0.1:4317")
	check("[::1]:4317", "http://[::1]:4317/v1/logs", "[::1]:4317")
	check("http://[::1]", "http://[::1]/v1/logs", "[::1]:4317")
	check("otel.example.com:4317", "https://otel.example.com:4317/v1/logs", "otel.example.com:4317")
	check("localhost", "http://localhost/v1/logs", "localhost:4317")
}

// TestEndpointErrors checks the errors for invalid endpoints, and that they contain
// no secret.
func TestEndpointErrors(t *testing.T) {
	check := func(written, want string) {
		t.Helper()
		_, err := parseEndpoint(written)
		require.EqualError(t, err, want)
		require.NotContains(t, err.Error(), "hunter2")
	}
	check("", "endpoint: is missing (would be like http://localhost:4318)")
	check("http://", "endpoint: has no host (would be like http://localhost:4318)")
	check("ftp://localhost", `endpoint: unknown scheme "ftp" (have http, https)`)
	check("http://me:hunter2@localhost", "endpoint: contains a user name (use an authorization header instead)")
	check("http://localhost/?key=hunter2", "endpoint: contains a query or a fragment (would end with the path)")
	check("http://loc alhost:hunter2", "endpoint: is no URL (would be like http://localhost:4318)")
}

// TestHeaders checks that headers are parsed and their values never printed.
func TestHeaders(t *testing.T) {
	h, err := ParseHeader(" authorization = Bearer a=b ")
	require.NoError(t, err)
	require.Equal(t, Header{"authorization", "Bearer a=b"}, h)
	require.Equal(t, "authorization=[withheld]", h.String())
	require.Equal(t, "authorization=[withheld]", h.GoString())
	for _, written := range []string{"hunter2", "=hunter2", "a b=hunter2", "x=hunter2\r\ny: z", "é=hunter2"} {
		_, err := ParseHeader(written)
		require.Error(t, err, written)
		require.NotContains(t, err.Error(), "hunter2")
	}
}

// TestSettings checks the errors for invalid settings.
func TestSettings(t *testing.T) {
	check := func(set Settings, want string) {
		t.Helper()
		_, err := New(set)
		require.ErrorContains(t, err, want)
	}
	const there = "http://localhost:4318"
	check(Settings{Endpoint: there, Protocol: "udp"}, `protocol: unknown "udp" (have http/json, http/protobuf, grpc)`)
	check(Settings{Endpoint: there, Timeout: -1}, "timeout: must not be negative, is -1ns")
	check(Settings{Endpoint: there, CertFile: "a.pem"}, "client certificate: needs both the certificate file and the key file")
	check(Settings{Endpoint: there, CAFile: "settings.go"}, `CA file: "settings.go" contains no certificate (would be PEM)`)
	check(Settings{Endpoint: there, CAFile: "absent.pem"}, "CA file: open absent.pem")
	check(Settings{Endpoint: there, CertFile: "settings.go", KeyFile: "settings.go"}, "client certificate: cannot be used")
	check(Settings{Endpoint: "http://localhost:4317/prefix", Protocol: GRPC}, `endpoint: has the path "/prefix", but gRPC has no paths (would be "localhost:4317")`)
	check(Settings{Endpoint: there, Protocol: GRPC, Headers: []Header{{"grpc-timeout", "1"}}}, `header: the name "grpc-timeout" is reserved by gRPC`)
}
