package coworkdashboardexporter

import (
	"net"
	"net/http"
	"sync"
	"time"

	"go.uber.org/zap"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web"
)

// page returns what is served.
func (e *dashboardExporter) page(zone *time.Location) http.Handler {
	return web.New(panels, e.store, web.Settings{
		Zone:         zone,
		CollectorURL: e.cfg.CollectorURL,
		SeatValueUSD: e.cfg.SeatValueUSD,
		Hosts:        e.cfg.hosts(),
		Failed:       e.failed(),
	})
}

// hosts are the names that a page on a loopback address may be asked under, where no
// password keeps others out: a name of someone else's can be made to mean 127.0.0.1.
func (c *Config) hosts() []string {
	host, _, err := net.SplitHostPort(c.Server.NetAddr.Endpoint)
	if err != nil || c.Server.Auth.HasValue() {
		return nil
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return nil
	}
	return []string{"localhost", "127.0.0.1", "::1", host}
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
