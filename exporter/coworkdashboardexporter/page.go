package coworkdashboardexporter

import (
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"go.uber.org/zap"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/answer"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/panels"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/overview"
	"github.com/cowork-otel/collector/internal/problem"
	"github.com/cowork-otel/collector/internal/refused"
	"github.com/cowork-otel/collector/internal/running"
)

// pageHandler returns the handler of the page.
func (e *dashboardExporter) pageHandler(zone *time.Location, listenAddr net.Addr) http.Handler {
	source := answer.New(e.db, answer.Settings{
		Zone: zone, SeatValueUSD: e.cfg.SeatValueUSD, Hours: e.cfg.Retention.Hours, Now: time.Now, State: e.ingest.State,
	})
	set := web.Settings{
		Zone:         zone,
		CollectorURL: e.cfg.CollectorURL,
		Headers:      e.cfg.clientHeaders(),
		Budget:       overview.Budget{MonthlyUSD: e.cfg.MonthlyBudgetUSD, TeamsUSD: e.cfg.TeamBudgetsUSD},
		Retention:    web.Retention{Hours: e.cfg.Retention.Hours, Days: e.cfg.Retention.Days, Prompts: e.cfg.Retention.Prompts},
		Hosts:        e.cfg.hosts(listenAddr),
		Problems:     problems,
		Refused:      refusedRequests,
		Servers:      runningServers,
		Redacted:     running.Redacted(e.set.ID.String()),
		Failed:       e.logFailures(),
	}
	if e.silences != nil {
		set.Silences, set.SilencesReadOnly = e.silences, e.cfg.public(listenAddr)
	}
	if e.latest != nil {
		set.Events = e.latest
	}
	return web.New(panels.Pages, source, set)
}

// problems returns the problems that the components of this collector have found.
func problems() (list []report.Problem) {
	for _, p := range problem.List() {
		list = append(list, report.Problem{What: p.Component + ": " + p.Subject + ": " + p.Text, Do: p.Advice, Since: p.Since, Count: p.Count})
	}
	return list
}

// refusedRequests returns the requests that the receivers of this collector refused.
func refusedRequests() (list []report.Refused) {
	for _, r := range refused.List() {
		list = append(list, report.Refused{Receiver: r.Receiver, Transport: r.Transport, Status: r.Status, Count: r.Count, Last: r.Last})
	}
	return list
}

// runningServers returns where the receivers of this collector listen.
func runningServers() (list []report.Server) {
	for _, s := range running.Servers() {
		list = append(list, report.Server(s))
	}
	return list
}

// hosts returns the host names that the page accepts, nil for any. A page on a loopback
// address without authentication accepts its own names only, since DNS rebinding can
// point any name to 127.0.0.1. The listening address decides, not the configured name.
func (c *Config) hosts(listenAddr net.Addr) []string {
	if c.Server.Auth.HasValue() || !isLoopback(listenAddr) {
		return nil
	}
	hosts := []string{"localhost", "127.0.0.1", "::1"}
	if host, _, err := net.SplitHostPort(c.Server.NetAddr.Endpoint); err == nil {
		hosts = append(hosts, strings.ToLower(host))
	}
	return hosts
}

// public reports whether other computers can read the page without authentication.
func (c *Config) public(listenAddr net.Addr) bool {
	if c.Server.Auth.HasValue() || (c.Server.TLS.HasValue() && c.Server.TLS.Get().ClientCAFile != "") {
		return false
	}
	_, tcp := listenAddr.(*net.TCPAddr)
	return tcp && !isLoopback(listenAddr)
}

func isLoopback(addr net.Addr) bool {
	tcp, ok := addr.(*net.TCPAddr)
	return ok && tcp.IP.IsLoopback()
}

// logFailures returns a function that logs each failed query and error once.
func (e *dashboardExporter) logFailures() func(string, error) {
	var logged sync.Map
	return func(what string, err error) {
		if _, found := logged.LoadOrStore(what+err.Error(), true); !found {
			e.set.Logger.Warn("a query of the page failed", zap.String("query", what), zap.Error(err))
		}
	}
}
