package running

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestRunning records what runs, and what no longer does.
func TestRunning(t *testing.T) {
	web := Server{Receiver: "otlp", Transport: "http", Address: "0.0.0.0:4318"}
	call := Server{Receiver: "otlp", Transport: "grpc", Address: "0.0.0.0:4317"}
	other := Server{Receiver: "otlp/2", Transport: "http", Address: "0.0.0.0:5318", TLS: true}
	require.Empty(t, Servers())
	Started("otlp/2", []Server{other})
	Started("otlp", []Server{call, web})
	require.Equal(t, []Server{web, call, other}, Servers())
	Stopped("otlp/2")
	Stopped("none")
	require.Equal(t, []Server{web, call}, Servers())
	Stopped("otlp")

	require.False(t, Redacted("cowork_dashboard"))
	SetRedacted(map[string]bool{"cowork_dashboard": true})
	require.True(t, Redacted("cowork_dashboard"))
	require.False(t, Redacted("cowork_dashboard/2"))
	SetRedacted(nil)
}
