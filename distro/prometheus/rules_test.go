package prometheus

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
)

var files = []string{"recording.yaml", "alerts.yaml", "collector.yaml"}

// promtool runs Prometheus' promtool command.
func promtool(t *testing.T, args ...string) {
	t.Helper()
	binary, err := exec.LookPath("promtool")
	if err != nil {
		t.Skip("no promtool command: install the Debian package prometheus")
	}
	out, err := exec.Command(binary, args...).CombinedOutput()
	require.NoError(t, err, "%s", out)
}

func TestCheckRules(t *testing.T) {
	promtool(t, append([]string{"check", "rules", "--lint-fatal"}, files...)...)
}

// TestRules runs the unit tests in testdata.
func TestRules(t *testing.T) {
	for _, file := range files {
		promtool(t, "test", "rules", testOf(file))
	}
}

func testOf(file string) string {
	return filepath.Join("testdata", strings.TrimSuffix(file, ".yaml")+"_test.yaml")
}

type rule struct {
	Record, Alert, Expr string
	Labels, Annotations map[string]string
}

func rules(t *testing.T, file string) (all []rule) {
	t.Helper()
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	var f struct{ Groups []struct{ Rules []rule } }
	require.NoError(t, yaml.Unmarshal(data, &f))
	for _, group := range f.Groups {
		all = append(all, group.Rules...)
	}
	require.NotEmpty(t, all)
	return all
}

// TestEveryRule checks that each rule has a unit test and a row in the README, that
// recorded money is called an estimate, and that alerts have all annotations.
func TestEveryRule(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	require.NoError(t, err)
	for _, file := range files {
		tests, err := os.ReadFile(testOf(file))
		require.NoError(t, err)
		for _, r := range rules(t, file) {
			name := r.Record + r.Alert
			assert.Contains(t, string(readme), "| `"+name+"` |")
			if r.Record != "" {
				assert.Contains(t, string(tests), "- expr: "+name+"\n")
				assert.Equal(t, strings.Contains(r.Expr, "cost_USD"), strings.Contains(name, "cost_estimate_USD"), name)
				continue
			}
			query := `- expr: ALERTS{alertname="` + name + `",alertstate="firing"}`
			fires, silent := 0, 0
			for _, test := range strings.Split(string(tests), query)[1:] {
				expected, _, _ := strings.Cut(test, "- expr:")
				if strings.Contains(expected, "exp_samples: []") {
					silent++
				} else {
					fires++
				}
			}
			assert.NotZero(t, fires, "%s fires in no test", name)
			assert.NotZero(t, silent, "%s stays silent in no test", name)
			assert.Contains(t, []string{"info", "warning", "critical"}, r.Labels["severity"], name)
			for _, annotation := range []string{"summary", "description", "action"} {
				assert.NotEmpty(t, r.Annotations[annotation], "%s has no %s", name, annotation)
			}
		}
	}
}
