package e2e

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// canary is a value that must not appear in a log, accepted or not.
const canary = "canary.of.jane@example.com"

// TestRefused sends requests that are not OTLP, and checks that the response follows
// OTLP, that the next request succeeds, and that no log contains the canary.
func TestRefused(t *testing.T) {
	c := start(t)
	good := captures(t)["basic-json"][0]
	check := func(name string, r request, headers []string, want ...int) {
		t.Helper()
		before := len(c.lines(t, r.signal))
		status, answer := c.post(t, r, headers...)
		assert.Contains(t, want, status, "%s: %s", name, answer)
		assert.Len(t, c.lines(t, r.signal), before, "%s: nothing went on", name)
		status, answer = c.post(t, good)
		assert.Equal(t, http.StatusOK, status, "after %s: %s", name, answer)
	}
	json, protobuf := contentTypes["json"], contentTypes["pb"]
	check("malformed JSON", request{signal: "logs", contentType: json, body: []byte(`{"resourceLogs":[{"` + canary)}, nil, http.StatusBadRequest)
	check("JSON of another kind", request{signal: "logs", contentType: json, body: []byte(`"` + canary + `"`)}, nil, http.StatusBadRequest)
	check("malformed protobuf", request{signal: "logs", contentType: protobuf, body: []byte(canary)}, nil, http.StatusBadRequest)
	check("metrics malformed", request{signal: "metrics", contentType: json, body: []byte("{" + canary)}, nil, http.StatusBadRequest)
	check("traces malformed", request{signal: "traces", contentType: protobuf, body: []byte(canary)}, nil, http.StatusBadRequest)
	check("wrong content type", request{signal: "logs", contentType: "text/plain", body: []byte(canary)}, nil, http.StatusUnsupportedMediaType)
	check("no content type", request{signal: "logs", body: []byte(canary)}, nil, http.StatusUnsupportedMediaType)
	check("unknown signal", request{signal: "profile", contentType: json, body: []byte(canary)}, nil, http.StatusNotFound)
	check("unknown encoding", request{signal: "logs", contentType: json, body: good.body}, []string{"Content-Encoding: br"}, http.StatusBadRequest, http.StatusUnsupportedMediaType)
	check("gzip that is none", request{signal: "logs", contentType: json, body: []byte(canary)}, []string{"Content-Encoding: gzip"}, http.StatusBadRequest)

	const limit = 4 << 20
	tooLong := []byte(`{"resourceLogs":[],"x":"` + canary + strings.Repeat("x", limit) + `"}`)
	check("a body over the limit", request{signal: "logs", contentType: json, body: tooLong}, nil, http.StatusBadRequest, http.StatusRequestEntityTooLarge)
	bomb := []byte(`{"resourceLogs":[],"x":"` + canary + strings.Repeat("x", 64<<20) + `"}`)
	check("a gzip bomb", request{signal: "logs", contentType: json, body: gzipped(t, bomb)}, []string{"Content-Encoding: gzip"}, http.StatusBadRequest, http.StatusRequestEntityTooLarge)
	check("a zstd bomb", request{signal: "logs", contentType: json, body: zstandard(t, bomb)}, []string{"Content-Encoding: zstd"}, http.StatusBadRequest, http.StatusRequestEntityTooLarge)

	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+c.http+"/v1/logs", http.NoBody)
	require.NoError(t, err)
	resp, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	require.NoError(t, resp.Body.Close())
	assert.Equal(t, http.StatusMethodNotAllowed, resp.StatusCode)

	require.Error(t, grpcExport["logs"](t.Context(), c.dial(t), request{contentType: json, body: tooLongLogs(limit)}), "a message over the limit")
	c.call(t, good)

	c.stop()
	assert.NotContains(t, c.log.String(), "canary", "the collector's log")
	assert.NotContains(t, c.log.String(), "jane", "the collector's log")
}

// TestCompressed sends each compression to a collector of its own, since a repeated
// batch would be dropped.
func TestCompressed(t *testing.T) {
	good := captures(t)["basic-json"][0]
	var got []string
	for encoding, body := range map[string][]byte{"gzip": gzipped(t, good.body), "zstd": zstandard(t, good.body)} {
		c := start(t)
		status, answer := c.post(t, request{signal: "logs", contentType: good.contentType, body: body}, "Content-Encoding: "+encoding)
		require.Equal(t, http.StatusOK, status, answer)
		lines := c.lines(t, "logs")
		require.Len(t, lines, 1)
		got = append(got, string(withoutArrival(lines[0])))
	}
	require.Len(t, got, 2)
	require.Equal(t, got[0], got[1])
}

// tooLongLogs returns a valid request that is longer than a limit.
func tooLongLogs(limit int) []byte {
	return []byte(`{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":{"stringValue":"` + canary + strings.Repeat("x", limit) + `"}}]}]}]}`)
}

func gzipped(t *testing.T, data []byte) []byte {
	t.Helper()
	var buf bytes.Buffer
	w := gzip.NewWriter(&buf)
	_, err := w.Write(data)
	require.NoError(t, err)
	require.NoError(t, w.Close())
	return buf.Bytes()
}

func zstandard(t *testing.T, data []byte) []byte {
	t.Helper()
	w, err := zstd.NewWriter(nil)
	require.NoError(t, err)
	return w.EncodeAll(data, nil)
}
