package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
)

// TestDrain waits for queues that are emptied, that are filled again, and that do not empty.
func TestDrain(t *testing.T) {
	for _, tt := range []struct {
		name    string
		sizes   []int64 // at each second, the last one from then on; -1 is no answer
		want    string
		seconds float64
		err     string
	}{
		{"empty", []int64{0}, "0 wait\nall queues are empty\n", 5, ""},
		{"busy", []int64{500, 500, 20, 0}, "500 wait\n20 wait\n0 wait\nall queues are empty\n", 8, ""},
		{"filled again", []int64{0, 0, 7, 0}, "0 wait\n7 wait\n0 wait\nall queues are empty\n", 8, ""},
		{"an answer is missing", []int64{0, 0, -1, 0}, "0 wait\nall queues are empty\n", 8, ""},
		{"not emptied", []int64{9}, "9 wait\n", 60, "the time is over, and telemetry waits"},
		{"no answer", []int64{-1}, "", 60, "--endpoint: down"},
	} {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			var out bytes.Buffer
			calls := 0
			d := drain{out: &out, quiet: 5 * time.Second, every: time.Second, waiting: func(context.Context) (int64, error) {
				size := tt.sizes[min(calls, len(tt.sizes)-1)]
				calls++
				if size < 0 {
					return 0, errors.New("down")
				}
				return size, nil
			}}
			begin := time.Now()
			err := d.wait(ctx)
			if tt.err == "" {
				require.NoError(t, err, tt.name)
			} else {
				require.ErrorContains(t, err, tt.err, tt.name)
			}
			require.Equal(t, tt.want, out.String(), tt.name)
			require.InDelta(t, tt.seconds, time.Since(begin).Seconds(), 0.001, tt.name)
		})
	}
}

// TestDrainMetrics reads the metrics of a collector with two queues.
func TestDrainMetrics(t *testing.T) {
	text := "# TYPE otelcol_exporter_queue_size gauge\n" +
		`otelcol_exporter_queue_size{data_type="logs",exporter="otlp_http"} 1140` + "\n" +
		`otelcol_exporter_queue_size{data_type="traces",exporter="otlp_http"} 1.5e+06` + "\n" +
		`otelcol_exporter_queue_capacity{data_type="logs",exporter="otlp_http"} 1.073741824e+09` + "\n"
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, text) }))
	defer server.Close()
	sum, err := readWaiting(t.Context(), server.URL)
	require.NoError(t, err)
	require.EqualValues(t, 1_501_140, sum)

	text = "otelcol_exporter_queue_size 0\n"
	require.Equal(t, "0 wait\nall queues are empty\n", succeeds(t, "drain", "--endpoint", server.URL, "--quiet", "0s").out)
	server.Close()
	r := command(t, "drain", "--endpoint", server.URL, "--within", "1ms")
	require.Equal(t, 1, r.status)
	require.Contains(t, r.err, "coworkctl: drain: --endpoint: the collector does not answer")
}

// TestHealth requests a healthy collector, one that cannot write, and none.
func TestHealth(t *testing.T) {
	status := http.StatusOK
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) }))
	defer server.Close()
	require.Equal(t, "the collector is healthy\n", succeeds(t, "health", "--endpoint", server.URL).out)
	status = http.StatusServiceUnavailable
	r := command(t, "health", "--endpoint", server.URL)
	require.Equal(t, 1, r.status)
	require.Equal(t, "coworkctl: health: --endpoint: the collector is not healthy: status 503 (its log has the reason)\n", r.err)
	server.Close()
	require.Contains(t, command(t, "health", "--endpoint", server.URL).err, "the health check does not answer")
}
