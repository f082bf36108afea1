package web

import (
	"cmp"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/overview"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/setup"
)

// Settings configure a page. The zero value of each field selects its default.
type Settings struct {
	// Zone is the time zone of days and times, UTC by default.
	Zone *time.Location
	// CollectorURL is the OTLP endpoint that the setup check shows for Cowork's admin
	// settings. By default it is that of the first of the Servers with OTLP over HTTP.
	CollectorURL string
	// Headers are the headers that Cowork must send, as "Name=value" with a placeholder
	// for secrets. The setup check shows them below the endpoint.
	Headers []string
	// Retention is what the store keeps. The setup check shows it.
	Retention Retention
	// Budget is what a month may cost.
	Budget overview.Budget
	// Hosts are the accepted host names of requests, without a port; none means any.
	// A page on a loopback address without authentication needs them: DNS rebinding can
	// point any name to 127.0.0.1.
	Hosts []string
	// Timeout bounds the queries of one page, 10s by default.
	Timeout time.Duration
	// Now returns the present time, time.Now by default.
	Now func() time.Time
	// Problems returns what other components of the collector have found. It may be nil.
	Problems func() []report.Problem
	// Refused returns the requests that receivers of the collector refused, the latest
	// first. It may be nil.
	Refused func() []report.Refused
	// Servers returns where the collector listens for events. It may be nil.
	Servers func() []report.Server
	// Redacted is set if all records have passed redaction before they reach the page.
	Redacted bool
	// Events are the latest records, nil if none are kept.
	Events report.Events
	// Silences are those of an Alertmanager, nil without one. SilencesReadOnly is set if the
	// page must not change them.
	Silences         report.Silences
	SilencesReadOnly bool
	// Failed is called for each query that fails, with the id of the panel or the name
	// of the page. The page does not show the error.
	Failed func(what string, err error)
}

// A Retention bounds the figures and prompts of the store.
type Retention = setup.Retention

func (s Settings) withDefaults() Settings {
	s.Zone = cmp.Or(s.Zone, time.UTC)
	s.Timeout = cmp.Or(s.Timeout, 10*time.Second)
	if s.Now == nil {
		s.Now = time.Now
	}
	if s.Problems == nil {
		s.Problems = func() []report.Problem { return nil }
	}
	if s.Refused == nil {
		s.Refused = func() []report.Refused { return nil }
	}
	if s.Servers == nil {
		s.Servers = func() []report.Server { return nil }
	}
	if s.Failed == nil {
		s.Failed = func(string, error) {}
	}
	return s
}
