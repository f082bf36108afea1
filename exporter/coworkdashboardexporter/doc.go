//go:generate go tool mdatagen metadata.yaml

// Package coworkdashboardexporter serves a page with the cost, usage, errors and prompts
// of a team's Cowork, from a SQLite database of its own.
//
// It is an adapter: package store aggregates events and answers queries, package web
// serves the page, and package report holds the types between them. Package
// panels holds the panels of the page.
//
// # From an event to a figure
//
// An api_request becomes part of the panel "Cost" in these steps:
//
//  1. dashboardExporter.push passes the batch to [store.Store.Add].
//  2. The store reads each event and adds its cost to a sum in memory
//     (store/intake.go, store/delta.go).
//  3. dashboardExporter.flushLoop calls [store.Store.Flush], which commits the sums in
//     one transaction (store/commit.go, store/commitcells.go).
//  4. An open page polls /api/state and requests the overview again
//     (web/pages.go: overviewPage).
//  5. [store.Store.Answer] runs the panel's query over the relations that it names
//     (store/answer.go, store/relations.go).
//  6. chart.Draw turns the answer into a figure, and a template renders it
//     (web/chart/figure.go, web/templates).
//
// # Concurrency
//
// The pipeline waits neither for the database nor for readers: push only adds to sums in
// memory, the flush loop commits them, and the page reads through connections of its
// own. While the database is not writable, the sums stay in memory, within bounds, and
// the page reports the problem.
package coworkdashboardexporter
