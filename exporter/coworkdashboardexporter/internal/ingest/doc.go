// Package ingest writes events into the tables of the page.
//
// [Ingest.Add] reads the events of a batch and keeps what is counted of them in memory.
// [Ingest.Flush] writes it in one transaction: the identities of the events first, which
// decide what is new when several collectors share a database, then the names, the sums
// of package fact, and the details: sessions, prompts, steps, alerts, setup counts.
//
// A failed commit is repeated as it is, and its number in the table writers prevents
// that it counts twice if only its answer was lost.
package ingest
