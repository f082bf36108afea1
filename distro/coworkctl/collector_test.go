package main

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog/plogotlp"

	"github.com/cowork-otel/collector/distro/coworkctl/synthetic"
)

// A collector accepts OTLP/HTTP JSON, counts its content, and answers as a test
// configures.
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
		c.countLogs(body)
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, answer)
}

func (c *collector) countLogs(body []byte) {
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

// commandResult is the outcome of a command.
type commandResult struct {
	status   int
	out, err string
}

// noon is the time at which tests run. Their clock advances by a millisecond at
// each reading.
var noon = time.Date(2026, 11, 18, 12, 0, 0, 0, time.UTC)

func command(t *testing.T, args ...string) commandResult {
	t.Helper()
	return commandWithInput(t, "", args...)
}

func commandWithInput(t *testing.T, stdin string, args ...string) commandResult {
	t.Helper()
	var out, errs bytes.Buffer
	var mu sync.Mutex
	at := noon
	env := environment{strings.NewReader(stdin), &out, &errs, func() time.Time {
		mu.Lock()
		defer mu.Unlock()
		at = at.Add(time.Millisecond)
		return at
	}, func() uint64 { return 4 }}
	status := execute(t.Context(), env, args)
	return commandResult{status, out.String(), errs.String()}
}

func succeeds(t *testing.T, args ...string) commandResult {
	t.Helper()
	r := command(t, args...)
	require.Zero(t, r.status, r.err)
	return r
}
