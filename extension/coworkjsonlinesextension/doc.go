//go:generate go tool mdatagen metadata.yaml

// Package coworkjsonlinesextension is an encoding of log records as lines of JSON.
//
// The exporter file writes OTLP, in which a document of cowork_schema is the body of a log
// record. Agents of a SIEM that read files expect the document alone, one in a line.
package coworkjsonlinesextension
