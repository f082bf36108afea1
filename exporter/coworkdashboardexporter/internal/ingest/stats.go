package ingest

import "github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/details"

// Stats are counts since the previous call of [Ingest.TakeStats].
type Stats struct {
	// Events were committed, Duplicates were dropped.
	Events, Duplicates int64
	// Lost are events without room in memory while commits failed.
	Lost int64
	// Old are events older than the retention.
	Old int64
	// Misdated are events with an impossible time, which count at the time of arrival.
	Misdated int64
	// Invalid are numbers that are negative, excessive or not numbers.
	Invalid int64
	// Cut are names that were truncated or were not valid UTF-8.
	Cut int64
	// Overflow are names beyond the limit, by kind.
	Overflow [nameKinds]int64
	// PromptsDropped, StepsDropped, ToolsDropped, AlertsDropped, SessionsDropped and
	// SetupDropped exceeded a limit.
	PromptsDropped, StepsDropped, ToolsDropped, AlertsDropped, SessionsDropped, SetupDropped int64
	// Contents are those of steps.
	Contents details.ContentCounts
	// Commits succeeded, Failures failed. Retries are transactions that were repeated.
	Commits, Failures, Retries int64
	// Deleted are rows that the retention deleted.
	Deleted int64
}

// OverflowByKind returns Overflow by the name of the kind.
func (s *Stats) OverflowByKind() map[string]int64 {
	byKind := map[string]int64{}
	for k, n := range s.Overflow {
		if n > 0 {
			byKind[nameKind(k).String()] = n
		}
	}
	return byKind
}

// addStats adds the counts of a commit.
func (s *Stats) addStats(of *Stats) {
	s.Events += of.Events
	s.Duplicates += of.Duplicates
	s.Deleted += of.Deleted
	s.PromptsDropped += of.PromptsDropped
	s.StepsDropped += of.StepsDropped
	s.ToolsDropped += of.ToolsDropped
	s.AlertsDropped += of.AlertsDropped
	s.SessionsDropped += of.SessionsDropped
	s.SetupDropped += of.SetupDropped
	s.Contents.Stored += of.Contents.Stored
	s.Contents.Truncated += of.Contents.Truncated
	s.Contents.Cut += of.Contents.Cut
	s.Contents.Refused += of.Contents.Refused
}
