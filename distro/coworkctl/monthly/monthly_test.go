package monthly

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

var now = time.Date(2026, time.November, 29, 22, 0, 0, 0, time.UTC)

// evil is a name that attacks the report.
const evil = "</td><script>alert(1)</script>\u202e"

// answers are the rows of a fake page by panel: in November, and in October.
var answers = map[string]struct {
	columns     []string // name, unit, name, unit, …
	now, before [][]any
}{
	"cost":           {[]string{"Cost", "USD"}, [][]any{{1500.0}}, [][]any{{1000.0}}},
	"active_users":   {[]string{"Users", "{user}"}, [][]any{{1}}, [][]any{{4}}},
	"prompts":        {[]string{"Prompts", "{prompt}"}, [][]any{{1234}}, [][]any{{1234}}},
	"tokens":         {[]string{"Tokens", "{token}"}, [][]any{{1.2e9}}, [][]any{{0}}},
	"calls":          {[]string{"Calls", "{call}"}, [][]any{{1000}}, [][]any{{500}}},
	"failed_calls":   {[]string{"Failed", "{call}"}, [][]any{{31}}, [][]any{{5}}},
	"unconfirmed":    {[]string{"Decisions", "{decision}"}, [][]any{{60}}, [][]any{{2}}},
	"cost_over_time": {[]string{"Time", "", "Cost", "USD"}, [][]any{{"2026-11-02T00:00:00Z", 500.0}, {"2026-11-03T00:00:00Z", 1000.0}, {"soon", 7.0}}, nil},
	"cost_by_team": {
		[]string{"Team", "", "Cost", "USD", "Users", "{user}"},
		[][]any{{"Sales", 900.0, 3}, {evil, 500.0, 1}, {"Idle", 0.0, 0}, {"New", 100.0, nil}},
		[][]any{{"Sales", 450.0, 3}, {evil, 500.0, 1}},
	},
	"hosts_by_verdict": {
		[]string{"Verdict", "", "Calls", "{call}", "Hosts", "{host}", "Users", "{user}"},
		[][]any{{"disabled", 3, 1, 1}, {"unlisted", 40, 12, 4}, {"allowed", 900, 7, 5}},
		[][]any{{"unlisted", 80, 12, 4}, {"allowed", 600, 7, 5}},
	},
	"tools": {[]string{"Tool", "", "Calls", "{call}", "Success", "1", "Failures", "{call}"}, [][]any{{"Read", 900, 1, 0}, {"Bash", 90, 0.9, 9}, {"crm", 10, 0.1, 22}}, nil},
}

// fakePage serves the API of a page without some panels.
func fakePage(t *testing.T, lacks ...string) *httptest.Server {
	t.Helper()
	write := func(w http.ResponseWriter, v any) { _ = json.NewEncoder(w).Encode(v) }
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("authorization") != "Bearer x" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		if r.URL.Path == "/api/state" {
			write(w, map[string]any{"monthly_budget_usd": 1200, "team_budgets_usd": map[string]float64{"Sales": 600, "New": 200}})
			return
		}
		id := strings.TrimSuffix(strings.TrimPrefix(r.URL.Path, "/api/panels/"), ".json")
		a, known := answers[id]
		for _, lacking := range lacks {
			known = known && id != lacking
		}
		if !known {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		var columns []map[string]string
		for i := 0; i < len(a.columns); i += 2 {
			columns = append(columns, map[string]string{"name": a.columns[i], "unit": a.columns[i+1]})
		}
		rows := map[string][][]any{"2026-11-01 2026-11-29": a.now, "2026-10-01 2026-10-29": a.before}[r.FormValue("from")+" "+r.FormValue("to")]
		write(w, map[string]any{"columns": columns, "rows": rows, "filter": map[string]string{"zone": "UTC"}})
	}))
	t.Cleanup(server.Close)
	return server
}

func client(server *httptest.Server) *Client {
	return &Client{Page: server.URL + "/", Headers: http.Header{"Authorization": {"Bearer x"}}, Timeout: time.Minute}
}

func november(t *testing.T) Month {
	t.Helper()
	m, err := ParseMonth("2026-11", now)
	require.NoError(t, err)
	return m
}

// TestReport checks the sentences, figures and tables of a month that is not complete.
func TestReport(t *testing.T) {
	r, err := Read(t.Context(), client(fakePage(t)), november(t), now)
	require.NoError(t, err)
	require.Equal(t, []string{
		"Cowork cost $1,500 in November 2026 so far, 50\u00a0% more than in October 2026.",
		"That is $300 over the budget of $1,200.",
		"The team that costs most is Sales, with $900 or 60\u00a0% of all.",
		"1 person used it, 75\u00a0% less than in October 2026, and typed 1,234 prompts, as in October 2026.",
		"3.1\u00a0% of 1,000 calls of tools failed (October 2026: 1.0\u00a0%).",
		"Cowork acted without confirmation 60 times, 30 times the number of October 2026.",
	}, r.Summary)
	require.Equal(t, "29 November 2026", r.Partial)
	require.Len(t, r.Days, 29)
	require.Equal(t, Day{X: 40, Y: 10, Height: 110, Label: "3 Nov", Cost: "$1,000"}, r.Days[2])
	require.Equal(t, Figure{"Tokens", "1.2\u00a0billion", "0", "new", false}, r.Sections[0].Figures[1])
	require.Equal(t, Figure{"Failed calls of tools", "31", "5", "+520\u00a0%", true}, r.Sections[2].Figures[0])

	teams := r.Sections[0].Tables[0]
	texts := func(cells []Cell) (list []string) {
		for _, c := range cells {
			list = append(list, c.Text)
		}
		return list
	}
	require.Equal(t, []string{"Team", "Cost", "Users", "October", "Change", "Budget", "Used"}, texts(teams.Head))
	require.Equal(t, []string{"Sales", "$900", "3", "$450", "+100\u00a0%", "$600", "150.0\u00a0%"}, texts(teams.Rows[0].Cells))
	require.True(t, teams.Rows[0].Cells[6].Bad)
	require.Equal(t, []string{"New", "$100", "not known", "$0.00", "new", "$200", "50.0\u00a0%"}, texts(teams.Rows[2].Cells))
	require.Len(t, teams.Rows, 3, "a team without cost is left out")
	require.Equal(t, []string{"crm", "22", "10", "10.0\u00a0%", "0", "new"}, texts(r.Sections[2].Tables[0].Rows[0].Cells))
	require.Len(t, r.Sections[2].Tables[0].Rows, 2)

	hosts := r.Sections[3].Tables[0]
	require.Equal(t, []string{"Verdict", "Hosts", "Users", "Calls", "October", "Change"}, texts(hosts.Head))
	require.Equal(t, []string{"disabled", "1", "1", "3", "0", "new"}, texts(hosts.Rows[0].Cells))
	require.Equal(t, []string{"unlisted", "12", "4", "40", "80", "−50\u00a0%"}, texts(hosts.Rows[1].Cells))
	require.Equal(t, []string{"allowed", "7", "5", "900", "600", "+50\u00a0%"}, texts(hosts.Rows[2].Cells))
}

// TestHTML checks that the file is self-contained, and that names are text in it.
func TestHTML(t *testing.T) {
	r, err := Read(t.Context(), client(fakePage(t, "cost_over_time")), november(t), now)
	require.NoError(t, err)
	html, err := r.HTML()
	require.NoError(t, err)
	page := string(html)
	require.Contains(t, page, "Until 29 November 2026, compared with the same days of October 2026.")
	require.Contains(t, page, `&lt;script&gt;`)
	for _, text := range []string{"<script", "src=", "href=", "url(", "@import", "\u202e", "<figure>"} {
		require.NotContains(t, page, text)
	}
}

// TestPDF prints a report.
func TestPDF(t *testing.T) {
	r, err := Read(t.Context(), client(fakePage(t)), november(t), now)
	require.NoError(t, err)
	if _, err := exec.LookPath("chromium"); err != nil {
		t.Log("there is no chromium here (Debian's package of that name has it): nothing is printed")
	} else {
		pdf, err := r.PDF(t.Context())
		require.NoError(t, err)
		require.True(t, strings.HasPrefix(string(pdf), "%PDF-"))
	}
	t.Setenv("PATH", t.TempDir())
	_, err = r.PDF(t.Context())
	require.ErrorIs(t, err, ErrNoBrowser)
}

// TestErrors checks what an administrator reads if the page cannot be read.
func TestErrors(t *testing.T) {
	server := fakePage(t)
	html := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("<html>secret")) }))
	t.Cleanup(html.Close)
	other := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(other.Close)
	closed := httptest.NewServer(http.NotFoundHandler())
	closed.Close()
	for address, want := range map[string]string{
		server.URL: "access is denied", html.URL: "is not JSON", other.URL: "has no API", closed.URL: "does not answer",
		"localhost:4320": "is not an address", "ftp://x": "is not an address", "": "is not an address",
	} {
		_, err := Read(t.Context(), &Client{Page: address, Timeout: time.Minute}, november(t), now)
		require.ErrorContains(t, err, want, address)
		require.NotContains(t, err.Error(), "secret")
	}
}

// TestMonths checks which days a report covers, and with which it compares them.
func TestMonths(t *testing.T) {
	check := func(month string, at time.Time, want, before string) {
		t.Helper()
		m, err := ParseMonth(month, at)
		require.NoError(t, err)
		require.Equal(t, want, m.query())
		require.Equal(t, before, m.before().query())
	}
	check("", now, "from=2026-10-01&to=2026-10-31", "from=2026-09-01&to=2026-09-30")
	check("2026-11", now, "from=2026-11-01&to=2026-11-29", "from=2026-10-01&to=2026-10-29")
	check("2026-03", time.Date(2026, 3, 31, 9, 0, 0, 0, time.UTC), "from=2026-03-01&to=2026-03-31", "from=2026-02-01&to=2026-02-28")
	check("2026-01", now, "from=2026-01-01&to=2026-01-31", "from=2025-12-01&to=2025-12-31")
	check("", time.Date(2026, 1, 31, 9, 0, 0, 0, time.UTC), "from=2025-12-01&to=2025-12-31", "from=2025-11-01&to=2025-11-30")
	for _, text := range []string{"2026-12", "2026-13", "November", "2026-11-01"} {
		_, err := ParseMonth(text, now)
		require.ErrorContains(t, err, "--month")
	}
}
