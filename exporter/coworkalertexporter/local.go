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
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"
	"go.uber.org/zap"
)

// A local is an Alertmanager in this process.
type local struct {
	engine *engine
	server *http.Server
	dir    string
	logger *zap.Logger
	quit   chan struct{}
	done   []chan struct{} // of its goroutines
}

func openLocal(ctx context.Context, cfg *Embedded, logger *zap.Logger) (_ *local, err error) {
	conf, err := cfg.load()
	if err != nil {
		return nil, fmt.Errorf("embedded: %w", err)
	}
	if err = os.MkdirAll(cfg.DataDir, 0o700); err != nil {
		return nil, fmt.Errorf("embedded: data_dir: %w", err)
	}
	l := &local{dir: cfg.DataDir, logger: logger, quit: make(chan struct{})}
	var listener net.Listener
	if cfg.Listen != "" {
		if listener, err = net.Listen("tcp", cfg.Listen); err != nil {
			return nil, fmt.Errorf("embedded: listen: %w", err)
		}
	}
	if l.engine, err = newEngine(ctx, conf, cfg.DataDir, cfg.external(listener), slogger(logger)); err != nil {
		if listener != nil {
			err = errors.Join(err, listener.Close())
		}
		return nil, fmt.Errorf("embedded: %w", err)
	}
	l.engine.run(time.Now())
	l.spawn(l.keep)
	if listener != nil {
		l.server = &http.Server{Handler: l.routes(), ReadHeaderTimeout: headerTimeout}
		l.spawn(func() { _ = l.server.Serve(listener) })
	}
	return l, nil
}

const headerTimeout = 10 * time.Second

// external returns what links in notifications begin with.
func (c *Embedded) external(listener net.Listener) *url.URL {
	if u, err := url.Parse(c.ExternalURL); err == nil && c.ExternalURL != "" {
		return u
	}
	if listener != nil {
		return &url.URL{Scheme: "http", Host: listener.Addr().String()}
	}
	return &url.URL{Scheme: "http", Host: "localhost"}
}

func (l *local) spawn(work func()) {
	done := make(chan struct{})
	l.done = append(l.done, done)
	go func() {
		defer close(done)
		work()
	}()
}

// routes are API v2, Alertmanager's own metrics, and what probes ask.
func (l *local) routes() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/", http.HandlerFunc(l.serveAPI))
	mux.Handle("/metrics", promhttp.HandlerFor(l.engine.registry, promhttp.HandlerOpts{}))
	for _, probe := range []string{"/-/healthy", "/-/ready"} {
		mux.HandleFunc(probe, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("OK\n")) })
	}
	return mux
}

// serveAPI has silences on disk as soon as they were made.
func (l *local) serveAPI(w http.ResponseWriter, r *http.Request) {
	l.engine.handler.ServeHTTP(w, r)
	if r.Method != http.MethodGet {
		l.write()
	}
}

// keep throws away what is older than Alertmanager remembers.
func (l *local) keep() {
	ticker := time.NewTicker(15 * time.Minute)
	defer ticker.Stop()
	for {
		select {
		case <-l.quit:
			return
		case <-ticker.C:
			_, errSilences := l.engine.silences.GC()
			_, errLog := l.engine.log.log.GC()
			if errSilences != nil || errLog != nil {
				l.logger.Warn("alertmanager could not tidy its silences and notifications")
			}
			l.write()
		}
	}
}

func (l *local) write() {
	if err := l.engine.log.write(); err != nil {
		l.logger.Warn("alertmanager's notifications could not be written", zap.Error(err))
	}
	if err := writeFile(filepath.Join(l.dir, silencesFile), l.engine.silences.Snapshot); err != nil {
		l.logger.Warn("alertmanager's silences could not be written", zap.Error(err))
	}
}

func (l *local) post(ctx context.Context, notices []notice) error {
	return l.engine.put(ctx, notices, time.Now())
}

func (l *local) close(ctx context.Context) (err error) {
	close(l.quit)
	if l.server != nil {
		err = l.server.Shutdown(ctx)
	}
	for _, done := range l.done {
		<-done
	}
	l.engine.end()
	l.write()
	return err
}
