package setup

import (
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
)

// expectedAfter is the number of prompts after which a core kind should have arrived. Most
// prompts use a tool. A kind without a number is never missed: a request that fails is
// repeated by the client, so that a small team can be without an api_error for weeks.
var expectedAfter = map[string]int64{"user_prompt": 0, "api_request": 1, "tool_decision": 20, "tool_result": 20}

// fewEvents is the number of events below which attributes are not missed.
const fewEvents = 20

// expects reports whether a core kind that has not arrived should have.
func (s Check) expects(k report.Kind) bool {
	after, missed := expectedAfter[k.Name]
	return k.Core && missed && !s.Latest.IsZero() && s.eventsOf("user_prompt") >= after
}

// eventsOf returns the number of events of a kind.
func (s Check) eventsOf(kind string) int64 {
	for _, k := range s.Kinds {
		if k.Name == kind {
			return k.Events
		}
	}
	return 0
}

// kindAdvice returns what to do about core kinds that have not arrived, or no longer do.
func (s Check) kindAdvice() []Advice {
	missing := s.coreKinds(func(k report.Kind) bool { return k.Events == 0 && s.expects(k) })
	early := s.coreKinds(func(k report.Kind) bool {
		_, missed := expectedAfter[k.Name]
		return k.Events == 0 && missed && !s.expects(k) && !s.Latest.IsZero()
	})
	quiet := s.coreKinds(func(k report.Kind) bool {
		_, missed := expectedAfter[k.Name]
		return missed && k.Events > 0 && s.Now.Sub(k.Last) > quietAfter
	})
	return []Advice{
		{
			"warn", listed("Never seen: ", missing),
			"Run one task that uses a tool. Each kind should then appear here within a minute. If it does not, check the versions of the clients, and whether a processor in front of this exporter drops it.",
		},
		{
			"good", listed("Not seen yet: ", early),
			"Nothing to do: " + format.Count(float64(expectedAfter["tool_result"])) + " prompts are too few to miss them. A task that uses a tool sends them.",
		},
		{
			"warn", listed("Not seen for three days: ", quiet),
			"If people worked in this time, the export may have stopped: Cowork does not report failed exports. Start a new session and check whether its events arrive here.",
		},
	}
}

// contentAdvice returns what to do about content that was not replaced.
func (s Check) contentAdvice() Advice {
	c := s.Content
	switch texts := format.CountNoun(c.Plain, "{text}"); {
	case c.Plain > 0 && s.Redacted:
		return Advice{
			"warn", "Content is scanned, but not replaced: " + texts + ".",
			"redact_prompt_content, redact_response_content or redact_api_bodies of cowork_redaction is off. Switch it on, unless you need the texts.",
		}
	case c.Plain > 0:
		return Advice{
			"bad", "Content arrived without redaction: " + texts + ".",
			"Put cowork_redaction into the pipeline of this exporter, in front of it. The page of events hides the content until then.",
		}
	case !s.Redacted && c.Replaced == 0 && !s.Latest.IsZero():
		return Advice{
			"good", "No redaction is known in front of this page.",
			"Nothing to do if another collector redacts before it sends. Otherwise put cowork_redaction into the pipeline of this exporter.",
		}
	}
	return Advice{}
}
