//go:generate go tool mdatagen metadata.yaml

// Package coworkdashboardexporter serves a page with the cost, usage, errors and prompts
// of a team's Cowork, from a SQLite file or a PostgreSQL database.
//
// It is an adapter. Package fact declares the tables of sums, database opens the
// database, ingest writes events into it, answer reads it, web serves the page, and
// report holds the types between the last two. Package panels has the panels of the page.
//
// # From an event to a figure
//
// An api_request becomes part of the panel "Cost" in these steps:
//
//  1. dashboardExporter.push passes the batch to [ingest.Ingest.Add], which reads each
//     event with the measures of the metrics and keeps its numbers in memory.
//  2. dashboardExporter.flushLoop calls [ingest.Ingest.Flush], which writes the
//     identities of the events and adds their numbers to the tables in one transaction.
//  3. An open page polls /api/state and requests the overview again.
//  4. [answer.Source.Answer] turns the panel's query into a statement and runs it.
//  5. chart.Draw turns the answer into a figure, and a template renders it.
//
// # Concurrency
//
// The pipeline waits neither for the database nor for readers, unless wait_for_commit is
// set: push adds to the memory, the flush loop commits, and the page reads through
// connections of its own. While the database is not writable, events stay in memory,
// within bounds, and the page reports the problem.
package coworkdashboardexporter
