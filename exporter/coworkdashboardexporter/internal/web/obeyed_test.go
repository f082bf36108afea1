package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
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

// TestPanelsObeyTheFilter requests all panels with all filters: each is limited to all
// names of the filter, or is hidden and counted, and the API rejects the request.
func TestPanelsObeyTheFilter(t *testing.T) {
	src := lacking()
	h := page(t, src)
	names := []string{"organization", "user", "model"}
	counted := regexp.MustCompile(`(\d+) panels? ha`)
	for set := range 1 << len(names) {
		query := url.Values{}
		for i, name := range names {
			if set&(1<<i) != 0 {
				query.Set(name, "x")
			}
		}
		doc := parse(t, get(t, h, "/?"+query.Encode()))
		hidden := 0
		for _, p := range panels {
			lacks := slices.ContainsFunc(src.lacks[p.ID], query.Has)
			code := http.StatusOK
			if lacks {
				hidden++
				code = http.StatusBadRequest
			}
			require.Equal(t, lacks, byID(doc, "p-"+p.ID) == nil, "%s with %s", p.ID, query.Encode())
			for _, extension := range []string{".json", ".csv"} {
				w := get(t, h, "/api/panels/"+p.ID+extension+"?"+query.Encode())
				require.Equal(t, code, w.Code, p.ID)
				if lacks {
					require.Contains(t, w.Body.String(), "this panel has no data by ")
				}
			}
		}
		n := 0
		for _, m := range counted.FindAllStringSubmatch(textOf(byID(doc, "hidden")), -1) {
			part, err := strconv.Atoi(m[1])
			require.NoError(t, err)
			n += part
		}
		require.Equal(t, hidden, n, query.Encode())
	}
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
