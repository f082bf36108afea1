//go:generate go tool mdatagen metadata.yaml

// Package coworkdeliveryextension is HTTP middleware for exporters of OTLP. It counts the
// records that a backend refuses, by reason.
//
// A backend answers 400 to a complete batch because of one record, or refuses some
// records of a batch in a partial success. The stock exporter drops the batch in the first
// case, and reports the second case only in its log.
package coworkdeliveryextension
