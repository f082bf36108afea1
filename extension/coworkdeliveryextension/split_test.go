package coworkdeliveryextension

import (
	"bytes"
	"context"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/extension/extensiontest"
)

type roundTripFunc func(*http.Request) (*http.Response, error)

func (f roundTripFunc) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

// TestSlowBackend splits a batch of bad records for a backend that takes a second for each
// request. The exporter's timeout is not reached: it would send all parts again.
func TestSlowBackend(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ext, err := createExtension(t.Context(), extensiontest.NewNopSettings(NewFactory().Type()), &Config{Split: true})
		require.NoError(t, err)
		m := ext.(*middleware)
		requests := 0
		rt := &transport{m: m, next: roundTripFunc(func(req *http.Request) (*http.Response, error) {
			requests++
			select {
			case <-time.After(time.Second):
				return &http.Response{StatusCode: http.StatusBadRequest, Header: http.Header{}, Body: http.NoBody}, nil
			case <-req.Context().Done():
				return nil, req.Context().Err()
			}
		})}
		body, err := (&batch{signal: "logs", payload: logsPayload{records(many(100)...)}}).encode(0, 100)
		require.NoError(t, err)
		ctx, cancel := context.WithTimeout(t.Context(), 21*time.Second)
		defer cancel()
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://backend/v1/logs", bytes.NewReader(body))
		require.NoError(t, err)
		resp, err := rt.RoundTrip(req)
		require.NoError(t, err)
		require.Equal(t, http.StatusBadRequest, resp.StatusCode)
		require.NoError(t, resp.Body.Close())
		require.Equal(t, 17, requests, "the batch, and parts for three quarters of the time that is left")
		require.Equal(t, int64(100), m.refused[splitLimit]+m.refused["400"])
		require.NoError(t, m.Shutdown(t.Context()))
	})
}
