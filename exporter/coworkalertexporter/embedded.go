package coworkalertexporter

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"
	"go.uber.org/zap"

	"github.com/cowork-otel/collector/internal/problem"
)

const maintenanceInterval = 15 * time.Minute

// An embedded is an Alertmanager in this process, with its HTTP server and its files.
type embedded struct {
	instance   *instance
	server     *http.Server // nil without listen
	dir        string
	logger     *zap.Logger
	component  string // in problems
	quit       chan struct{}
	goroutines sync.WaitGroup
}

func openEmbedded(ctx context.Context, cfg *EmbeddedConfig, logger *zap.Logger, maxAlerts int, report notificationReport) (_ *embedded, err error) {
	conf, err := cfg.alertmanagerConfig()
	if err != nil {
		return nil, fmt.Errorf("embedded: %w", err)
	}
	if err = os.MkdirAll(cfg.DataDir, 0o700); err != nil {
		return nil, fmt.Errorf("embedded: data_dir: %w", err)
	}
	if err = setDamagedAside(cfg.DataDir, logger); err != nil {
		return nil, fmt.Errorf("embedded: %w", err)
	}
	em := &embedded{dir: cfg.DataDir, logger: logger, quit: make(chan struct{}), component: report.component}
	var listener net.Listener
	if cfg.Listen != "" {
		if listener, err = net.Listen("tcp", cfg.Listen); err != nil {
			return nil, fmt.Errorf("embedded: listen: %w", err)
		}
	}
	external := cfg.externalURL(listener)
	undelivered := openUndelivered(cfg.DataDir, maxAlerts, report.dropped, logger)
	if em.instance, err = newInstance(ctx, conf, cfg.DataDir, external, newSlogLogger(logger), undelivered, report); err != nil {
		if listener != nil {
			err = errors.Join(err, listener.Close())
		}
		return nil, fmt.Errorf("embedded: %w", err)
	}
	em.instance.start(time.Now())
	em.goroutines.Go(em.maintain)
	em.checkReceivers(receiverCheck{report.component, logger, resolveHost}, receiverSettings(conf)) //nolint:contextcheck // it outlives the start
	if listener != nil {
		em.server = newServer(em.httpHandler(), listener, external)
		em.goroutines.Go(func() { _ = em.server.Serve(limitListener(listener)) })
	}
	return em, nil
}

// checkReceivers checks the files of receivers at once, and their hosts in the background.
func (em *embedded) checkReceivers(check receiverCheck, settings []receiverSetting) {
	check.checkFiles(settings)
	ctx, cancel := context.WithCancel(context.Background())
	em.goroutines.Go(func() { <-em.quit; cancel() })
	em.goroutines.Go(func() { check.checkHosts(ctx, settings) })
}

// externalURL returns the base of the links in notifications.
func (c *EmbeddedConfig) externalURL(listener net.Listener) *url.URL {
	if u, err := url.Parse(c.ExternalURL); err == nil && c.ExternalURL != "" {
		return u
	}
	if listener != nil {
		return &url.URL{Scheme: "http", Host: listener.Addr().String()}
	}
	return &url.URL{Scheme: "http", Host: "localhost"}
}

// httpHandler serves API v2, Alertmanager's metrics and its health checks.
func (em *embedded) httpHandler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/", http.HandlerFunc(em.serveAPI))
	mux.Handle("/metrics", promhttp.HandlerFor(em.instance.registry, promhttp.HandlerOpts{}))
	for _, check := range []string{"/-/healthy", "/-/ready"} {
		mux.HandleFunc(check, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("OK\n")) })
	}
	return mux
}

// serveAPI writes the snapshots after each request that can create a silence.
func (em *embedded) serveAPI(w http.ResponseWriter, r *http.Request) {
	em.instance.api.ServeHTTP(w, r)
	if r.Method != http.MethodGet {
		em.writeSnapshots()
	}
}

// maintain removes silences and notifications after their retention.
func (em *embedded) maintain() {
	ticker := time.NewTicker(maintenanceInterval)
	defer ticker.Stop()
	for {
		select {
		case <-em.quit:
			return
		case <-ticker.C:
			_, silencesErr := em.instance.silences.GC()
			_, logErr := em.instance.notifications.log.GC()
			if silencesErr != nil || logErr != nil {
				em.logger.Warn("alertmanager: garbage collection of silences and notification log is incomplete")
			}
			em.writeSnapshots()
		}
	}
}

func (em *embedded) writeSnapshots() {
	if err := em.instance.notifications.writeSnapshot(); err != nil {
		em.logger.Warn("alertmanager: cannot write notification log", zap.Error(err))
	}
	if err := replaceFile(filepath.Join(em.dir, silencesFile), em.instance.silences.Snapshot); err != nil {
		em.logger.Warn("alertmanager: cannot write silences", zap.Error(err))
	}
}

func (em *embedded) post(ctx context.Context, alerts []postableAlert) error {
	return em.instance.putAlerts(ctx, alerts, time.Now())
}

func (em *embedded) isUndelivered(labels map[string]string) bool {
	return em.instance.isUndelivered(labels)
}

func (em *embedded) close(ctx context.Context) (err error) {
	close(em.quit)
	if em.server != nil {
		bounded, cancel := context.WithTimeout(ctx, shutdownTimeout)
		defer cancel()
		if em.server.Shutdown(bounded) != nil {
			err = em.server.Close() // a request that was sent in part
		}
	}
	em.goroutines.Wait()
	em.instance.stop()
	em.instance.undelivered.close()
	em.writeSnapshots()
	problem.SolveAll(em.component)
	return err
}
