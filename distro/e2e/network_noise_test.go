package e2e

import (
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// noiseTime is how long noise is sent: COWORK_LONG, else some seconds.
func noiseTime(t *testing.T) time.Duration {
	t.Helper()
	text := os.Getenv("COWORK_LONG")
	if text == "" {
		return 4 * time.Second
	}
	long, err := time.ParseDuration(text)
	require.NoError(t, err)
	return long
}

// prefaces begin the noise, so that it passes the first checks of each protocol.
var prefaces = []string{
	"",
	"POST /v1/logs HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-protobuf\r\nContent-Length: 65536\r\n\r\n",
	"POST /v1/traces HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n",
	"POST /v1/logs HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-protobuf\r\nContent-Encoding: zstd\r\nContent-Length: 65536\r\n\r\n",
	"GET / HTTP/1.1\r\nHost: localhost\r\n",
	"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
	"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x00\x04\x00\x00\x00\x00\x00",
	"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
}

// TestNetworkNoise sends random bytes to every listener at full rate. The memory does not
// grow, nothing ends the collector, and the next request is served. COWORK_LONG=10m sends
// for ten minutes.
func TestNetworkNoise(t *testing.T) {
	c := start(t)
	c.requireServed(t)
	before := c.residentMiB(t)
	end := time.Now().Add(noiseTime(t))
	var connections, sent atomic.Int64
	var senders sync.WaitGroup
	for i, address := range []string{c.http, c.grpc, c.page, c.health, c.metrics, c.http, c.grpc, c.page} {
		senders.Go(func() {
			rng := rand.New(rand.NewPCG(uint64(i), 20))
			noise := make([]byte, 64<<10)
			for time.Now().Before(end) {
				conn, err := net.Dial("tcp", address)
				if err != nil {
					continue // the backlog is full
				}
				for j := range noise {
					noise[j] = byte(rng.Uint32())
				}
				connections.Add(1)
				_ = conn.SetDeadline(time.Now().Add(5 * time.Second))
				n, _ := conn.Write(append([]byte(prefaces[rng.IntN(len(prefaces))]), noise[:rng.IntN(len(noise))]...))
				sent.Add(int64(n))
				_ = conn.Close()
			}
		})
	}
	senders.Wait()
	t.Logf("%d connections, %d MiB", connections.Load(), sent.Load()>>20)
	require.Positive(t, sent.Load())
	c.requireServed(t)
	c.call(t, captures(t)["basic-json"][0])
	resp, err := http.Get("http://" + c.page + "/")
	require.NoError(t, err)
	require.NoError(t, resp.Body.Close())
	require.Equal(t, http.StatusOK, resp.StatusCode)
	c.requireFlat(t, before)
}

// TestNetworkHalfOpen opens connections to the page and sends half a request on each. The
// page answers others meanwhile, and closes the connections by its timeouts.
func TestNetworkHalfOpen(t *testing.T) {
	t.Parallel()
	p := startPage(t)
	var open []net.Conn
	for _, half := range []string{"", "GET / HT", "GET / HTTP/1.1\r\nHost: localhost\r\nX-Half: ", "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900\r\n\r\nx"} {
		for range 50 {
			conn, err := net.Dial("tcp", p.page)
			require.NoError(t, err)
			t.Cleanup(func() { _ = conn.Close() })
			_, err = conn.Write([]byte(half))
			require.NoError(t, err)
			open = append(open, conn)
		}
	}
	status, _ := p.fetch(t, "/")
	require.Equal(t, http.StatusOK, status)
	began := time.Now()
	for _, conn := range open {
		require.NoError(t, conn.SetReadDeadline(began.Add(waitLimit)))
		for answer := make([]byte, 4096); ; {
			if _, err := conn.Read(answer); err != nil {
				require.NotErrorIs(t, err, os.ErrDeadlineExceeded, "the connection is still open")
				break
			}
		}
	}
	t.Logf("%d connections were closed within %v", len(open), time.Since(began).Round(time.Millisecond))
}
