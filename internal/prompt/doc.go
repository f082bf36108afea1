// Package prompt joins the events of one prompt.
//
// The events of a prompt arrive in several batches, out of order, some twice, some
// never. What they have in common is their prompt.id, and [TraceID] makes a trace
// of it: whoever has one of the two has the other.
package prompt
