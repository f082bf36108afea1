//go:generate go tool mdatagen metadata.yaml

// Package coworkrulesconnector evaluates alert rules on events and sends alert records to
// the next pipeline.
//
// Package internal/alert evaluates rules and holds their state. This package has the
// configuration, OTTL, the lock, the clock, the storage and the self-metrics:
//
//  1. [Config] is compiled to rules: the selected built-in rules with their overrides, and
//     the rules of the configuration.
//  2. An [Evaluation] evaluates them on every event and creates alert records.
//  3. The connector passes batches and the time to it, sends the alert records in order
//     until the next component accepts them, and stores the state.
//
// To evaluate rules without a collector, use [Evaluation].
package coworkrulesconnector
