// Package language compiles what rules say in OTTL, and warns of what compiles but
// is not meant.
//
// Conditions and expressions are of OTTL's log context. A path without a context
// (attributes["model"]) is the record's. OTTL's own functions are there, but none
// that changes anything.
//
// # What cannot be read
//
// An expression that fails says nothing about an event: a condition does not hold, a
// value is not there. OTTL's errors quote values, so they are counted by the rule and
// by their kind, and never shown.
//
// # Warnings
//
// OTTL compares a number with a text without complaint, and finds them different. What
// [Check] knows of the schema lets it say so before the first event.
package language
