// Package prompt joins the events of one prompt.
//
// The events of a prompt arrive in several batches, out of order, some twice and some
// never. All of them carry the same prompt.id, and [TraceID] derives the prompt's
// trace id from it.
//
// A [Tracker] adds up the events of each prompt as they arrive, and closes a prompt
// that has been idle:
//
//  1. Add takes every record and returns whether it is new or a duplicate.
//  2. Expire takes the time and closes the prompts that are idle.
//  3. Take returns what was closed, a [Trace] each. [Summaries] makes events of them.
//  4. Snapshot returns what changed, for Restore to load into another Tracker.
//
// All memory is bounded by [Settings], and [Stats] counts what a bound drops.
package prompt
