//go:generate go tool mdatagen metadata.yaml

// Package coworkalertexporter sends alert records to an Alertmanager: an external one
// through its API v2, or one that is embedded in the collector.
//
// Alertmanager groups, routes, inhibits, silences and notifies. The exporter does what
// Alertmanager requires of a client: it sends a firing alert again at every resend
// interval, and a resolved alert for five more minutes.
//
// # From record to request
//
//  1. push reads a batch of records under the lock.
//  2. alertParser.parse makes an alert of a record: labels, annotations, times.
//  3. activeAlerts.update applies it to the active alerts. A stale record is dropped.
//  4. sendBatch makes postable alerts of at most 64 active alerts.
//  5. post sends them to the Alertmanager, and activeAlerts.markAccepted records that.
//
// The resend loop starts at step 4. Requests are always built from the active alerts,
// so duplicate and late records do not cause a second notification.
package coworkalertexporter
