//go:generate go tool mdatagen metadata.yaml

// Package coworkmetricsconnector derives metrics from Cowork's events and emits them
// every flush interval.
//
// Package internal/metric reads and aggregates the events; its table lists the metrics.
// This package holds the lock, the clock and the counters. The lock is held only while
// numbers are added or copied, never while events are read or points are sent.
package coworkmetricsconnector
