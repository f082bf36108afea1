//go:generate go tool mdatagen metadata.yaml

// Package coworkpathextension is HTTP middleware that lets the otlp receiver
// take telemetry at any path that ends in a signal's.
//
// Clients append /v1/logs to the endpoint that an administrator enters. Some
// guides tell to enter an address that already ends so, or one with a prefix;
// Cowork then posts to /v1/logs/v1/logs, is told 404, and drops its events without
// a word to anyone.
package coworkpathextension
