// Package synthetic invents the telemetry of an organisation that uses Claude
// Cowork: who sits where, what they ask for, and every event, data point and
// span that their clients would send about it.
//
// # How a fleet is made
//
//  1. [Settings] say how many seats there are, when the story begins and what
//     the admin let the clients export.
//  2. Each seat gets a person, a machine, a client version and a habit (seat.go).
//  3. A schedule says who begins a prompt when (schedule.go): in office hours, or
//     evenly spaced for a demonstration or for load.
//  4. A prompt is told as a loop of API requests and tool calls (prompt.go), each
//     step with the events, costs and failures of the tables in rates.go.
//  5. A demonstration has a plot besides: what goes wrong, what spreads, and what
//     nobody has noticed yet (plot.go).
//  6. What a session has to say leaves in the batches that the real exporter
//     makes: logs and spans every five seconds, metrics every minute.
//
// # Determinism
//
// The same settings give the same bytes: nothing depends on the clock, on the
// order of a map or on a time zone. The seed alone decides who the people are;
// the seed and the start together decide what they do, so that two runs begun at
// different times are two days of the same fleet and not one day told twice.
//
// # Nobody is real
//
// Every name, address, number and token is invented: documentation domains, 555
// numbers, card numbers that networks reserve for tests, tokens that no issuer
// ever made. They have the shape of the real thing, so that redaction has work.
//
// What was generated can be read from the batches alone: a [Tally] counts it.
package synthetic
