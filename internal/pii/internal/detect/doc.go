// Package detect has the detectors of personal data and of secrets with a fixed syntax,
// one in each file: payment cards, social security numbers and those of other countries, bank
// accounts, e-mail addresses, IP addresses, phone numbers, credentials in URLs and data sources, JSON web
// tokens and private keys.
//
// A detector is a function of a [Reader] and an offset i, the first byte of a candidate,
// for instance the @ of an address. It returns the span that it accepts, and whether there
// is one. A span of rank [span.Harmless] is no finding: the caller continues after its end.
//
// Each detector reads a bounded number of bytes before and after i, or remembers in the
// reader what it read, so that the time for a text is linear in its length. No detector
// allocates.
package detect
