// Package alertmanager reads, creates and expires silences through the API v2 of an
// Alertmanager, also of the one that cowork_alert embeds.
//
// Responses are bounded in size and time, and at most two requests run at once. An error is
// a sentence without data: neither the address, which can hold a password, nor the body of a
// response is a part of it.
package alertmanager
