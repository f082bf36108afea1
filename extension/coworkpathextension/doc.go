//go:generate go tool mdatagen metadata.yaml

// Package coworkpathextension is HTTP middleware with which the otlp receiver
// accepts telemetry at any path that ends in the path of a signal.
//
// Clients append /v1/logs to the endpoint that an administrator configures. If the
// endpoint already ends in /v1/logs, Cowork posts to /v1/logs/v1/logs, receives 404,
// and drops its events without an error message.
package coworkpathextension
