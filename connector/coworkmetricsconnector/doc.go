//go:generate go tool mdatagen metadata.yaml

// Package coworkmetricsconnector makes metrics of Cowork's events, and emits them
// every flush interval.
//
// What is counted and how it is added up stands in internal/metric, whose table lists
// the metrics. This package has the lock, the clock and the counters. The lock is held
// only while numbers are added or copied, never while events are read or points are
// sent.
package coworkmetricsconnector
