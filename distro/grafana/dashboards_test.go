package grafana

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/grafana/grafana-foundation-sdk/go/cog/plugins"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/prometheus/prometheus/promql/parser"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
)

var update = flag.Bool("update", false, "write the JSON instead of comparing with it")

// TestJSON checks that the committed JSON is up to date, and that there are no other
// files.
func TestJSON(t *testing.T) {
	for _, d := range Dashboards() {
		file := filepath.Join("dashboards", d.UID+".json")
		text, err := d.JSON()
		require.NoError(t, err)
		if *update {
			require.NoError(t, os.WriteFile(file, text, 0o600))
		}
		committed, err := os.ReadFile(file)
		require.NoError(t, err)
		require.Equal(t, string(committed), string(text), "go test ./distro/grafana -update")
	}
	files, err := filepath.Glob("dashboards/*.json")
	require.NoError(t, err)
	require.Len(t, files, len(Dashboards()))
}

// TestReadme checks that the README lists the dashboards.
func TestReadme(t *testing.T) {
	list := "| dashboard | what it is for | panels |\n|---|---|---|\n"
	for _, d := range Dashboards() {
		n := 0
		for _, row := range d.Rows {
			n += len(row.Panels)
		}
		list += fmt.Sprintf("| [%s](dashboards/%s.json) | %s | %d |\n", d.Title, d.UID, d.Question, n)
	}
	readme, err := os.ReadFile("README.md")
	require.NoError(t, err)
	before, rest, _ := strings.Cut(string(readme), "<!-- dashboards -->\n")
	_, after, found := strings.Cut(rest, "<!-- end -->")
	require.True(t, found)
	want := before + "<!-- dashboards -->\n" + list + "<!-- end -->" + after
	if *update {
		require.NoError(t, os.WriteFile("README.md", []byte(want), 0o600))
		return
	}
	require.Equal(t, want, string(readme), "go test ./distro/grafana -update")
}

// TestProvisioning checks the form of the provisioning files.
func TestProvisioning(t *testing.T) {
	for file, list := range map[string]string{"datasources/prometheus.yaml": "datasources", "dashboards/cowork.yaml": "providers"} {
		data, err := os.ReadFile(filepath.Join("provisioning", file))
		require.NoError(t, err)
		var content map[string]any
		require.NoError(t, yaml.Unmarshal(data, &content))
		require.Equal(t, 1, content["apiVersion"])
		require.Len(t, content[list], 1)
	}
}

// TestSchema checks the JSON against Grafana's schema: no field is unknown or missing,
// and no panels overlap.
func TestSchema(t *testing.T) {
	plugins.RegisterDefaultPlugins()
	for _, d := range Dashboards() {
		text, err := d.JSON()
		require.NoError(t, err)
		var page dashboard.Dashboard
		require.NoError(t, page.UnmarshalJSONStrict(text), d.UID)
		require.NoError(t, page.Validate(), d.UID)
		taken, ids := map[[2]uint32]string{}, map[uint32]bool{}
		for _, p := range page.Panels {
			if p.Panel == nil {
				continue
			}
			at := *p.Panel.GridPos
			require.LessOrEqual(t, at.X+at.W, uint32(columns))
			require.False(t, ids[*p.Panel.Id], "%s: its id is used twice", *p.Panel.Title)
			ids[*p.Panel.Id] = true
			for x := at.X; x < at.X+at.W; x++ {
				for y := at.Y; y < at.Y+at.H; y++ {
					require.Empty(t, taken[[2]uint32{x, y}], "%s: %s overlaps another panel", d.UID, *p.Panel.Title)
					taken[[2]uint32{x, y}] = *p.Panel.Title
				}
			}
		}
	}
}

// TestPanels checks that every panel has a question and a unit, calls money an estimate,
// and has queries that parse.
func TestPanels(t *testing.T) {
	for _, d := range Dashboards() {
		for _, row := range d.Rows {
			titles := map[string]bool{}
			for _, p := range row.Panels {
				where := d.UID + ": " + p.Title
				assert.False(t, titles[p.Title], where)
				titles[p.Title] = true
				assert.Contains(t, p.Question, "?", where)
				assert.NotEmpty(t, p.Unit, where)
				assert.NotEmpty(t, p.Queries, where)
				for _, q := range p.Queries {
					expr := Fill(q.Expression(), Week)
					_, err := parser.NewParser(parser.Options{}).ParseExpr(expr)
					require.NoError(t, err, "%s: %s", where, expr)
					assert.True(t, q.Legend != "" || p.Kind == Number, "%s: a query needs a legend", where)
					if strings.Contains(expr, "cost_USD") && p.Unit == dollars {
						assert.Contains(t, p.Question, estimate, where)
						assert.Contains(t, p.Title, "Estimated", where)
					}
				}
			}
		}
	}
}
