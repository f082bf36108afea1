// Package synthetic generates the telemetry of an organization that uses Claude
// Cowork: its users, their prompts, and every event, data point and span that
// their clients would export.
//
// # How telemetry is generated
//
//  1. [Settings] define the number of seats, the time, and the content that the
//     clients export.
//  2. Each seat has a person, a machine, a client version and a usage profile
//     (seat.go).
//  3. A schedule starts the prompts (schedule.go): in office hours, or at even
//     intervals for a demonstration or a load test.
//  4. A prompt is a loop of API requests and tool calls (conversation.go). The
//     events, costs and failures of each step follow the rates in rates.go.
//  5. A demonstration has a scenario of incidents and rollouts (scenario.go).
//  6. A session exports its telemetry in the batches of the real exporters
//     (export.go): logs and spans every five seconds, metrics every minute.
//
// # Determinism
//
// The same settings generate the same bytes. Nothing depends on the clock, on map
// order or on a time zone. The seed decides the users. The seed and the start
// decide their behavior, so that two starts generate two days of the same users.
//
// # Invented data
//
// Every name, address, number and token is invented: documentation domains, 555
// numbers, card numbers that networks reserve for tests, tokens that were never
// issued. They have the format of real ones, so that redaction finds them.
//
// A [Tally] counts what batches contain.
package synthetic
