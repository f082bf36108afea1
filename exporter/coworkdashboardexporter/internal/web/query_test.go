package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// filterOf returns the filter of the query for an address.
func filterOf(t *testing.T, address string) report.Filter {
	t.Helper()
	src := newFakeSource()
	require.Equal(t, http.StatusOK, get(t, page(t, src), address).Code, address)
	return src.filters[0]
}

func TestFilterReachesTheSource(t *testing.T) {
	zone := berlin(t)
	check := func(query string, from, to time.Time) {
		t.Helper()
		f := filterOf(t, "/api/panels/cost.json?"+query)
		require.True(t, from.Equal(f.From), "%s: from %s", query, f.From)
		require.True(t, to.Equal(f.To), "%s: to %s", query, f.To)
		require.Equal(t, zone, f.Zone)
	}
	at := func(month time.Month, day, hour int) time.Time {
		return time.Date(2026, month, day, hour, 0, 0, 0, zone)
	}
	check("", at(10, 22, 0), now)
	check("range=24h", at(11, 19, 16), now)
	check("range=7d", at(11, 14, 0), now)
	check("range=90d", at(8, 23, 0), now)
	check("from=2026-11-02&to=2026-11-03", at(11, 2, 0), at(11, 4, 0))
	check("from=2026-11-02T08:00&to=2026-11-02T09:00", at(11, 2, 8), at(11, 2, 9))
	check("from=2026-11-02T08:00:00Z&to=2026-11-02T09:00:00Z", at(11, 2, 9), at(11, 2, 10))
	check("from=2026-11-02", at(11, 2, 0), now)
	check("to=2026-11-02", at(10, 4, 0), at(11, 3, 0))
	check("range=7d&from=2026-11-02&to=2026-11-03", at(11, 2, 0), at(11, 4, 0)) // as a form sends it

	f := filterOf(t, "/api/panels/cost.json?user=a%26b&model=m&organization=o")
	require.Equal(t, "a&b", f.User)
	require.Equal(t, "m", f.Model)
	require.Equal(t, "o", f.Organization)
}

func TestBadAddress(t *testing.T) {
	h := page(t, newFakeSource())
	check := func(query, want string) {
		t.Helper()
		w := get(t, h, "/?"+query)
		require.Equal(t, http.StatusBadRequest, w.Code, query)
		require.Contains(t, textOf(parse(t, w)), want, query)
		require.Equal(t, http.StatusBadRequest, get(t, h, "/api/panels/cost.csv?"+query).Code)
	}
	check("range=1y", "range: must be one of 24h, 7d, 30d, 90d")
	check("from=yesterday", "from: must be a day (2006-01-02) or a time")
	check("from=0001-01-01", "from: must be a day")
	check("from=2026-11-03&to=2026-11-01", "from: must be before to")
	check("from=2024-01-01&to=2026-11-01", "from: must be at most 400 days before to")
	check("limit=1e9", "")
	check("users=kim", `users: unknown parameter (this address takes range, from, to, compare, organization, team, user, model, tz and theme)`)
	check("select+1=kim", "query: unknown parameter (this")
	check("user=kim&user=lee", "user: given more than once (once is enough)")
	check("user="+strings.Repeat("a", 257), "user: longer than 256 bytes")
	check("user=%ff", "user: not UTF-8")
	check("user=a%00b", "user: has control characters")
	check("user=%zz", "query: not well encoded")
	check("user="+strings.Repeat("a", 5000), "The address is too long")
	check("range=x&before=x", `before: unknown parameter (this address takes range, from, to, compare, organization, team, user, model, tz and theme) range: must be one of`) // all at once
	w := get(t, h, "/?range="+url.QueryEscape("<script>alert(1)</script>"))
	require.NotContains(t, w.Body.String(), "alert")
}

func TestLinksKeepTheFilter(t *testing.T) {
	doc := parse(t, get(t, page(t, newFakeSource()), "/?range=7d&user=ada%40example.com"))
	found := map[string]bool{}
	for n := range doc.Descendants() {
		found[attr(n, "href")] = true
	}
	for _, want := range []string{
		"/prompts?range=7d&user=ada%40example.com",
		"/api/panels/cost_by_day.csv?range=7d&user=ada%40example.com",
		"/?range=24h&user=ada%40example.com",
		"/model?model=claude-opus-4-6&range=7d&user=ada%40example.com",
		"/?range=7d", // clears the names
	} {
		require.True(t, found[want], want)
	}
}

// TestOldSections checks that addresses of the sections of the former page redirect to the
// pages that have them.
func TestOldSections(t *testing.T) {
	h := page(t, newFakeSource())
	check := func(address, want string) {
		t.Helper()
		w := get(t, h, address)
		require.Equal(t, http.StatusMovedPermanently, w.Code, address)
		require.Equal(t, want, w.Header().Get("Location"))
	}
	check("/?section=at-a-glance", "/")
	check("/?section=cost&range=7d&user=a%26b", "/cost?range=7d&user=a%26b")
	check("/?section=use", "/people")
	check("/?section=alerts", "/alerts")
	require.Equal(t, http.StatusBadRequest, get(t, h, "/?section=//example.com").Code)
	require.Equal(t, http.StatusBadRequest, get(t, h, "/prompts?section=cost").Code)
}

// TestPagesNeedTheirSubject checks the response of a page about one name without a name.
func TestPagesNeedTheirSubject(t *testing.T) {
	w := get(t, page(t, newFakeSource()), "/user")
	require.Equal(t, http.StatusBadRequest, w.Code)
	require.Contains(t, textOf(parse(t, w)), "user: missing (this page is about one: /user?user=NAME)")
}

// TestSubjectIsNoFilter checks that the navigation of a page about a name leads to pages
// about all, and that links of its panels keep the name.
func TestSubjectIsNoFilter(t *testing.T) {
	doc := parse(t, get(t, page(t, newFakeSource()), "/user?user=kim&model=m&range=7d"))
	found := map[string]bool{}
	for n := range doc.Descendants() {
		found[attr(n, "href")] = true
	}
	for _, want := range []string{"/?model=m&range=7d", "/prompts?model=m&range=7d&user=kim", "/model?model=claude-haiku-4-5&range=7d&user=kim", "/user?range=7d&user=kim"} {
		require.True(t, found[want], want)
	}
	require.False(t, found["/user?model=m&range=7d"], "the subject cannot be cleared")
}
