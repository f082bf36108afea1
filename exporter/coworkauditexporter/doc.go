//go:generate go tool mdatagen metadata.yaml

// Package coworkauditexporter appends log records to files in a chain of hashes with
// signatures, so that a later change is found.
package coworkauditexporter
