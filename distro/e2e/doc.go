// Package e2e tests the built command otelcol-cowork as its users run it: as a
// process with a configuration. Tests send OTLP over loopback, and check files,
// receiving backends and the page in a browser.
package e2e
