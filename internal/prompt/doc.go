// Package prompt joins the events of one prompt.
//
// The events of a prompt arrive in several batches, out of order, some twice, some
// never. What they have in common is their prompt.id, and [TraceID] makes a trace
// of it: whoever has one of the two has the other.
//
// A [Tracker] adds the events of each prompt up as they come, and tells what they
// came to once the prompt has fallen silent:
//
//  1. Add every record to the Tracker, which says what it is: new, or seen before.
//  2. Expire tells it the time, now and then. Prompts that were silent are closed.
//  3. Take what was closed, a [Trace] each, and make events of them: [Summaries].
//  4. Snapshot what changed, to Restore it into another Tracker after a crash.
//
// Everything that is kept is bounded, by [Settings], and what a bound costs is
// counted in [Stats].
package prompt
