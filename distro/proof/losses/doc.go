// Package losses sends numbered events through the built collector, disturbs it, and
// compares all that leaves with what was sent.
//
// Every event has its session and its number. A client repeats as those of Cowork do, and
// gives up as they do; only events that the collector has acknowledged count as lost.
// Derived values are compared with the events that arrived: sums of prompts, metrics,
// spans, alerts and the page.
package losses
