//go:generate go tool mdatagen metadata.yaml

// Package coworkdashboardexporter serves a page that shows what a team's Cowork does,
// from a database of its own: nothing else has to be installed.
//
// It is an adapter. What events add up to is kept and answered by internal/store, the
// page is drawn by internal/web, and they meet in internal/report. The questions that
// the page answers are the rows of a table in panels.go.
//
// # What waits for what
//
// Nothing that the pipeline hands over waits for the database or for a reader. A batch
// is added up in memory, once an interval the sums are committed in one transaction,
// and readers ask through connections of their own. If the database cannot be written
// the sums stay in memory, within bounds, and the page says so.
package coworkdashboardexporter
