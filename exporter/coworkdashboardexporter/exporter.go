package coworkdashboardexporter

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"syscall"
	"time"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/exporter"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.uber.org/zap"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/metadata"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/store"
)

// A dashboardExporter adds events up in a store, and serves the page that asks it.
type dashboardExporter struct {
	cfg   *Config
	set   exporter.Settings
	count counters

	store  *store.Store
	server *http.Server
	served chan struct{} // closed when the server has ended
	stop   func()        // ends the loop; does nothing before Start
	looped chan struct{} // closed when the loop has ended
}

func newExporter(cfg *Config, set exporter.Settings, telemetry *metadata.TelemetryBuilder) *dashboardExporter {
	return &dashboardExporter{cfg: cfg, set: set, count: counters{telemetry}, stop: func() {}}
}

// start opens the database and then the page, so that whoever sees the page has
// figures.
func (e *dashboardExporter) start(ctx context.Context, host component.Host) error {
	settings, err := e.cfg.settings()
	if err != nil {
		return err
	}
	if e.store, err = store.Open(ctx, settings); err != nil {
		return err
	}
	if err := e.serve(ctx, host, settings.Zone); err != nil {
		err = errors.Join(err, e.store.Close(ctx))
		e.store = nil
		return err
	}
	ctx, e.stop = context.WithCancel(context.WithoutCancel(ctx)) // the loop outlives the start
	e.looped = make(chan struct{})
	go e.loop(ctx)
	return nil
}

// serve opens the page.
func (e *dashboardExporter) serve(ctx context.Context, host component.Host, zone *time.Location) error {
	listener, err := e.cfg.Server.ToListener(ctx)
	if errors.Is(err, syscall.EADDRINUSE) {
		return fmt.Errorf("endpoint: %w (end what listens there, or choose another)", err)
	}
	if err != nil {
		return fmt.Errorf("endpoint: %w", err)
	}
	e.server, err = e.cfg.Server.ToServer(ctx, host.GetExtensions(), e.set.TelemetrySettings, e.page(zone, listener.Addr()))
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	e.served = make(chan struct{})
	go func(server *http.Server, listener net.Listener) {
		defer close(e.served)
		if err := server.Serve(listener); err != nil && !errors.Is(err, http.ErrServerClosed) {
			e.set.Logger.Error("the page is not served any more", zap.Error(err))
		}
	}(e.server, listener)
	e.set.Logger.Info("the page is served", zap.String("address", listener.Addr().String()))
	if e.cfg.open(listener.Addr()) {
		e.set.Logger.Warn("the page shows names and costs to everyone who can reach it: set auth, or an endpoint on localhost")
	}
	return nil
}

// push adds a batch up. It cannot fail: a sender would send again what others have
// taken already.
func (e *dashboardExporter) push(_ context.Context, ld plog.Logs) error {
	e.store.Add(time.Now(), ld)
	return nil
}

// shutdown ends the page, and writes what was not written yet.
func (e *dashboardExporter) shutdown(ctx context.Context) error {
	var errs []error
	if e.server != nil {
		errs = append(errs, e.end(ctx))
		<-e.served
		e.server = nil
	}
	e.stop()
	if e.looped != nil {
		<-e.looped
		e.looped = nil
	}
	if e.store != nil {
		errs = append(errs, e.store.Close(ctx))
		e.count.report(ctx, e.store)
		e.store = nil
	}
	return errors.Join(errs...)
}

// farewell is how long who reads the page may go on while the collector ends. What came
// last is not written yet, and whoever ended the collector does not wait for ever.
const farewell = 2 * time.Second

// end ends the page.
func (e *dashboardExporter) end(ctx context.Context) error {
	bounded, cancel := context.WithTimeout(ctx, farewell)
	defer cancel()
	err := e.server.Shutdown(bounded)
	if err == nil || ctx.Err() != nil {
		return err
	}
	return e.server.Close()
}
