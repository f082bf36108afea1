package web

import (
	"cmp"
	"time"
)

// Settings are what a page is told besides its panels and its source. The zero value
// of each means its default.
type Settings struct {
	// Title stands in the head of each page: Cowork by default.
	Title string
	// Zone is where days begin and what times are told in: UTC by default.
	Zone *time.Location
	// CollectorURL is the address that the set-up check tells to enter in Cowork's
	// admin settings. By default it is the host that the page was asked from, with the
	// port of OTLP over HTTP.
	CollectorURL string
	// Headers are those that Cowork must send, as "Name=value" with a placeholder for
	// what is secret. They are what the set-up check tells to enter beside the address.
	Headers []string
	// SeatValueUSD is what a seat is worth, or costs, a month. Zero means not known.
	SeatValueUSD float64
	// Hosts are the names that the page may be asked under, without a port. A page that
	// is served on a loopback address without a password needs them: a name of someone
	// else's can be made to mean 127.0.0.1. None means any.
	Hosts []string
	// Refresh is how often an open page asks whether there is something new: 5s by
	// default.
	Refresh time.Duration
	// Timeout is how long the source may take for one page: 10s by default.
	Timeout time.Duration
	// Now tells the time.
	Now func() time.Time
	// Failed is told of each answer that could not be given: what was asked (the id of
	// a panel, or a page) and why. The error is not shown on the page.
	Failed func(what string, err error)
}

func (s Settings) withDefaults() Settings {
	s.Title = cmp.Or(s.Title, "Cowork")
	s.Zone = cmp.Or(s.Zone, time.UTC)
	s.Refresh = cmp.Or(s.Refresh, 5*time.Second)
	s.Timeout = cmp.Or(s.Timeout, 10*time.Second)
	if s.Now == nil {
		s.Now = time.Now
	}
	if s.Failed == nil {
		s.Failed = func(string, error) {}
	}
	return s
}
