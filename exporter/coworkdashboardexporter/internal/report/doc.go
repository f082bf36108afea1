// Package report holds the data types between the store and the page: the time range
// and the names to filter by ([Filter]), a panel and its answer ([Panel], [Table]),
// prompts with their steps, and the setup check.
//
// The store implements [Source] and the page reads it. They do not import each other.
package report
