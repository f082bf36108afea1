// Package store keeps what Cowork's events add up to in SQLite, and answers what the
// page asks.
//
// # Writing
//
// [Store.Add] reads a batch and adds it to sums in memory. [Store.Flush] commits the
// sums in one transaction, together with what they were made of is known by, so that
// neither a crash nor a repeated record makes a figure wrong. A commit that fails is
// tried again with the next flush, and new events are added up meanwhile.
//
// # What is kept
//
//   - Sums of each organization, user and model, by hour and by day. They stand in rows
//     of two thousand users, a column of numbers for each measure (block.go), which makes
//     ten thousand users and ninety days some fifty megabytes, and one scan of a column
//     a hundredth of a second.
//   - Sums of tools, connectors, skills and the like of each organization, as rows.
//   - Latencies as sketches that can be merged (sketch.go).
//   - Who has a plugin or uses a skill, the latest prompts with their steps, alerts,
//     and what came of each kind of event for checking the set-up.
//
// Names are kept once, as words (words.go). Content is never kept: what is written is
// what the tables of this package name, and no attribute of the class content is in
// them.
//
// # Asking
//
// A panel's query is SQL over the relations of relations.go. They are common table
// expressions that stand before every query, cut to the filter and the time that is
// asked for; those that a query does not use are left out.
//
// # Concurrency
//
// A [Store] is safe for concurrent use. One connection writes, a few others read, and
// a batch waits for neither.
package store
