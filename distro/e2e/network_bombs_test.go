package e2e

import (
	"bytes"
	"compress/flate"
	"compress/zlib"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/klauspost/compress/snappy"
	"github.com/pierrec/lz4/v4"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/plog/plogotlp"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/encoding/gzip"
	"google.golang.org/grpc/status"
)

// bombBytes is what a bomb expands to.
const bombBytes = 256 << 20

// compressed returns what a writer makes of a bomb.
func compressed(t *testing.T, wrap func(io.Writer) io.WriteCloser) []byte {
	t.Helper()
	var buf bytes.Buffer
	w := wrap(&buf)
	_, err := io.WriteString(w, `{"resourceLogs":[],"x":"`)
	require.NoError(t, err)
	chunk := bytes.Repeat([]byte("x"), 1<<20)
	for range bombBytes >> 20 {
		_, err = w.Write(chunk)
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	return buf.Bytes()
}

// TestNetworkBombs sends bodies that expand to 256 MiB. They are refused, the memory does
// not grow, and the next request is served.
func TestNetworkBombs(t *testing.T) {
	c := start(t)
	c.requireServed(t)
	before := c.residentMiB(t)
	for encoding, body := range map[string][]byte{
		"gzip":            gzipped(t, bytes.Repeat([]byte("x"), bombBytes)),
		"zstd":            zstandard(t, bytes.Repeat([]byte("x"), bombBytes)),
		"deflate":         compressed(t, func(w io.Writer) io.WriteCloser { f, _ := flate.NewWriter(w, 9); return f }),
		"zlib":            compressed(t, func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) }),
		"snappy":          snappy.Encode(nil, bytes.Repeat([]byte("x"), bombBytes)),
		"x-snappy-framed": compressed(t, func(w io.Writer) io.WriteCloser { return snappy.NewBufferedWriter(w) }),
		"lz4":             compressed(t, func(w io.Writer) io.WriteCloser { return lz4.NewWriter(w) }),
	} {
		for range 4 {
			code, answer := c.post(t, request{signal: "logs", contentType: contentTypes["json"], body: body}, "Content-Encoding: "+encoding)
			assert.GreaterOrEqual(t, code, 400, "%s", encoding)
			assert.Less(t, code, 500, "%s: %s", encoding, answer)
		}
		t.Logf("%s: %d bytes for %d", encoding, len(body), bombBytes)
		c.requireServed(t)
	}
	c.requireFlat(t, before)
}

// TestNetworkBombsGRPC does the same over gRPC, with and without compression.
func TestNetworkBombsGRPC(t *testing.T) {
	c := start(t)
	c.requireServed(t)
	before := c.residentMiB(t)
	ld := plog.NewLogs()
	ld.ResourceLogs().AppendEmpty().ScopeLogs().AppendEmpty().LogRecords().AppendEmpty().Body().SetStr(strings.Repeat("x", 64<<20))
	client := plogotlp.NewGRPCClient(c.dial(t))
	for range 4 {
		_, err := client.Export(t.Context(), plogotlp.NewExportRequestFromLogs(ld))
		require.Equal(t, codes.ResourceExhausted, status.Code(err), "%v", err)
		_, err = client.Export(t.Context(), plogotlp.NewExportRequestFromLogs(ld), grpc.UseCompressor(gzip.Name))
		require.Equal(t, codes.ResourceExhausted, status.Code(err), "%v", err)
	}
	c.call(t, captures(t)["basic-json"][0])
	c.requireFlat(t, before)
}

// TestNetworkHeaders sends headers of 8 MiB, and to the page of 128 KiB.
func TestNetworkHeaders(t *testing.T) {
	c := start(t)
	for address, size := range map[string]int{c.http: 8 << 20, c.page: 128 << 10} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+address+"/", http.NoBody)
		require.NoError(t, err)
		req.Header.Set("X-Long", strings.Repeat("x", size))
		resp, err := http.DefaultClient.Do(req)
		if err == nil { // else the server has closed the connection while the header was sent
			require.NoError(t, resp.Body.Close())
			require.Equal(t, http.StatusRequestHeaderFieldsTooLarge, resp.StatusCode)
		}
	}
	c.requireServed(t)
}
