// Package alert decides when something about the telemetry is worth a person's
// attention, and when it no longer is.
//
// A [Spec] is a rule as it is written, by a user or in builtin.yaml. [Compile] makes a
// [Rule] of it, with the help of a [Language] for its conditions. An [Evaluator] holds
// rules, is given every event and, now and then, the time, and returns an [Alert]
// whenever a rule begins to fire for a group, fires still after the repeat interval, or
// stops.
//
// What people see of an event, in a group or a message, is of the dimensions and of the
// schema's labels, measures and identifiers only: content is turned down when a rule is
// compiled. Values are bounded, and one that is cut, cannot be printed or was
// redacted is told as such.
//
// Everything that is kept is bounded: a group holds a few numbers for each of the
// fixed parts of its window, and a rule at most so many groups, of which the one
// idle longest goes first. What a bound costs is counted in [Stats].
package alert
