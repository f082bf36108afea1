package story

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/cowork-otel/collector/connector/coworkrulesconnector"
	"github.com/cowork-otel/collector/internal/alert"
	"github.com/cowork-otel/collector/internal/cowork"
)

// silentSection names the rules of a story that must not fire.
const silentSection = "silent"

// unconditional is the rule that fires on every event of its kinds.
const unconditional = "api_error"

// TestBuiltinRules checks that every built-in rule fires in one story, and in another
// does not fire although it is on and receives events of its kinds.
func TestBuiltinRules(t *testing.T) {
	builtin, err := alert.Builtin()
	require.NoError(t, err)
	kinds := map[string][]string{}
	for _, spec := range builtin {
		kinds[spec.Name] = spec.Events
	}
	fires, silent := map[string]bool{}, map[string]bool{}
	files, err := filepath.Glob("../../testdata/stories/alert_*.txtar")
	require.NoError(t, err)
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		require.NoError(t, err)
		name := filepath.Base(file)
		fired := firing(section(archive, "alerts"))
		for _, rule := range fired {
			fires[rule] = true
		}
		on := enabledRules(t, archive)
		for rule := range strings.FieldsSeq(string(section(archive, silentSection))) {
			require.Contains(t, kinds, rule, "%s: silent: is no built-in rule", name)
			require.NotContains(t, fired, rule, name)
			require.True(t, on[rule], "%s: %s is not on", name, rule)
			require.True(t, rule == unconditional || hasKind(t, archive, kinds[rule]), "%s: has no event of a kind of %s", name, rule)
			silent[rule] = true
		}
	}
	for _, spec := range builtin {
		require.True(t, fires[spec.Name], "%s: no story in which it fires (testdata/stories/alert_*.txtar)", spec.Name)
		require.True(t, silent[spec.Name], "%s: no story whose silent section names it", spec.Name)
	}
}

// firing returns the rules that fire in a stage of alerts.
func firing(stage []byte) (rules []string) {
	for line := range strings.Lines(string(stage)) {
		if words := strings.Fields(line); len(words) > 3 && words[2] == string(alert.Firing) {
			rules = append(rules, words[3])
		}
	}
	return rules
}

// enabledRules returns the rules that a story's settings enable.
func enabledRules(t *testing.T, archive *txtar.Archive) map[string]bool {
	t.Helper()
	settings, err := settingsOf(t, section(archive, "config.yaml")).Sub("cowork_rules")
	require.NoError(t, err)
	cfg := coworkrulesconnector.NewFactory().CreateDefaultConfig().(*coworkrulesconnector.Config)
	require.NoError(t, settings.Unmarshal(cfg))
	specs, err := cfg.EnabledRules()
	require.NoError(t, err)
	on := map[string]bool{}
	for _, s := range specs {
		on[s.Name] = s.Name != "cost_threshold" || cfg.CostThresholdUSD != nil
	}
	return on
}

// hasKind reports whether an event of a story is of one of the kinds. cowork_correlation
// emits a prompt_summary for the events of a prompt.
func hasKind(t *testing.T, archive *txtar.Archive, kinds []string) bool {
	t.Helper()
	for _, file := range archive.Files {
		if !isStep(file.Name) {
			continue
		}
		in, err := Parse(file.Data)
		require.NoError(t, err)
		for e := range cowork.Events(in) {
			_, ofPrompt := e.Value("prompt.id")
			if len(kinds) == 0 || slices.Contains(kinds, e.Name()) || ofPrompt && slices.Contains(kinds, "prompt_summary") {
				return true
			}
		}
	}
	return false
}
