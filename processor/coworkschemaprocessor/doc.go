//go:generate go tool mdatagen metadata.yaml

// Package coworkschemaprocessor writes events and alerts in the format of a schema for
// security analytics.
//
// The packages below internal/schema have the formats. This package applies one of them:
//
//  1. config.go has the configuration.
//  2. format.go has the table of formats: the mapper of each, and where it writes to.
//  3. processor.go visits the events of a batch.
package coworkschemaprocessor
