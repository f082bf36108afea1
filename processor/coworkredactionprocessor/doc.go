//go:generate go tool mdatagen metadata.yaml

// Package coworkredactionprocessor cleans logs, metrics and traces of prompts,
// personal data and secrets.
//
// Detection is internal/pii's. This package knows where text can hide in a
// batch, and what to do with it there:
//
//  1. config.go says what the administrator may choose.
//  2. policy.go turns that into a rule a key: replace the value, treat it as an
//     identity, or (the default) scan it.
//  3. walker.go applies the rules to a value of any shape, at any depth.
//  4. logs.go, metrics.go and traces.go lead the walker to every place of a
//     signal that can hold text.
//
// It fails closed: what is too long, too deep or makes scanning fail is
// replaced, and counted.
package coworkredactionprocessor
