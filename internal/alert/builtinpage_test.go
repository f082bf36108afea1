package alert

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write builtin.md instead of comparing with it")

const builtinFile = "builtin.md"

// TestBuiltinPage checks that builtin.md is generated from the current builtin.yaml.
func TestBuiltinPage(t *testing.T) {
	page := builtinPage(t)
	if *update {
		require.NoError(t, os.WriteFile(builtinFile, []byte(page), 0o600))
		return
	}
	got, err := os.ReadFile(builtinFile)
	require.NoError(t, err)
	require.Equal(t, page, string(got), "builtin.md is not up to date: make generate")
}

func builtinPage(t *testing.T) string {
	t.Helper()
	specs, err := Builtin()
	require.NoError(t, err)
	var b strings.Builder
	b.WriteString("<!-- Written by make generate from builtin/*.yaml. Do not edit. -->\n\n# Built-in alert rules\n\n" +
		"The rules that `builtin_rules` of cowork_rules can enable, by family. A profile has the rules of the smaller ones too: `quiet`, `standard`,\n" +
		"`strict`. Rules without a profile need a number, a list, a time zone or a policy of your organization: name them to enable them.\n" +
		"`overrides` changes any key of a rule, and `overrides: {name: {enabled: false}}` turns one off. Content is what clients must export for\n" +
		"a rule to fire. The thresholds, and the rates that they are based on, are in [builtin](builtin).\n")
	for _, family := range Families {
		fmt.Fprintf(&b, "\n## Family %s\n\n| rule | severity | profile | tags | content | |\n|---|---|---|---|---|---|\n", family)
		for i := range specs {
			if s := &specs[i]; s.Family == family {
				fmt.Fprintf(&b, "| [`%s`](#%s) | %s | %s | %s | %s | %s |\n", s.Name, s.Name, s.Severity, s.Profile, strings.Join(s.Tags, ", "), strings.Join(s.Content, ", "), s.Description)
			}
		}
	}
	b.WriteString(tagTable(t, specs))
	for i := range specs {
		s := &specs[i]
		fmt.Fprintf(&b, "\n## %s\n\n%s\n\n*Why:* %s\n\n*What to do:* %s\n", s.Name, s.Description, s.Why, s.Action)
		if s.FalsePositives != "" {
			fmt.Fprintf(&b, "\n*False positives:* %s\n", s.FalsePositives)
		}
	}
	return b.String()
}

// TestBuiltinIsExplained checks that every rule has a description, a reason, an action, and
// harmless events that fire it, and that those against attacks have tags.
func TestBuiltinIsExplained(t *testing.T) {
	specs, err := Builtin()
	require.NoError(t, err)
	for _, s := range specs {
		for field, text := range map[string]string{"description": s.Description, "why": s.Why, "action": s.Action, "false_positives": s.FalsePositives} {
			require.True(t, strings.HasSuffix(text, "."), "%s: %s: %q: must be a sentence", s.Name, field, text)
		}
		require.NotEmpty(t, s.Message, s.Name)
		if !slices.Contains([]string{"spend", "reliability", "drift", "scheduling"}, s.Family) {
			require.NotEmpty(t, s.Tags, "%s: tags", s.Name)
		}
	}
}
