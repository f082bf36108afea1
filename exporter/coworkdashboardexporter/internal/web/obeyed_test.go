package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/answer"
	pagepanels "github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/panels"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web"
)

// lacking returns a source whose panels lack names in each way.
func lacking() *fakeSource {
	src := newFakeSource()
	src.lacks = map[string][]string{
		"cost_by_day":    {"user"},
		"cost_by_model":  {"user", "model"},
		"tokens_by_user": {"model"},
		"alerts":         {"organization", "user", "model"},
	}
	return src
}

// A realFilters source obeys filters as the database does.
type realFilters struct {
	*fakeSource
	database *answer.Source
}

func (s realFilters) Obeys(p report.Panel, f report.Filter) bool { return s.database.Obeys(p, f) }

// TestPanelsObeyTheFilter requests all panels with all filters.
func TestPanelsObeyTheFilter(t *testing.T) {
	requireObeyed(t, panels, lacking())
	hidden := requireObeyed(t, pagepanels.All, realFilters{newFakeSource(), answer.New(nil, answer.Settings{})})
	require.Zero(t, hidden[""])
	require.Positive(t, hidden["user=x"])
	require.Less(t, hidden["user=x"], len(pagepanels.All)/2, "most panels can be limited to a user")
}

// requireObeyed requests panels with all filters: each is limited to all names of the
// filter, or is hidden and counted, and the API rejects the request. It returns how many
// panels are hidden by each filter.
func requireObeyed(t *testing.T, panels []report.Panel, src report.Source) map[string]int {
	t.Helper()
	h := web.New(panels, src, settings(t))
	counted := regexp.MustCompile(`(\d+) panels? ha`)
	hidden := map[string]int{}
	for set := range 8 {
		query := url.Values{}
		for i, name := range []string{"organization", "user", "model"} {
			if set&(1<<i) != 0 {
				query.Set(name, "x")
			}
		}
		address := query.Encode()
		doc := parse(t, get(t, h, "/?"+address))
		for _, p := range panels {
			code := http.StatusOK
			if !src.Obeys(p, report.Filter{Organization: query.Get("organization"), User: query.Get("user"), Model: query.Get("model")}) {
				hidden[address]++
				code = http.StatusBadRequest
			}
			require.Equal(t, code == http.StatusOK, byID(doc, "p-"+p.ID) != nil, "%s with %s", p.ID, address)
			for _, extension := range []string{".json", ".csv"} {
				w := get(t, h, "/api/panels/"+p.ID+extension+"?"+address)
				require.Equal(t, code, w.Code, p.ID)
				require.Equal(t, code != http.StatusOK, strings.Contains(w.Body.String(), "this panel has no data by "))
			}
		}
		n := 0
		for _, m := range counted.FindAllStringSubmatch(textOf(byID(doc, "hidden")), -1) {
			part, err := strconv.Atoi(m[1])
			require.NoError(t, err)
			n += part
		}
		require.Equal(t, hidden[address], n, address)
	}
	return hidden
}

func TestHiddenPanels(t *testing.T) {
	src := lacking()
	h := page(t, src)
	hidden := func(query string) string { return textOf(byID(parse(t, get(t, h, "/?"+query)), "hidden")) }
	require.Empty(t, hidden(""))
	require.Equal(t, "Not shown: 1 panel has no data by organization. Clear the filter to see all panels.", hidden("organization=x"))
	require.Equal(t, "Not shown: 3 panels have no data by user. Clear the filter to see all panels.", hidden("user=x"))
	require.Equal(t, "Not shown: 1 panel has no data by user, 2 panels have no data by user and model and 1 panel has no data by model. Clear the filter to see all panels.", hidden("user=x&model=y"))

	doc := parse(t, get(t, h, "/?model=x"))
	require.Nil(t, byID(doc, "use"), "a section without panels")
	require.NotContains(t, textOf(byID(doc, "sections")), "Use")
	doc = parse(t, get(t, h, "/?section=use&model=x"))
	require.Contains(t, textOf(byID(doc, "hidden")), "1 panel has no data by model.")
	require.Contains(t, textOf(byID(doc, "sections")), "All sections")

	w := get(t, h, "/api/panels/cost_by_model.csv?user=x&model=y")
	require.Contains(t, w.Body.String(), "user and model: this panel has no data by user and model (leave it out)")
	var list struct {
		Panels []struct {
			ID      string
			Filters []string
		}
	}
	decode(t, get(t, h, "/api/panels"), &list)
	require.Equal(t, []string{"organization", "user"}, list.Panels[4].Filters)
	require.Equal(t, []string{}, list.Panels[5].Filters)
}
