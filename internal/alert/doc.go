// Package alert evaluates rules on events and returns alerts.
//
//  1. A [Spec] is the configuration of a rule, of a user or from builtin/*.yaml.
//  2. [Compile] compiles specs to rules. A [Language] compiles their conditions and
//     expressions.
//  3. An [Evaluator] evaluates the rules on every event (Add) and at intervals (Tick). It
//     returns an [Alert] when a rule begins to fire for a group, still fires after the
//     repeat interval, or stops.
//
// # Kinds of rules
//
// A [Kind] is one file, kind_<key>.go: its keys and their documentation, the compiler, and
// the aggregator that aggregates the events of a group.
//
// # What alerts show
//
// Groups and messages contain values of dimensions and of the schema's labels, measures
// and identifiers. The compiler refuses attributes that may hold content. Values have a
// maximum length; redacted and unprintable ones are replaced.
//
// # Bounds
//
// A group has a fixed number of buckets for its window. A rule has a maximum number of
// groups; one more evicts the group that has been idle longest. [Stats] counts the effects
// of the bounds.
//
// Nothing here reads the clock or starts a goroutine: the caller passes the time.
package alert
