// Package alert decides when something about the telemetry is worth a person's
// attention, and when it no longer is.
//
// A [Rule] says what is looked for. An [Evaluator] holds the rules, is given every
// event and, now and then, the time, and returns an [Alert] whenever a rule begins
// to fire for a group, fires still after the repeat interval, or stops.
//
// Everything that is kept is bounded: a group holds two numbers for each of the
// fixed parts of its window, and a rule at most so many groups, of which the one
// idle longest goes first. What a bound costs is counted in [Stats].
package alert
