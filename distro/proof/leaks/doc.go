// Package leaks plants a canary of every kind of sensitive value in every place of OTLP
// that has text, sends them through the built collector over all protocols, and searches
// all that leaves it or stays with it.
//
// A control run with redaction off shows that the search finds a canary of every place.
package leaks
