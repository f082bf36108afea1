// Package store aggregates Cowork's events in a SQLite database and answers the queries
// of the page.
//
// # Writing
//
// [Store.Add] adds the events of a batch to sums in memory. [Store.Flush] commits the
// sums in one transaction, together with the identities of the events, so that neither a
// crash nor a repeated event changes a figure. After a failed commit the sums stay in
// memory until the next flush.
//
// # Data
//
//   - Sums by organization, user and model, by hour and by day. One row has the cells of
//     2048 users, with a column of numbers for each measure (block.go). Ten thousand users
//     and ninety days take about 50 MB, and the scan of a column takes 10 ms.
//   - Counters of tools, connectors, skills and so on by organization (counters.go).
//   - Latencies as mergeable sketches (sketch.go).
//   - The users of plugins and skills, the latest prompts with their steps, alerts, and
//     tallies for the setup check.
//
// Names are stored once, in a dictionary (dictionary.go). Content is never stored: the
// store reads the attributes that its tables list, and none of the class content.
//
// # Reading
//
// The query of a panel is SQL over the relations of relations.go. They are common table
// expressions, limited to the filter and the requested time range. Only the relations
// that a query uses are added to it.
//
// # Concurrency
//
// A [Store] is safe for concurrent use. One connection writes and a few others read.
// Adding a batch waits for neither.
package store
