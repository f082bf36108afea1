package coworkalertexporter

import (
	"bytes"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component/componenttest"
)

// guarded returns a guard that listens on an address, and the bodies that it passed on.
func guarded(ip string) (http.Handler, *[]string) {
	var passed []string
	next := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			w.WriteHeader(http.StatusRequestEntityTooLarge)
			return
		}
		passed = append(passed, r.Header.Get("Origin")+string(body))
	})
	return newGuard(next, &net.TCPAddr{IP: net.ParseIP(ip), Port: 9093}, &url.URL{Scheme: "https", Host: "alerts.example.com"}), &passed
}

func TestGuard(t *testing.T) {
	check := func(want int, ip, method, host string, headers ...string) {
		t.Helper()
		h, passed := guarded(ip)
		r := httptest.NewRequest(method, "/api/v2/silences", strings.NewReader("body"))
		r.Host = host
		for i := 0; i < len(headers); i += 2 {
			r.Header.Add(headers[i], headers[i+1])
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		require.Equal(t, want, w.Code)
		if want == http.StatusOK {
			require.Equal(t, []string{"body"}, *passed)
		} else {
			require.Empty(t, *passed)
			require.NotContains(t, w.Body.String(), "evil")
		}
	}
	const local, public = "127.0.0.1", "192.0.2.1"
	for _, host := range []string{"localhost:9093", "127.0.0.1:9093", "[::1]:9093", "LOCALHOST", "alerts.example.com"} {
		check(http.StatusOK, local, "GET", host)
	}
	for _, host := range []string{"evil.example.com", "evil.example.com:9093", "localhost.evil.example.com", "127.0.0.1.evil.example.com", "", "0.0.0.0"} {
		check(http.StatusMisdirectedRequest, local, "GET", host)
	}
	check(http.StatusOK, public, "GET", "alertmanager.monitoring.svc:9093")

	for _, ip := range []string{local, public} {
		check(http.StatusOK, ip, "POST", "localhost:9093")
		check(http.StatusOK, ip, "POST", "localhost:9093", "Origin", "http://localhost:9093", "Sec-Fetch-Site", "same-origin")
		check(http.StatusOK, ip, "POST", "localhost:9093", "Origin", "https://alerts.example.com")
		check(http.StatusOK, ip, "GET", "localhost:9093", "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate")
		for _, origin := range []string{"http://evil.example.com", "null", "http://localhost:8080", "https://alerts.example.com.evil.example.com", "http://"} {
			check(http.StatusForbidden, ip, "POST", "localhost:9093", "Origin", origin)
			check(http.StatusForbidden, ip, "OPTIONS", "localhost:9093", "Origin", origin)
			check(http.StatusForbidden, ip, "GET", "localhost:9093", "Origin", origin)
		}
		check(http.StatusForbidden, ip, "GET", "localhost:9093", "Sec-Fetch-Site", "cross-site")
		check(http.StatusForbidden, ip, "DELETE", "localhost:9093", "Sec-Fetch-Site", "same-site")
		check(http.StatusForbidden, ip, "POST", "localhost:9093", "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate")
		check(http.StatusForbidden, ip, "POST", "localhost:9093", "Origin", "http://localhost:9093", "Origin", "http://evil.example.com")
	}
}

func TestGuardBodies(t *testing.T) {
	h, passed := guarded("127.0.0.1")
	r := httptest.NewRequest(http.MethodPost, "/api/v2/silences", bytes.NewReader(make([]byte, maxBodyBytes+1)))
	r.Host = "localhost"
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	require.Equal(t, http.StatusRequestEntityTooLarge, w.Code)
	require.Empty(t, *passed)
}

// TestLimitListener fills a listener: one more connection is not accepted until another
// one is closed.
func TestLimitListener(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	limited := limitListener(listener)
	accepted := make(chan net.Conn, maxConnections+1)
	var accepting sync.WaitGroup
	t.Cleanup(func() { _ = limited.Close(); accepting.Wait() })
	accepting.Go(func() {
		for {
			conn, err := limited.Accept()
			if err != nil {
				return
			}
			accepted <- conn
		}
	})
	for range maxConnections + 1 {
		conn, err := net.Dial("tcp", listener.Addr().String())
		require.NoError(t, err)
		t.Cleanup(func() { _ = conn.Close() })
	}
	first := <-accepted
	for range maxConnections - 1 {
		<-accepted
	}
	require.Empty(t, accepted)
	require.NoError(t, first.Close())
	<-accepted
}

// TestSilenceOfAnotherWebsite posts a silence as a website does that an administrator
// visits. The API would accept it, and allow the website to read the response.
func TestSilenceOfAnotherWebsite(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	address := listener.Addr().String()
	require.NoError(t, listener.Close())
	startExporter(t, componenttest.NewNopHost(), withEmbedded(t.TempDir(), newWebhook(t).URL, address))
	const silence = `{"matchers":[{"name":"alertname","value":".+","isRegex":true}],"startsAt":"2026-01-01T00:00:00Z",
		"endsAt":"2096-01-01T00:00:00Z","createdBy":"x","comment":"x"}`
	post := func(contentType, origin string) int {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://"+address+"/api/v2/silences", strings.NewReader(silence))
		require.NoError(t, err)
		req.Header.Set("Content-Type", contentType)
		if origin != "" {
			req.Header.Set("Origin", origin)
		}
		resp, err := http.DefaultClient.Do(req)
		require.NoError(t, err)
		defer resp.Body.Close()
		require.Empty(t, resp.Header.Get("Access-Control-Allow-Origin"))
		return resp.StatusCode
	}
	require.Equal(t, http.StatusForbidden, post("application/json", "http://evil.example.com"))
	for _, simple := range []string{"text/plain", "application/x-www-form-urlencoded", "multipart/form-data"} {
		require.Equal(t, http.StatusForbidden, post(simple, "http://evil.example.com"))
		require.Equal(t, http.StatusUnsupportedMediaType, post(simple, ""), simple)
	}
	resp, err := http.Get("http://" + address + "/api/v2/silences")
	require.NoError(t, err)
	defer resp.Body.Close()
	list, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	require.Equal(t, "[]", strings.TrimSpace(string(list)))
	require.Equal(t, http.StatusOK, post("application/json", ""), "amtool")
}
