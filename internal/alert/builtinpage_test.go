package alert

import (
	"flag"
	"fmt"
	"os"
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
		"The rules that `builtin_rules` of cowork_rules can enable. `all` enables those that are marked. The others need a number, a list, a\n" +
		"time zone or a policy of your organization: name them to enable them. `overrides` changes any key of a rule. The thresholds, and the\n" +
		"rates that they are based on, are in [builtin](builtin).\n\n| rule | severity | with `all` | |\n|---|---|---|---|\n")
	for i := range specs {
		s := &specs[i]
		on := ""
		if s.Enabled == nil || *s.Enabled {
			on = "on"
		}
		fmt.Fprintf(&b, "| [`%s`](#%s) | %s | %s | %s |\n", s.Name, s.Name, s.Severity, on, s.Description)
	}
	for i := range specs {
		s := &specs[i]
		fmt.Fprintf(&b, "\n## %s\n\n%s\n\n*Why:* %s\n\n*What to do:* %s\n", s.Name, s.Description, s.Why, s.Action)
	}
	return b.String()
}

// TestBuiltinIsExplained checks that every rule has a description, a reason and an action.
func TestBuiltinIsExplained(t *testing.T) {
	specs, err := Builtin()
	require.NoError(t, err)
	for _, s := range specs {
		for field, text := range map[string]string{"description": s.Description, "why": s.Why, "action": s.Action} {
			require.True(t, strings.HasSuffix(text, "."), "%s: %s: %q: must be a sentence", s.Name, field, text)
		}
		require.NotEmpty(t, s.Message, s.Name)
	}
}
