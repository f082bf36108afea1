package coworkdeliveryextension

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/extension/extensiontest"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/plog/plogotlp"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/pmetric/pmetricotlp"
	"go.opentelemetry.io/collector/pdata/ptrace"
	"go.opentelemetry.io/collector/pdata/ptrace/ptraceotlp"

	"github.com/cowork-otel/collector/internal/problem"
)

// A strictBackend answers with a status if a body contains a bad record.
type strictBackend struct {
	*httptest.Server
	mu       sync.Mutex
	requests int
	accepted []string // records, by body
	status   func(names []string) int
	partial  int64
}

const bad = "bad"

// badIs returns a status for all requests with a bad record.
func badIs(status int) func([]string) int {
	return func(names []string) int {
		for _, name := range names {
			if strings.HasPrefix(name, bad) {
				return status
			}
		}
		return http.StatusOK
	}
}

func newStrictBackend(t *testing.T, status func([]string) int) *strictBackend {
	t.Helper()
	b := &strictBackend{status: status}
	b.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.requests++
		var body io.Reader = r.Body
		if r.Header.Get("Content-Encoding") == "gzip" {
			unpacked, err := gzip.NewReader(r.Body)
			if err != nil {
				w.WriteHeader(http.StatusTeapot)
				return
			}
			body = unpacked
		}
		data, err := io.ReadAll(body)
		req := plogotlp.NewExportRequest()
		if err != nil || unmarshal(req, data, isJSON(r.Header.Get("Content-Type"))) != nil {
			w.WriteHeader(http.StatusTeapot)
			return
		}
		names := namesOf(req.Logs())
		if status := b.status(names); status != http.StatusOK {
			w.WriteHeader(status)
			return
		}
		b.accepted = append(b.accepted, names...)
		resp := plogotlp.NewExportResponse()
		resp.PartialSuccess().SetRejectedLogRecords(b.partial)
		answer, _ := resp.MarshalProto()
		w.Header().Set("Content-Type", "application/x-protobuf")
		_, _ = w.Write(answer)
	}))
	t.Cleanup(b.Close)
	return b
}

func namesOf(ld plog.Logs) (names []string) {
	for _, rl := range ld.ResourceLogs().All() {
		for _, sl := range rl.ScopeLogs().All() {
			for _, rec := range sl.LogRecords().All() {
				names = append(names, rec.Body().Str())
			}
		}
	}
	return names
}

// records returns records of these names, in two resources.
func records(names ...string) plog.Logs {
	ld := plog.NewLogs()
	for i, name := range names {
		if i == 0 || i == len(names)/2 {
			ld.ResourceLogs().AppendEmpty().ScopeLogs().AppendEmpty()
		}
		ld.ResourceLogs().At(ld.ResourceLogs().Len() - 1).ScopeLogs().At(0).LogRecords().AppendEmpty().Body().SetStr(name)
	}
	return ld
}

func many(n int) (names []string) {
	for i := range n {
		names = append(names, "good "+string(rune('a'+i%26)))
	}
	return names
}

// deliver sends logs through the middleware, and returns the response as the exporter gets it.
func deliver(t *testing.T, cfg Config, url string, ld plog.Logs, packed, json bool) (*middleware, int, plogotlp.ExportPartialSuccess) {
	t.Helper()
	ext, err := createExtension(t.Context(), extensiontest.NewNopSettings(NewFactory().Type()), &cfg)
	require.NoError(t, err)
	m := ext.(*middleware)
	require.NoError(t, m.Start(t.Context(), componenttest.NewNopHost()))
	t.Cleanup(func() { require.NoError(t, m.Shutdown(t.Context())) })
	wrap, err := m.GetHTTPRoundTripper(t.Context())
	require.NoError(t, err)
	base := &http.Transport{}
	t.Cleanup(base.CloseIdleConnections)
	rt, err := wrap(t.Context(), base)
	require.NoError(t, err)

	b := &batch{signal: "logs", contentType: "application/x-protobuf", payload: logsPayload{ld}}
	if packed {
		b.encoding = gzipEncoding
	}
	if json {
		b.contentType = "application/json"
	}
	body, err := b.encode(0, ld.LogRecordCount())
	require.NoError(t, err)
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url+"/v1/logs", bytes.NewReader(body))
	require.NoError(t, err)
	req.Header.Set("Content-Type", b.contentType)
	if packed {
		req.Header.Set("Content-Encoding", "gzip")
	}
	resp, err := (&http.Client{Transport: rt}).Do(req)
	require.NoError(t, err)
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	out := plogotlp.NewExportResponse()
	if resp.StatusCode == http.StatusOK {
		require.NoError(t, out.UnmarshalProto(answer))
	}
	return m, resp.StatusCode, out.PartialSuccess()
}

// TestSplit: the backend answers 400 to a batch with a bad record. The whole batch was
// dropped; now all other records arrive, and the bad ones are counted.
func TestSplit(t *testing.T) {
	names := append(many(500), "bad 1", "good z", "bad 2")
	for _, form := range []struct{ gzip, json bool }{{true, false}, {false, true}} {
		b := newStrictBackend(t, badIs(http.StatusBadRequest))
		m, status, partial := deliver(t, Config{Split: true}, b.URL, records(names...), form.gzip, form.json)
		require.Equal(t, http.StatusOK, status)
		require.Equal(t, int64(2), partial.RejectedLogRecords())
		require.Equal(t, map[string]int64{"400": 2}, m.refused)
		require.ElementsMatch(t, append(many(500), "good z"), b.accepted, "each once")
		require.Less(t, b.requests, 50)
	}
}

func TestCounts(t *testing.T) {
	check := func(cfg Config, answer func([]string) int, partial int64, names []string, status int, want map[string]int64) {
		t.Helper()
		b := newStrictBackend(t, answer)
		b.partial = partial
		m, got, _ := deliver(t, cfg, b.URL, records(names...), true, false)
		require.Equal(t, status, got)
		require.Equal(t, want, m.refused)
	}
	split := Config{Split: true}
	check(split, badIs(400), 0, many(9), 200, map[string]int64{})
	check(split, badIs(400), 0, []string{"bad"}, 400, map[string]int64{"400": 1})
	check(split, badIs(400), 0, []string{"bad", "bad", "bad"}, 400, map[string]int64{"400": 3})
	check(split, badIs(422), 0, []string{"a", "bad"}, 200, map[string]int64{"422": 1})
	check(split, badIs(401), 0, []string{"a", "bad"}, 401, map[string]int64{"401": 2})
	check(split, badIs(599), 0, []string{"a", "bad"}, 599, map[string]int64{"other status": 2})
	check(split, badIs(503), 0, []string{"a", "bad"}, 503, map[string]int64{})
	check(split, badIs(400), 3, many(9), 200, map[string]int64{"partial success": 3})
	check(Config{}, badIs(400), 0, []string{"a", "bad"}, 400, map[string]int64{"400": 2})
}

// TestUnavailableBetweenParts: the exporter gets the response that makes it retry, and
// nothing is counted yet.
func TestUnavailableBetweenParts(t *testing.T) {
	b := newStrictBackend(t, func(names []string) int {
		if len(names) == 1 {
			return http.StatusServiceUnavailable
		}
		return http.StatusBadRequest
	})
	m, status, _ := deliver(t, Config{Split: true}, b.URL, records("a", "bad"), true, false)
	require.Equal(t, http.StatusServiceUnavailable, status)
	require.Empty(t, m.refused)
}

// TestSplitLimit reaches the bound on requests with a batch of bad records.
func TestSplitLimit(t *testing.T) {
	names := make([]string, 1000)
	for i := range names {
		names[i] = bad
	}
	b := newStrictBackend(t, badIs(http.StatusBadRequest))
	m, status, _ := deliver(t, Config{Split: true}, b.URL, records(names...), true, false)
	require.Equal(t, http.StatusBadRequest, status)
	require.Equal(t, maxRequests+1, b.requests)
	refused := m.refused
	require.Positive(t, refused[splitLimit])
	require.Equal(t, int64(1000), refused[splitLimit]+refused["400"])

	list := problem.List()
	subjects := map[string]string{}
	for _, p := range list {
		subjects[p.Subject] = p.Text
		require.Regexp(t, "^extension cowork_delivery/", p.Component)
	}
	require.Contains(t, subjects["400"], fmt.Sprint(refused["400"]))
	require.Contains(t, subjects, splitLimit)
}

// TestParts checks that the parts of each signal have all units once.
func TestParts(t *testing.T) {
	md := pmetric.NewMetrics()
	for range 3 {
		metrics := md.ResourceMetrics().AppendEmpty().ScopeMetrics().AppendEmpty().Metrics()
		for range 2 {
			points := metrics.AppendEmpty().SetEmptyGauge().DataPoints()
			points.AppendEmpty()
			points.AppendEmpty()
		}
	}
	td := ptrace.NewTraces()
	for range 5 {
		td.ResourceSpans().AppendEmpty().ScopeSpans().AppendEmpty().Spans().AppendEmpty()
	}
	for signal, request := range map[string]interface{ MarshalProto() ([]byte, error) }{
		"metrics": pmetricotlp.NewExportRequestFromMetrics(md), "traces": ptraceotlp.NewExportRequestFromTraces(td),
		"logs": plogotlp.NewExportRequestFromLogs(records("a", "b", "c")),
	} {
		body, err := request.MarshalProto()
		require.NoError(t, err)
		b := &batch{signal: signal}
		require.NoError(t, b.decode(body))
		n, sum := b.units(), 0
		for i := range n {
			part, err := b.encode(i, i+1)
			require.NoError(t, err)
			p := &batch{signal: signal}
			require.NoError(t, p.decode(part))
			require.Equal(t, 1, p.units(), signal)
			sum += p.items(0, 1)
		}
		require.Equal(t, b.items(0, n), sum, signal)
		answer, err := codecs[signal].success(7, "")
		require.NoError(t, err)
		require.Equal(t, 7, b.rejected(answer, "application/x-protobuf"))
		require.Zero(t, b.rejected([]byte("no message"), "application/json"))
		require.Error(t, b.decode([]byte{0xff}))
		require.Error(t, (&batch{signal: signal, encoding: "snappy"}).decode(body))
	}
}

// TestRetry: a backend answers 401 since its key has expired. The exporter dropped all
// batches; now it retries them, and the setup check shows why.
func TestRetry(t *testing.T) {
	cfg := NewFactory().CreateDefaultConfig().(*Config)
	waiting := func() (text string) {
		list := problem.List()
		for _, p := range list {
			if strings.HasPrefix(p.Subject, "logs to 127.0.0.1:") {
				text += p.Text
			}
		}
		return text
	}
	b := newStrictBackend(t, func([]string) int { return http.StatusUnauthorized })
	m, status, _ := deliver(t, *cfg, b.URL, records("a", "b"), true, false)
	require.Equal(t, http.StatusServiceUnavailable, status)
	require.Empty(t, m.refused)
	require.Contains(t, waiting(), "answers 401")
	other := newStrictBackend(t, func([]string) int { return http.StatusOK })
	deliver(t, *cfg, other.URL, records("a"), true, false)
	require.Contains(t, waiting(), "answers 401", "another backend accepts batches")
	m.reportWaiting(strings.TrimPrefix(b.URL, "http://"), "traces", &http.Response{StatusCode: http.StatusOK})
	require.Contains(t, waiting(), "answers 401", "the backend accepts another signal")
	m.reportWaiting(strings.TrimPrefix(b.URL, "http://"), "logs", &http.Response{StatusCode: http.StatusOK})
	require.Empty(t, waiting())
}

func TestValidate(t *testing.T) {
	require.NoError(t, (&Config{Retry: []int{401, 404, 500}}).Validate())
	require.ErrorContains(t, (&Config{Retry: []int{200}}).Validate(), "retry: 200: must be a status")
	require.ErrorContains(t, (&Config{Retry: []int{400}}).Validate(), "retry: 400")
}
