package coworkrulesconnector

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
	"golang.org/x/tools/txtar"

	"github.com/cowork-otel/collector/internal/alert"
)

var update = flag.Bool("update", false, "write the tables of kinds in README.md instead of comparing them")

const (
	kindsBegin = "<!-- Kinds of rules: written by go test ./connector/coworkrulesconnector -run TestKindsInReadme -update -->\n"
	kindsEnd   = "<!-- End of the kinds. -->\n"
)

// TestKindsInReadme checks that the README documents all kinds of rules and their keys.
func TestKindsInReadme(t *testing.T) {
	page, err := os.ReadFile("README.md")
	require.NoError(t, err)
	before, rest, found := strings.Cut(string(page), kindsBegin)
	require.True(t, found, "README.md has no %s", kindsBegin)
	_, after, found := strings.Cut(rest, kindsEnd)
	require.True(t, found, "README.md has no %s", kindsEnd)
	want := before + kindsBegin + kindTables() + kindsEnd + after
	if *update {
		require.NoError(t, os.WriteFile("README.md", []byte(want), 0o600))
		return
	}
	require.Equal(t, want, string(page))
}

// kindTables returns a table of the kinds and one of their keys.
func kindTables() string {
	var b strings.Builder
	b.WriteString("\n| key | fires when |\n|---|---|\n")
	for k := range alert.Kinds() {
		key := "none"
		if k.Key != "" {
			key = fmt.Sprintf("`%s: %s`", k.Key, k.Example)
		}
		fmt.Fprintf(&b, "| %s | %s |\n", key, k.Fires)
	}
	b.WriteString("\n| key of a kind | type | value |\n|---|---|---|\n")
	for k := range alert.Kinds() {
		for _, key := range k.Keys {
			fmt.Fprintf(&b, "| `%s::%s` | %s | %s |\n", k.Key, key.Name, key.Value, key.Doc)
		}
	}
	b.WriteString("\n")
	return b.String()
}

// TestExamplesCompile checks the documented examples with OTTL.
func TestExamplesCompile(t *testing.T) {
	for k := range alert.Kinds() {
		if k.Key == "" {
			continue
		}
		rule := "- {name: example, severity: info, group_by: [user], " + k.Key + ": " + k.Example
		if errorOf(t, rules(rule+"}")) != nil {
			rule += ", window: 1h"
		}
		require.NoError(t, errorOf(t, rules(rule+"}")), k.Key)
		require.Empty(t, configOf(t, rules(rule+"}")).warnings(), k.Key)
	}
}

// TestKindsHaveStories checks that a rule of each kind fires in a story.
func TestKindsHaveStories(t *testing.T) {
	files, err := filepath.Glob("../../testdata/stories/alert_*.txtar")
	require.NoError(t, err)
	builtin, err := alert.Builtin()
	require.NoError(t, err)
	fires := map[string]bool{}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		require.NoError(t, err)
		sections := map[string]string{}
		for _, f := range archive.Files {
			sections[f.Name] = string(f.Data)
		}
		for _, spec := range append(ownRules(t, sections["config.yaml"]), builtin...) {
			if !strings.Contains(sections["alerts"], " firing   "+spec.Name+" ") {
				continue
			}
			kind := ""
			for k := range alert.Kinds() {
				if k.IsSet(&spec) {
					kind = k.Key
				}
			}
			fires[kind] = true
		}
	}
	for k := range alert.Kinds() {
		require.True(t, fires[k.Key], "%s: fires in no story (testdata/stories/alert_*.txtar)", k.Key)
	}
}

// ownRules returns the rules in the configuration of a story.
func ownRules(t *testing.T, config string) []alert.Spec {
	t.Helper()
	var sections struct {
		Connector struct {
			Rules []any `yaml:"rules"`
		} `yaml:"cowork_rules"`
	}
	require.NoError(t, yaml.Unmarshal([]byte(config), &sections))
	text, err := yaml.Marshal(sections.Connector.Rules)
	require.NoError(t, err)
	specs, err := alert.Parse(text)
	require.NoError(t, err)
	return specs
}
