//go:generate go tool mdatagen metadata.yaml

// Package coworkalertexporter delivers alert records to an Alertmanager: a real one,
// by its API v2, or one that runs in this process.
//
// Grouping, routing, repeats, inhibition, silences and every notifier are
// Alertmanager's. What is left to do here is what Alertmanager asks of its clients:
// say again and again what fires, and for a while what no longer does. So the
// exporter keeps a book of the alerts it was told of. A record changes the book, and
// what is sent is always what the book says: a record that comes twice, or late, or
// while nobody listens, changes nothing in what arrives in the end.
package coworkalertexporter
