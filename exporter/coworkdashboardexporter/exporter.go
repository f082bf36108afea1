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

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/alertmanager"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/database"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/ingest"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/latest"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/metadata"
	"github.com/cowork-otel/collector/internal/problem"
	"github.com/cowork-otel/collector/internal/running"
)

// A dashboardExporter writes events into a database and serves the page from it.
type dashboardExporter struct {
	cfg   *Config
	set   exporter.Settings
	count counters

	db       *database.DB
	ingest   *ingest.Ingest
	latest   *latest.Ring         // nil if max_events is 0
	silences *alertmanager.Client // nil without an Alertmanager
	server   *http.Server
	served   chan struct{} // closed when the server has ended
	stop     func()        // ends the flush loop; does nothing before start
	looped   chan struct{} // closed when the flush loop has ended
}

func newExporter(cfg *Config, set exporter.Settings, telemetry *metadata.TelemetryBuilder) *dashboardExporter {
	return &dashboardExporter{cfg: cfg, set: set, count: counters{telemetry}, stop: func() {}}
}

// start opens the database, then serves the page and starts the flush loop.
func (e *dashboardExporter) start(ctx context.Context, host component.Host) error {
	settings, err := e.cfg.ingestSettings()
	if err != nil {
		return err
	}
	if e.db, err = database.Open(ctx, database.Settings{Name: string(e.cfg.Database)}); err != nil {
		return err
	}
	if aside := e.db.SetAside(); aside != "" {
		e.set.Logger.Error("the database was set aside, the figures of the page begin anew", zap.String("set aside as", aside), zap.String("reason", e.db.SetAsideReason()))
	}
	e.latest = latest.New(e.cfg.MaxEvents, running.Redacted(e.set.ID.String()), time.Now())
	if e.ingest, err = ingest.New(ctx, e.db, settings); err == nil {
		err = e.serve(ctx, host, settings.Zone)
	}
	if err != nil {
		err = errors.Join(err, e.db.Close())
		e.db, e.ingest = nil, nil
		return err
	}
	if other := e.ingest.OtherZone; other != "" {
		e.set.Logger.Warn("the database has days of another time zone, of which new events are not: give all collectors of a database the same time_zone",
			zap.String("zone of the database", other), zap.String("time_zone", settings.Zone.String()))
	}
	ctx, e.stop = context.WithCancel(context.WithoutCancel(ctx)) // the loop outlives start
	e.looped = make(chan struct{})
	go e.flushLoop(ctx)
	return nil
}

// serve listens on the endpoint and serves the page.
func (e *dashboardExporter) serve(ctx context.Context, host component.Host, zone *time.Location) error {
	listener, err := listen(ctx, e.cfg.Server)
	if errors.Is(err, syscall.EADDRINUSE) {
		return fmt.Errorf("endpoint: %w (stop the process that listens there, or set another endpoint)", err)
	}
	if err != nil {
		return fmt.Errorf("endpoint: %w", err)
	}
	if err := e.openAlertmanager(ctx, host); err != nil {
		return errors.Join(err, listener.Close())
	}
	e.server, err = e.cfg.Server.ToServer(ctx, host.GetExtensions(), e.set.TelemetrySettings, e.pageHandler(zone, listener.Addr()))
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	e.server.MaxHeaderBytes = maxHeaderBytes
	e.served = make(chan struct{})
	go func(server *http.Server, listener net.Listener) {
		defer close(e.served)
		if err := server.Serve(listener); err != nil && !errors.Is(err, http.ErrServerClosed) {
			e.set.Logger.Error("the page is no longer served", zap.Error(err))
		}
	}(e.server, listener)
	e.set.Logger.Info("serving the page", zap.String("address", listener.Addr().String()))
	e.warnOfReadOnly(listener.Addr())
	if e.cfg.public(listener.Addr()) {
		e.set.Logger.Warn("the page is public on the network, with names and costs: set auth, or an endpoint on localhost")
	}
	return nil
}

// push adds a batch to the events in memory. With wait_for_commit it returns once they are
// committed; without, it never fails: after an error the sender would repeat the batch for
// all exporters.
func (e *dashboardExporter) push(ctx context.Context, ld plog.Logs) error {
	now := time.Now()
	e.latest.Add(now, ld)
	wait := e.ingest.Add(now, ld)
	if !e.cfg.WaitForCommit {
		return nil
	}
	return wait(ctx)
}

// shutdown stops the page and the flush loop, and commits the remaining figures.
func (e *dashboardExporter) shutdown(ctx context.Context) error {
	var errs []error
	if e.server != nil {
		errs = append(errs, e.stopServer(ctx))
		<-e.served
		e.server = nil
	}
	if e.silences != nil {
		e.silences.Close()
	}
	e.stop()
	problem.SolveAll(e.component())
	if e.looped != nil {
		<-e.looped
		e.looped = nil
	}
	if e.ingest != nil {
		errs = append(errs, e.ingest.Close(ctx), e.db.Close())
		e.count.recordStats(ctx, e.ingest, e.latest)
		e.db, e.ingest = nil, nil
	}
	return errors.Join(errs...)
}

// shutdownTimeout bounds how long requests of the page delay the final flush.
const shutdownTimeout = 2 * time.Second

// maxConnections bounds the connections of the page. Further ones wait until one is closed,
// which idle_timeout and the other timeouts of the server bound.
const maxConnections = 1024

// maxHeaderBytes bounds the headers of a request, which its connection holds in memory.
const maxHeaderBytes = 64 << 10

// stopServer waits for running requests, then closes their connections.
func (e *dashboardExporter) stopServer(ctx context.Context) error {
	bounded, cancel := context.WithTimeout(ctx, shutdownTimeout)
	defer cancel()
	err := e.server.Shutdown(bounded)
	if err == nil || ctx.Err() != nil {
		return err
	}
	return e.server.Close()
}
