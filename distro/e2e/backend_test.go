package e2e

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
)

// A backend receives OTLP/HTTP as a vendor does, and stores the bodies.
type backend struct {
	*httptest.Server
	mu     sync.Mutex
	bodies map[string][][]byte // by signal, in the order of arrival
	status atomic.Int32        // of its answers; 0 is 200

	refusals atomic.Int32 // answers with another status
	poison   atomic.Pointer[[]byte]
	paused   sync.RWMutex // for writing while it does not answer
	open     atomic.Int32 // requests without an answer
}

// waiting returns how many requests have no answer yet.
func (b *backend) waiting() int { return int(b.open.Load()) }

// pause lets requests wait, also those that arrive, until the returned function is called.
func (b *backend) pause() (release func()) {
	b.paused.Lock()
	return b.paused.Unlock
}

// refuse makes the backend answer 400 to requests with a text.
func (b *backend) refuse(text []byte) { b.poison.Store(&text) }

// answer sets the status of the next answers. Bodies of other statuses than 200 are not
// stored.
func (b *backend) answer(status int) { b.status.Store(int32(status)) }

func newBackend(t *testing.T) *backend {
	t.Helper()
	b := &backend{bodies: map[string][][]byte{}}
	b.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := read(r)
		b.open.Add(1)
		defer b.open.Add(-1)
		b.paused.RLock()
		defer b.paused.RUnlock()
		if status := int(b.status.Load()); status != 0 && status != http.StatusOK {
			b.refusals.Add(1)
			w.WriteHeader(status)
			return
		}
		if poison := b.poison.Load(); err != nil || poison != nil && bytes.Contains(body, *poison) {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		b.mu.Lock()
		defer b.mu.Unlock()
		signal := strings.TrimPrefix(r.URL.Path, "/v1/")
		b.bodies[signal] = append(b.bodies[signal], body)
		w.Header().Set("Content-Type", r.Header.Get("Content-Type"))
	}))
	t.Cleanup(b.Close)
	return b
}

// read returns the decompressed body of a request, so that tests can search it.
func read(r *http.Request) ([]byte, error) {
	if r.Header.Get("Content-Encoding") != "gzip" {
		return io.ReadAll(r.Body)
	}
	unpacked, err := gzip.NewReader(r.Body)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(unpacked)
}

func (b *backend) received(signal string) [][]byte {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.bodies[signal]
}

// arrived reports whether all these signals have arrived without sensitive values.
func (b *backend) arrived(signals ...string) arrives {
	return func() bool {
		for _, signal := range signals {
			bodies := b.received(signal)
			if len(bodies) == 0 || sensitive.Match(bytes.Join(bodies, nil)) {
				return false
			}
		}
		return true
	}
}

// config writes a configuration that extends the default one: it sends everything to the
// backend as JSON, each batch before its sender is answered.
func (b *backend) config(t *testing.T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "forward.yaml")
	require.NoError(t, os.WriteFile(file, []byte(`
exporters:
  otlp_http:
    endpoint: `+b.URL+`
    encoding: json
    compression: none
    sending_queue: {enabled: false}
    retry_on_failure: {enabled: false}
service:
  pipelines:
    logs/backend: {receivers: [forward], exporters: [otlp_http]}
    metrics/backend: {receivers: [forward, cowork_metrics], exporters: [otlp_http]}
    traces/backend: {receivers: [forward, cowork_traces], exporters: [otlp_http]}
`), 0o600))
	return file
}
