// Package language compiles the conditions and expressions of rules, which are OTTL, and
// warns of those that compile and never match.
//
// Conditions and expressions use OTTL's log context. A path without a context, such as
// attributes["model"], is of the record. OTTL's standard converters are available, its
// editors are not.
//
// # Failures
//
// A condition that fails on an event does not match it, and an expression that fails has no
// value. OTTL's errors contain values of events, so they are counted by rule and kind of
// error, and never logged.
//
// # Speed
//
// Most conditions do not hold for most events. A guard is derived from a condition and
// tested before it: the values that attributes must have, and the literals that commands,
// paths and other texts must contain for the patterns of IsMatch.
//
// # Warnings
//
// OTTL compares a number with a text and finds them different. [Check] compares
// expressions with the schema and warns before the first event.
package language
