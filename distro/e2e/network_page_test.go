package e2e

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// hostileValues are the values of every parameter of every address.
var hostileValues = []string{
	"", " ", "0", "-1", "1e309", "NaN", "9223372036854775808", "99999999999999999999", "0x10", "1;2", "true", "null", "undefined", "[]", "{}",
	"'", "\"", "`", "\\", ";", "--", "/*", "%", "_", "\x00", "\xff\xfe", "\r\nX-Injected: 1", "\u202e", "\ufeff", "\U0001F4A5",
	"' OR '1'='1", "1; DROP TABLE words;--", "\" UnIoN SeLeCt sql FrOm SqLiTe_master--", "x' AND randomblob(1000000000)--", "(SeLeCt 1)",
	"<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "javascript:alert(1)", "{{.}}", "${7*7}", "${env:HOME}", "%s%s%n",
	"../../../../etc/passwd", "..\\..\\windows\\win.ini", "/etc/passwd", "file:///etc/passwd", "http://169.254.169.254/", "|id", "$(id)",
	"2026-02-30", "0000-00-00", "9999-12-31", "1970-01-01T00:00:00Z", "2026-11-29T25:61", "24h", "-24h", "9999999h", "(other)", "(none)",
	strings.Repeat("a", 255), strings.Repeat("a", 4000), strings.Repeat("ä", 2000), strings.Repeat("(", 3000), strings.Repeat("%", 3000),
}

// pageParameters are all parameters of the page, one that it does not have, and one that
// other programs read.
var pageParameters = []string{"range", "from", "to", "organization", "team", "user", "tool", "section", "before", "limit", "other", "callback"}

// leaked are texts that no answer to a hostile request contains: SQL, errors of Go and the
// database, paths, and markup of the request. A name that a reader filters by is shown, so
// the values have these texts in another case.
var leaked = []string{
	"SELECT ", "select *", "select coalesce", "sqlite", "no such column", "syntax error", "goroutine ", "runtime error", "strconv.", "parsing time", "root:x:", ".go:",
	"<script>alert", "<img src=x", "X-Injected",
}

// requireClean checks an answer to a hostile request.
func (p *dashboard) requireClean(t *testing.T, what string, resp *http.Response) {
	t.Helper()
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	require.NoError(t, err, what)
	assert.Less(t, resp.StatusCode, 500, "%s: %s", what, body)
	for _, text := range append(leaked, p.data) {
		if strings.Contains(string(body), text) {
			t.Errorf("%s: the answer contains %q", what, text)
		}
	}
	assert.Empty(t, resp.Header.Get("X-Injected"), what)
	assert.Empty(t, resp.Header.Get("Access-Control-Allow-Origin"), what)
	assert.Equal(t, "nosniff", resp.Header.Get("X-Content-Type-Options"), what)
}

// TestNetworkPageParameters requests every address of the page with each hostile value of
// each parameter, and each as a part of the path.
func TestNetworkPageParameters(t *testing.T) {
	t.Parallel()
	p := startPage(t)
	p.sendDemo(t, &p.sum, time.Now().UTC(), 2, 3)
	p.awaitFigures(t)
	// The first three read most parameters, and get each value in each of them.
	paths := []string{"/tools", "/prompts", "/api/prompts.json", "/", "/setup", "/api/panels", "/api/setup.json", "/api/state", "/healthz"}
	for _, one := range p.panels(t) {
		paths = append(paths, "/api/panels/"+one.ID+".json")
	}
	paths = append(paths, "/api/panels/cost_by_model.csv", "/prompts/"+url.PathEscape(p.prompts(t, "")[0].ID))
	var slowest time.Duration
	var slowestAt string
	requests := 0
	get := func(address string) {
		began := time.Now()
		resp, err := http.Get(address)
		require.NoError(t, err)
		p.requireClean(t, fmt.Sprintf("%.200q", address), resp)
		if took := time.Since(began); took > slowest {
			slowest, slowestAt = took, address
		}
		requests++
	}
	for i, path := range paths {
		for j, value := range hostileValues {
			for k, parameter := range pageParameters {
				if i < 3 || (i+j+k)%(2*len(pageParameters)) == 0 {
					get(p.url() + path + "?" + parameter + "=" + url.QueryEscape(value))
				}
			}
		}
	}
	for _, value := range hostileValues {
		for _, path := range []string{"/", "/prompts/", "/api/", "/api/panels/", "/static/", "/static/x/"} {
			get(p.url() + path + url.PathEscape(value))
		}
		get(p.url() + "/?" + url.QueryEscape(value))
		get(p.url() + "/?user=" + url.QueryEscape(value) + "&user=" + url.QueryEscape(value))
	}
	t.Logf("%d requests, the slowest %v: %.200q", requests, slowest.Round(time.Millisecond), slowestAt)
	require.Greater(t, requests, 3000)
}

// rawGet sends a request line as it is, which clients of HTTP would correct.
func (p *dashboard) rawGet(t *testing.T, target string, headers ...string) *http.Response {
	t.Helper()
	conn, err := net.Dial("tcp", p.page)
	require.NoError(t, err)
	t.Cleanup(func() { _ = conn.Close() })
	require.NoError(t, conn.SetDeadline(time.Now().Add(waitLimit)))
	if len(headers) == 0 {
		headers = []string{"Host: localhost"}
	}
	_, err = fmt.Fprintf(conn, "GET %s HTTP/1.1\r\n%s\r\nConnection: close\r\n\r\n", target, strings.Join(headers, "\r\n"))
	require.NoError(t, err)
	resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
	require.NoError(t, err, target)
	return resp
}

// TestNetworkPagePaths requests files that are not of the page, in all forms of a path.
func TestNetworkPagePaths(t *testing.T) {
	t.Parallel()
	p := startPage(t)
	ups := []string{
		"../", "..%2f", "%2e%2e/", "%2e%2e%2f", "..%252f", "%252e%252e%252f", "..%c0%af", "..%ef%bc%8f", "..\\", "..%5c", "%2e%2e%5c", "....//", "..;/",
		"..%00/", "%00../", "./../", ".%2e/", "..%2f%2f", "%u002e%u002e%u002f",
	}
	for _, prefix := range []string{"/", "/static/", "/static/x/", "/api/panels/", "/prompts/", "//", "/static//"} {
		for _, up := range ups {
			for _, file := range []string{"etc/passwd", "dashboard.db", "logs.json", "proc/self/environ"} {
				target := prefix + strings.Repeat(up, 6) + file
				resp := p.rawGet(t, target)
				assert.GreaterOrEqual(t, resp.StatusCode, 400, target)
				resp.Header.Set("X-Content-Type-Options", "nosniff") // Go's own 400 has none
				p.requireClean(t, target, resp)
			}
		}
	}
	for _, target := range []string{"http://evil.example.com/", "*", "/\x01", "/%zz", "/%", "evil.example.com:443"} {
		resp := p.rawGet(t, target)
		assert.GreaterOrEqual(t, resp.StatusCode, 400, target)
		require.NoError(t, resp.Body.Close())
	}
}

// TestNetworkPageOrigins sends what a website can make an administrator's browser send: a
// host name that it resolves to the loopback address, forms, and requests of scripts.
func TestNetworkPageOrigins(t *testing.T) {
	t.Parallel()
	p := startPage(t)
	for _, host := range []string{"evil.example.com", "evil.example.com:4320", "localhost.evil.example.com", "127.0.0.1.nip.io", "0.0.0.0", "x@localhost"} {
		for _, path := range []string{"/", "/api/panels/cost.json", "/healthz", "/static/x/y"} {
			resp := p.rawGet(t, path, "Host: "+host)
			require.NoError(t, resp.Body.Close())
			assert.Contains(t, []int{http.StatusMisdirectedRequest, http.StatusBadRequest}, resp.StatusCode, "%s %s", host, path)
		}
	}
	resp := p.rawGet(t, "/", "Host: localhost", "Host: evil.example.com")
	require.NoError(t, resp.Body.Close())
	require.Equal(t, http.StatusBadRequest, resp.StatusCode)
	resp = p.rawGet(t, "/api/prompts.json", "Host: localhost", "Origin: http://evil.example.com", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: cors")
	require.NoError(t, resp.Body.Close())
	require.Equal(t, http.StatusForbidden, resp.StatusCode)
	for _, method := range []string{"POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND"} {
		req, err := http.NewRequestWithContext(t.Context(), method, p.url()+"/prompts", strings.NewReader("a=b"))
		require.NoError(t, err)
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		resp, err := http.DefaultClient.Do(req)
		require.NoError(t, err)
		require.NoError(t, resp.Body.Close())
		assert.Equal(t, http.StatusMethodNotAllowed, resp.StatusCode, method)
	}
}

// TestNetworkReaders has 200 concurrent readers. Each request is answered, some with the
// note that the page is busy, and events are accepted meanwhile.
func TestNetworkReaders(t *testing.T) {
	t.Parallel()
	p := startPage(t)
	p.sendDemo(t, &p.sum, time.Now().UTC(), 2, 3)
	p.awaitFigures(t)
	before := p.residentMiB(t)
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 200}}
	defer client.CloseIdleConnections()
	var counts [600]atomic.Int64
	var readers sync.WaitGroup
	for i := range 200 {
		readers.Go(func() {
			days := "?range=" + []string{"24h", "7d"}[i%2]
			for _, path := range []string{"/cost" + days, "/prompts" + days, "/api/panels/cost_by_model.json" + days, "/api/state", "/"} {
				resp, err := client.Get(p.url() + path)
				if err == nil {
					_, err = io.Copy(io.Discard, resp.Body)
				}
				if err != nil {
					t.Error(err)
					return
				}
				_ = resp.Body.Close()
				counts[resp.StatusCode].Add(1)
			}
		})
	}
	p.requireServed(t)
	readers.Wait()
	ok, busy := counts[http.StatusOK].Load(), counts[http.StatusServiceUnavailable].Load()
	t.Logf("%d answers, %d busy", ok, busy)
	require.Equal(t, int64(1000), ok+busy, "no other status")
	require.Positive(t, ok)
	status, _ := p.fetch(t, "/")
	require.Equal(t, http.StatusOK, status)
	p.requireFlat(t, before)
}
