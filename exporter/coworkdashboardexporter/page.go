package coworkdashboardexporter

import (
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"go.uber.org/zap"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web"
)

// page returns what is served.
func (e *dashboardExporter) page(zone *time.Location, at net.Addr) http.Handler {
	return web.New(panels, e.store, web.Settings{
		Zone:         zone,
		CollectorURL: e.cfg.CollectorURL,
		Headers:      e.cfg.headers(),
		SeatValueUSD: e.cfg.SeatValueUSD,
		Hosts:        e.cfg.hosts(at),
		Failed:       e.failed(),
	})
}

// hosts are the names that a page on a loopback address may be asked under, where no
// password keeps others out: a name of someone else's can be made to mean 127.0.0.1.
// What counts is where the page listens, since many a name leads there.
func (c *Config) hosts(at net.Addr) []string {
	if c.Server.Auth.HasValue() || !loopback(at) {
		return nil
	}
	hosts := []string{"localhost", "127.0.0.1", "::1"}
	if host, _, err := net.SplitHostPort(c.Server.NetAddr.Endpoint); err == nil {
		hosts = append(hosts, strings.ToLower(host))
	}
	return hosts
}

// open reports whether anyone who reaches the page may read it, and others than those
// on this computer can reach it.
func (c *Config) open(at net.Addr) bool {
	if c.Server.Auth.HasValue() || (c.Server.TLS.HasValue() && c.Server.TLS.Get().ClientCAFile != "") {
		return false
	}
	_, tcp := at.(*net.TCPAddr)
	return tcp && !loopback(at)
}

func loopback(at net.Addr) bool {
	tcp, ok := at.(*net.TCPAddr)
	return ok && tcp.IP.IsLoopback()
}

// failed logs what could not be answered and why, once.
func (e *dashboardExporter) failed() func(string, error) {
	var told sync.Map
	return func(what string, err error) {
		if _, before := told.LoadOrStore(what+err.Error(), true); !before {
			e.set.Logger.Warn("the page has no answer", zap.String("asked", what), zap.Error(err))
		}
	}
}
