//go:generate go tool mdatagen metadata.yaml

// Package coworkrulesconnector evaluates alert rules on the events that pass, and sends
// alert records on.
//
// What a rule is, when it fires and what is remembered stand in internal/alert. This
// package has the configuration, OTTL, the lock, the clock, the storage and the
// counters:
//
//  1. [Config] is read into rules: built-in ones, changed by overrides, and one's own.
//  2. An [Evaluation] asks them of every event and writes alert records.
//  3. The connector tells it the time, sends what it wrote, in order, until it is taken,
//     and keeps its state.
//
// Whoever wants to know what rules would say, without a collector, uses [Evaluation].
package coworkrulesconnector
