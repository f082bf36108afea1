// Package e2e tests the built command otelcol-cowork as its users run it: as a
// process with a configuration, OTLP going in over loopback, and files, other
// receivers and a browser at its end.
package e2e
