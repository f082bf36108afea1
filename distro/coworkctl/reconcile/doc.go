// Package reconcile compares the sessions that the Compliance API lists with the sessions
// of which telemetry arrived.
//
// [ReadSessions] reads what is listed, [Telemetry] collects what arrived, and
// [Compare] returns a [Report]. Sessions in the cloud have one id in both. Sessions on
// computers are assigned to each other by person and time (match.go): each session of the
// telemetry proves at most one listed session.
//
// Errors contain no key, no name and no content.
package reconcile
