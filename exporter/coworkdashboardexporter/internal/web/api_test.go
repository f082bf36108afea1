package web_test

import (
	"encoding/csv"
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/urlquery"
)

func decode(t *testing.T, w *httptest.ResponseRecorder, into any) {
	t.Helper()
	require.Equal(t, http.StatusOK, w.Code)
	require.NoError(t, json.Unmarshal(w.Body.Bytes(), into))
}

// recordFailures returns a page that records the errors of its queries.
func recordFailures(t *testing.T, src *fakeSource, reported map[string]error) http.Handler {
	t.Helper()
	var mu sync.Mutex
	set := settings(t)
	set.Failed = func(what string, err error) {
		mu.Lock()
		defer mu.Unlock()
		maps.Copy(reported, map[string]error{what: err})
	}
	return web.New(pagesOf(panels), src, set)
}

func TestCSV(t *testing.T) {
	w := get(t, page(t, newFakeSource()), "/api/panels/cost_by_user.csv?range=7d")
	require.Equal(t, `attachment; filename="cowork-cost_by_user-2026-11-14-2026-11-20.csv"`, w.Header().Get("Content-Disposition"))
	rows, err := csv.NewReader(w.Body).ReadAll()
	require.NoError(t, err)
	require.Equal(t, []string{"User", "Cost (USD)", "Prompts ({prompt})"}, rows[0])
	require.Regexp(t, `^[a-z0-9]+@example\.com$`, rows[1][0])
	require.Regexp(t, `^\d+\.\d+$`, rows[1][1])
	require.Regexp(t, `^\d+$`, rows[1][2])

	rows, err = csv.NewReader(get(t, page(t, newFakeSource()), "/api/panels/cost_by_day.csv?range=7d").Body).ReadAll()
	require.NoError(t, err)
	require.Equal(t, "2026-11-14T00:00:00+01:00", rows[1][0], "times are in the zone")
}

// TestRowsAreComplete checks that CSV and JSON have all rows of a ranking, up to a limit that
// the response states. They had only the rows that the page shows.
func TestRowsAreComplete(t *testing.T) {
	h := page(t, newFakeSource())
	check := func(query string, rows, omitted int, comment string) {
		t.Helper()
		w := get(t, h, "/api/panels/cost_by_user.csv?"+query)
		require.Equal(t, strconv.Itoa(rows), w.Header().Get("Cowork-Rows"))
		require.Equal(t, strconv.Itoa(omitted), w.Header().Get("Cowork-Rows-Omitted"))
		list, err := csv.NewReader(w.Body).ReadAll()
		require.NoError(t, err)
		list = list[1:]
		if omitted > 0 {
			require.Equal(t, []string{comment, "", ""}, list[len(list)-1])
			list = list[:len(list)-1]
		}
		require.Len(t, list, rows)
		var answer struct {
			Rows [][]any
			Cut  int
		}
		decode(t, get(t, h, "/api/panels/cost_by_user.json?"+query), &answer)
		require.Len(t, answer.Rows, rows)
		require.Equal(t, omitted, answer.Cut)
	}
	check("", users, 0, "")
	check("limit=100000", users, 0, "")
	check("limit=2", 2, users-2, "# 23 further rows: limit=25")
	require.Contains(t, textOf(parse(t, get(t, h, "/"))), "and 5 more, not shown", "the page shows fewer")
	for _, limit := range []string{"0", "100001", "-1", "x"} {
		w := get(t, h, "/api/panels/cost_by_user.csv?limit="+limit)
		require.Equal(t, http.StatusBadRequest, w.Code)
		require.Contains(t, w.Body.String(), "limit: must be a number from 1 to 100000")
	}
}

// TestLargestLimit checks the comment of an answer that has more rows than any limit allows.
func TestLargestLimit(t *testing.T) {
	table := report.Table{Columns: columns("User", "", "Cost", "USD"), Cut: 7}
	for range urlquery.RowLimit.Max {
		table.Rows = append(table.Rows, []any{"kim", nil})
	}
	w := get(t, web.New(pagesOf(panels), fixedAnswer{newFakeSource(), table}, settings(t)), "/api/panels/cost_by_user.csv?limit=100000")
	require.True(t, strings.HasSuffix(w.Body.String(), "kim,\r\n# 7 further rows: the largest limit is 100000,\r\n"))
}

// TestCSVEscapesFormulas checks names that a spreadsheet would run as formulas.
func TestCSVEscapesFormulas(t *testing.T) {
	check := func(name, want string) {
		t.Helper()
		src := newFakeSource()
		src.rename = func(string) string { return name }
		rows, err := csv.NewReader(get(t, page(t, src), "/api/panels/cost_by_user.csv").Body).ReadAll()
		require.NoError(t, err)
		require.Equal(t, want, rows[1][0])
	}
	check(`=HYPERLINK("http://example.com")`, `'=HYPERLINK("http://example.com")`)
	check("+1", "'+1")
	check("-1", "'-1")
	check("@sum(a1)", "'@sum(a1)")
	check(" =1", "' =1")
	check("\t=1", "'\ufffd=1")
	check("\r\n=1", "'\ufffd\ufffd=1")
	check(`"=1`, `'"=1`)
	check("＝1", "'＝1")
	check("\u2003\u3000=1", "'\u2003\u3000=1")
	check("\u00ad=1", "'\u00ad=1")
	check("a=1", "a=1")
	check("", "")
	check("kim, the second", "kim, the second")
}

func TestPanelJSON(t *testing.T) {
	h := page(t, newFakeSource())
	var list struct {
		Panels []struct{ ID, Shape, Question string }
	}
	decode(t, get(t, h, "/api/panels"), &list)
	require.Len(t, list.Panels, len(panels))
	for _, p := range list.Panels {
		var answer struct {
			ID      string
			Filter  struct{ From, To, Zone, User string }
			Columns []struct{ Name, Unit string }
			Rows    [][]any
		}
		decode(t, get(t, h, "/api/panels/"+p.ID+".json?user=ada%40example.com"), &answer)
		require.Equal(t, p.ID, answer.ID)
		require.Equal(t, "2026-10-21T22:00:00Z", answer.Filter.From)
		require.Equal(t, "Europe/Berlin", answer.Filter.Zone)
		require.Equal(t, "ada@example.com", answer.Filter.User)
		for _, row := range answer.Rows {
			require.Len(t, row, len(answer.Columns))
		}
	}
}

func TestJSONEscapesMarkup(t *testing.T) {
	src := newFakeSource()
	src.rename = func(string) string { return "</script><script>" }
	require.NotContains(t, get(t, page(t, src), "/api/panels/cost_by_user.json").Body.String(), "<")
}

func TestSetupJSON(t *testing.T) {
	var answer struct {
		Kinds []struct {
			Name       string
			Core       bool
			Attributes []struct {
				Name  string
				Share float64
			}
		}
		Advice []struct{ Level, What, Do string }
		Client struct{ Endpoint, Protocol string }
	}
	decode(t, get(t, page(t, newFakeSource()), "http://telemetry.example.com:4320/api/setup.json"), &answer)
	require.NotContains(t, get(t, page(t, newFakeSource()), "/api/setup.json").Body.String(), ":null")
	require.Equal(t, "user_prompt", answer.Kinds[0].Name)
	require.Equal(t, 0.934, answer.Kinds[0].Attributes[1].Share)
	require.Equal(t, "http://telemetry.example.com:4318", answer.Client.Endpoint)
	require.True(t, strings.HasPrefix(answer.Advice[0].What, "Only 93"), answer.Advice[0].What)
}

func TestState(t *testing.T) {
	src := newFakeSource()
	src.state.Lost = 3
	var state struct {
		Version, Lost int64
		Latest        string
	}
	decode(t, get(t, page(t, src), "/api/state"), &state)
	require.Equal(t, int64(1841), state.Version)
	require.Equal(t, int64(3), state.Lost)
	require.Equal(t, "2026-11-20T15:42:04Z", state.Latest)
}
