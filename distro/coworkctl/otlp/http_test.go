package otlp

import (
	"compress/gzip"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/plog/plogotlp"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/ptrace"
)

// secret is in every payload and header of these tests, and must be in no error.
const secret = "hunter2"

func someLogs() plog.Logs {
	ld := plog.NewLogs()
	ld.ResourceLogs().AppendEmpty().ScopeLogs().AppendEmpty().LogRecords().AppendEmpty().Body().SetStr(secret)
	return ld
}

func client(t *testing.T, set Settings) *Client {
	t.Helper()
	c, err := New(set)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, c.Close()) })
	return c
}

// serverRequest is a request that a test server received.
type serverRequest struct {
	path, contentType, authorization string
	body                             []byte
}

// serveHTTP starts an OTLP/HTTP server with a fixed response.
func serveHTTP(t *testing.T, got *serverRequest, code int, contentType string, answer []byte) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		*got = serverRequest{path: r.URL.Path, contentType: r.Header.Get("Content-Type"), authorization: r.Header.Get("Authorization")}
		body := io.Reader(r.Body)
		if r.Header.Get("Content-Encoding") == "gzip" {
			unpacked, err := gzip.NewReader(r.Body)
			if err != nil {
				w.WriteHeader(http.StatusBadRequest)
				return
			}
			body = unpacked
		}
		got.body, _ = io.ReadAll(body)
		w.Header().Set("Content-Type", contentType)
		w.WriteHeader(code)
		_, _ = w.Write(answer)
	}))
	t.Cleanup(server.Close)
	return server
}

// TestHTTP checks that requests arrive with their headers in both encodings, with
// and without compression, and that a partial success is parsed.
func TestHTTP(t *testing.T) {
	answer := plogotlp.NewExportResponse()
	answer.PartialSuccess().SetRejectedLogRecords(3)
	answer.PartialSuccess().SetErrorMessage(secret)
	for _, protocol := range []string{HTTPJSON, HTTPProtobuf} {
		for _, zip := range []bool{false, true} {
			body, err := formatted(protocol, answer)
			require.NoError(t, err)
			var got serverRequest
			server := serveHTTP(t, &got, http.StatusOK, formats[protocol].contentType, body)
			c := client(t, Settings{Endpoint: server.URL + "/prefix/v1/logs", Protocol: protocol, Gzip: zip, Headers: []Header{{"authorization", "Bearer " + secret}}})
			receipt, err := c.Logs(t.Context(), someLogs())
			require.NoError(t, err)
			require.Equal(t, "200 OK", receipt.Answer)
			require.EqualValues(t, 3, receipt.Rejected)
			require.Positive(t, receipt.Bytes)
			require.Equal(t, "/prefix/v1/logs", got.path)
			require.Equal(t, formats[protocol].contentType, got.contentType)
			require.Equal(t, "Bearer "+secret, got.authorization)
			req := plogotlp.NewExportRequest()
			require.NoError(t, formats[protocol].decode(req, got.body))
			require.Equal(t, secret, req.Logs().ResourceLogs().At(0).ScopeLogs().At(0).LogRecords().At(0).Body().Str())
		}
	}
}

func formatted(protocol string, r plogotlp.ExportResponse) ([]byte, error) {
	return formats[protocol].encode(r)
}

// TestHTTPSignals checks that each signal goes to its own path.
func TestHTTPSignals(t *testing.T) {
	var got serverRequest
	server := serveHTTP(t, &got, http.StatusOK, "application/json", []byte("{}"))
	c := client(t, Settings{Endpoint: server.URL})
	require.Equal(t, server.URL, c.Endpoint())
	_, err := c.Metrics(t.Context(), pmetric.NewMetrics())
	require.NoError(t, err)
	require.Equal(t, "/v1/metrics", got.path)
	_, err = c.Traces(t.Context(), ptrace.NewTraces())
	require.NoError(t, err)
	require.Equal(t, "/v1/traces", got.path)
}

// TestHTTPRefusals checks the errors for statuses, and that they do not contain the
// response.
func TestHTTPRefusals(t *testing.T) {
	check := func(code int, want string) {
		t.Helper()
		var got serverRequest
		server := serveHTTP(t, &got, code, "text/plain", []byte(secret))
		_, err := client(t, Settings{Endpoint: server.URL}).Logs(t.Context(), someLogs())
		require.EqualError(t, err, want)
		require.NotContains(t, err.Error(), secret)
	}
	check(302, "302 Found: the endpoint redirects, which is not followed: use the address that it redirects to")
	check(400, "400 Bad Request: the endpoint could not parse the request: check the collector's log")
	check(401, "401 Unauthorized: the endpoint requires authentication: set its header (--header name=value)")
	check(403, "403 Forbidden: the header's value has no permission to send: check that it is correct and not expired")
	check(404, "404 Not Found: the endpoint has no /v1/logs: use its base URL")
	check(415, "415 Unsupported Media Type: the endpoint does not accept this protocol: try another (--protocol)")
	check(429, "429 Too Many Requests: the endpoint limits the rate: lower it (--rate)")
	check(503, "503 Service Unavailable: the collector accepts nothing at the moment, for example because its queue or memory is full: check its log")
	check(599, "status 599: check the log of the collector, or of the proxy in front of it")
}

// TestNoCollector checks that a web page is an error and an empty response is not.
func TestNoCollector(t *testing.T) {
	var got serverRequest
	page := serveHTTP(t, &got, http.StatusOK, "text/html; charset=utf-8", []byte("<p>"+secret))
	_, err := client(t, Settings{Endpoint: page.URL}).Logs(t.Context(), someLogs())
	require.ErrorContains(t, err, "200 OK, a web page: not a collector")
	empty := serveHTTP(t, &got, http.StatusNoContent, "", nil)
	receipt, err := client(t, Settings{Endpoint: empty.URL}).Logs(t.Context(), someLogs())
	require.NoError(t, err)
	require.Equal(t, "204 No Content", receipt.Answer)
}

// TestUnreached checks the errors without a response.
func TestUnreached(t *testing.T) {
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	for _, protocol := range Protocols {
		_, err := client(t, Settings{Endpoint: gone.URL, Protocol: protocol}).Logs(t.Context(), someLogs())
		require.EqualError(t, err, "connection refused: nothing listens there: check that the collector is running, and its port", protocol)
	}
	release := make(chan struct{})
	slow := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-release }))
	t.Cleanup(slow.Close)
	t.Cleanup(func() { close(release) })
	_, err := client(t, Settings{Endpoint: slow.URL, Timeout: time.Millisecond}).Logs(t.Context(), someLogs())
	require.EqualError(t, err, "no answer in time: check the host, and firewalls in between")
	stopped, stop := context.WithCancel(t.Context())
	stop()
	_, err = client(t, Settings{Endpoint: slow.URL}).Logs(stopped, someLogs())
	require.ErrorIs(t, err, context.Canceled)
}

// TestRedirect checks that neither the payload nor a header is sent to the target of
// a redirect.
func TestRedirect(t *testing.T) {
	var got serverRequest
	elsewhere := serveHTTP(t, &got, http.StatusOK, "application/json", []byte("{}"))
	server := httptest.NewServer(http.RedirectHandler(elsewhere.URL+"/"+secret, http.StatusTemporaryRedirect))
	t.Cleanup(server.Close)
	_, err := client(t, Settings{Endpoint: server.URL, Headers: []Header{{"x-key", secret}}}).Logs(t.Context(), someLogs())
	require.ErrorContains(t, err, "307 Temporary Redirect: the endpoint redirects")
	require.NotContains(t, err.Error(), secret)
	require.Empty(t, got.path)
}
