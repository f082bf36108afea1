package coworkdashboardexporter

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"

	"go.opentelemetry.io/collector/component"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/alertmanager"
)

// validateAlertmanager checks the endpoint of the Alertmanager. An error does not contain
// it: a URL can have a password.
func (c *Config) validateAlertmanager() error {
	if !c.Alertmanager.HasValue() {
		return nil
	}
	u, err := url.Parse(c.Alertmanager.Get().Endpoint)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.RawQuery != "" || u.Fragment != "" {
		return errors.New("alertmanager::endpoint: must be a URL of an Alertmanager (http://localhost:9093 would be valid)")
	}
	return nil
}

// openAlertmanager creates the client of the Alertmanager, if one is configured. Silences of
// a page that everyone can read can be read, too, but not changed.
func (e *dashboardExporter) openAlertmanager(ctx context.Context, host component.Host) error {
	if !e.cfg.Alertmanager.HasValue() {
		return nil
	}
	cfg := e.cfg.Alertmanager.Get()
	client, err := cfg.ToClient(ctx, host.GetExtensions(), e.set.TelemetrySettings)
	if err != nil {
		return fmt.Errorf("alertmanager: %w", err)
	}
	e.silences = alertmanager.NewClient(client, cfg.Endpoint)
	return nil
}

// warnOfReadOnly logs that silences cannot be changed on a page that everyone can read.
func (e *dashboardExporter) warnOfReadOnly(listenAddr net.Addr) {
	if e.silences != nil && e.cfg.public(listenAddr) {
		e.set.Logger.Warn("silences cannot be changed on the page, since everyone can read it: set auth, or an endpoint on localhost")
	}
}
