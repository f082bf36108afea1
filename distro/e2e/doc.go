// Package e2e tests the built command otelcol-cowork as its users run it: as a
// process with a configuration, OTLP going in over loopback, and files and
// other receivers at its end.
package e2e
