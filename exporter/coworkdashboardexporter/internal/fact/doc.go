// Package fact declares the tables of sums: what is counted, by which names, and by hour,
// day or week. The ingest writes these tables and the answers read them. The migrations
// of package database create them; a test compares both with this declaration.
//
// A fact is what package metric reads from an event, such as usage. A table adds up one
// or two facts by some of their names. Tables whose names end in _by_user have a row for
// each user; the others are much smaller and answer most questions without a user.
package fact
