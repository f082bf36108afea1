//go:generate go tool mdatagen metadata.yaml

// Package coworkredactionprocessor replaces prompts, personal data and secrets in
// logs, metrics and traces by markers.
//
// Package internal/pii detects the values. This package applies it to the texts of a
// batch:
//
//  1. config.go has the configuration.
//  2. rules.go compiles it to a rule a key: replace the value, redact it as an
//     identity, or (the default) scan it. content.go has the keys with content.
//  3. prompts.go collects the prompts of a batch.
//  4. redactor.go applies the rules to a value of any type, at any depth, and
//     keys.go to the keys of maps. unknown.go replaces long texts of unknown
//     attributes, repeats.go those that repeat a prompt.
//  5. display.go writes what a user is shown as.
//  6. logs.go, metrics.go and traces.go call the redactor for every text of a
//     signal. sender.go recognises the telemetry of Cowork's clients.
//
// It fails closed: a value that is too long, too deep or makes the scan fail is
// replaced, and counted. So is a long text of a client that no schema knows.
package coworkredactionprocessor
