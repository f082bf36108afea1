//go:generate go tool mdatagen metadata.yaml

// Package coworkegressprocessor judges the hosts, connectors and plugins of events by
// lists of what is allowed and what is disabled.
//
// Package internal/egress has the lists and the verdicts. This package applies them:
//
//  1. config.go has the configuration.
//  2. source.go holds the compiled lists, and reads the file again when it changes.
//  3. processor.go visits the events of a batch, and writes their verdicts.
package coworkegressprocessor
