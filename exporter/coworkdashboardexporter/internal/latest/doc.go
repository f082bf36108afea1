// Package latest keeps the latest records in memory, for the page of events.
//
// [Ring.Add] copies a bounded part of each record into one piece of memory. [Ring.Read]
// decodes records, filters them, and renders JSON. If the configuration has no redaction in
// front of the exporter, Read replaces content and findings: see conceal.go.
package latest
