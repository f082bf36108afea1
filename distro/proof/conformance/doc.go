// Package conformance sends each form of OTLP that the specification describes, and each
// mistake that it describes an answer for, to the built collector.
package conformance
