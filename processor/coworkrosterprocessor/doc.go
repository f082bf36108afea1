//go:generate go tool mdatagen metadata.yaml

// Package coworkrosterprocessor adds the name, the team and the cost center of the user to
// logs, metrics and traces.
//
// Package internal/roster reads the list of people and finds a person. This package
// applies it:
//
//  1. config.go has the configuration.
//  2. source.go holds the list, and reads the file again when it changes. The processors
//     of all signals share it.
//  3. processor.go passes batches on, signals.go visits their items, and person.go writes
//     the attributes of one item.
package coworkrosterprocessor
