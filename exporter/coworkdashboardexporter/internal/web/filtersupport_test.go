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
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/urlquery"
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

// A realFilters source supports filters as the database does.
type realFilters struct {
	*fakeSource
	database *answer.Source
}

func (s realFilters) Supports(p report.Panel, f report.Filter) bool { return s.database.Supports(p, f) }

// TestPanelsSupportTheFilter requests all panels with all filters.
func TestPanelsSupportTheFilter(t *testing.T) {
	requireSupported(t, pagesOf(panels), lacking())
	hidden := requireSupported(t, pagepanels.Pages, realFilters{newFakeSource(), answer.New(nil, answer.Settings{})})
	require.Empty(t, hidden[""])
	require.NotEmpty(t, hidden["user=x"])
	require.Less(t, len(hidden["user=x"]), len(pagepanels.All)/2, "most panels can be limited to a user")
}

// requireSupported requests pages with all filters: each panel is limited to all names of the
// filter, or is hidden and counted, and the API rejects the request. It returns the panels
// that are hidden by each filter.
func requireSupported(t *testing.T, pages []report.Page, src report.Source) map[string]map[string]bool {
	t.Helper()
	h := web.New(pages, src, settings(t))
	counted := regexp.MustCompile(`(\d+) panels? ha`)
	hidden := map[string]map[string]bool{}
	for set := range 1 << len(urlquery.Names) {
		query, f := url.Values{}, report.Filter{}
		for i, name := range urlquery.Names {
			if set&(1<<i) != 0 {
				query.Set(name.Parameter, "x")
				*name.Of(&f) = "x"
			}
		}
		address := query.Encode()
		hidden[address] = map[string]bool{}
		for _, page := range pages {
			if page.Screen || page.Path == "/alerts" { // TestOverviewSupportsTheFilter, TestAlertsPage
				continue
			}
			w := get(t, h, page.Path+"?"+address)
			if page.Subject != "" && !query.Has(page.Subject) || w.Code != http.StatusOK {
				require.Equal(t, http.StatusBadRequest, w.Code, "%s?%s", page.Path, address)
				continue
			}
			doc, missing := parse(t, w), 0
			for _, p := range page.Panels {
				supported := src.Supports(p, f)
				if !supported {
					hidden[address][p.ID] = true
					missing++
				}
				require.Equal(t, supported, byID(doc, "p-"+p.ID) != nil, "%s with %s", p.ID, address)
			}
			n := 0
			for _, m := range counted.FindAllStringSubmatch(textOf(byID(doc, "hidden")), -1) {
				part, err := strconv.Atoi(m[1])
				require.NoError(t, err)
				n += part
			}
			require.Equal(t, missing, n, "%s?%s", page.Path, address)
		}
		for _, p := range pages[0].Panels {
			code := http.StatusOK
			if !src.Supports(p, f) {
				code = http.StatusBadRequest
			}
			for _, extension := range []string{".json", ".csv"} {
				w := get(t, h, "/api/panels/"+p.ID+extension+"?"+address)
				require.Equal(t, code, w.Code, p.ID)
				require.Equal(t, code != http.StatusOK, strings.Contains(w.Body.String(), "this panel has no data by "))
			}
		}
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

	require.Contains(t, textOf(byID(parse(t, get(t, h, "/")), "sections")), "Use")
	doc := parse(t, get(t, h, "/?model=x"))
	require.Nil(t, byID(doc, "use"), "a section without panels")
	require.Nil(t, byID(doc, "sections"), "there is one section")

	w := get(t, h, "/api/panels/cost_by_model.csv?user=x&model=y")
	require.Contains(t, w.Body.String(), "user and model: this panel has no data by user and model (leave it out)")
	var list struct {
		Panels []struct {
			ID      string
			Filters []string
		}
	}
	decode(t, get(t, h, "/api/panels"), &list)
	require.Equal(t, []string{"organization", "team", "user", "tool", "connector"}, list.Panels[4].Filters)
	require.Equal(t, []string{"team", "tool", "connector"}, list.Panels[5].Filters)
}
