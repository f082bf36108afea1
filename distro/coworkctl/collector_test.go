package main

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog/plogotlp"

	"github.com/cowork-otel/collector/distro/coworkctl/synthetic"
)

// A collector takes OTLP/HTTP JSON, counts what is in it, and answers as a test
// wants.
type collector struct {
	*httptest.Server
	answer func(request int) (status int, body string)

	mu       sync.Mutex
	requests int
	paths    map[string]int
	got      synthetic.Tally
	order    map[string][]time.Time // of records, by session
}

func newCollector(t *testing.T, answer func(int) (int, string)) *collector {
	t.Helper()
	c := &collector{answer: answer, paths: map[string]int{}, order: map[string][]time.Time{}}
	c.Server = httptest.NewServer(c)
	t.Cleanup(c.Close)
	return c
}

// ServeHTTP implements http.Handler.
func (c *collector) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.requests++
	status, answer := http.StatusOK, "{}"
	if c.answer != nil {
		status, answer = c.answer(c.requests)
	}
	if status == http.StatusOK {
		c.paths[r.URL.Path]++
	}
	if status == http.StatusOK && r.URL.Path == "/v1/logs" {
		c.take(body)
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, answer)
}

func (c *collector) take(body []byte) {
	req := plogotlp.NewExportRequest()
	if req.UnmarshalJSON(body) != nil {
		return
	}
	c.got.Add(req.Logs())
	for _, rl := range req.Logs().ResourceLogs().All() {
		for _, rec := range rl.ScopeLogs().At(0).LogRecords().All() {
			session, _ := rec.Attributes().Get("session.id")
			c.order[session.Str()] = append(c.order[session.Str()], rec.Timestamp().AsTime())
		}
	}
}

// ran is what a command did.
type ran struct {
	status   int
	out, err string
}

// noon is when tests run: a clock that moves on by a millisecond at each look.
var noon = time.Date(2026, 11, 18, 12, 0, 0, 0, time.UTC)

func command(t *testing.T, args ...string) ran {
	t.Helper()
	var out, errs bytes.Buffer
	var mu sync.Mutex
	at := noon
	around := surroundings{&out, &errs, func() time.Time {
		mu.Lock()
		defer mu.Unlock()
		at = at.Add(time.Millisecond)
		return at
	}, func() uint64 { return 4 }}
	status := run(t.Context(), around, args)
	return ran{status, out.String(), errs.String()}
}

func succeeds(t *testing.T, args ...string) ran {
	t.Helper()
	r := command(t, args...)
	require.Zero(t, r.status, r.err)
	return r
}
