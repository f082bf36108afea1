package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestExportSigma(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "sigma")
	r := succeeds(t, "alerts", "--export", "sigma", "--out", dir)
	require.Regexp(t, `^\d+ of \d+ rules written to `, r.out)
	require.NotContains(t, r.out, "never matches")
	require.Contains(t, r.out, "not written: user_cost_budget: no form of Sigma for budget\n")
	text, err := os.ReadFile(filepath.Join(dir, "rejected_tools.yml"))
	require.NoError(t, err)
	require.Contains(t, string(text), "type: event_count")

	rules := filepath.Join(t.TempDir(), "rules.yaml")
	require.NoError(t, os.WriteFile(rules, []byte("builtin_rules: [login_failures]\noverrides: {login_failures: {count: {above: 9}}}\n"), 0o600))
	own := t.TempDir()
	require.Equal(t, "1 of 1 rules written to "+own+"\n", succeeds(t, "alerts", "--export", "sigma", "--rules", rules, "--out", own).out)
	text, err = os.ReadFile(filepath.Join(own, "login_failures.yml"))
	require.NoError(t, err)
	require.Contains(t, string(text), "gt: 9")

	require.NoError(t, os.WriteFile(rules, []byte("builtin_rules: []\nrules: [{name: in_an_editor, severity: info, condition: 'attributes[\"terminal.type\"] == \"vscode\" and attributes[\"status_code\"] > 499'}]\n"), 0o600))
	require.Equal(t, "1 of 1 rules written to "+own+"\n"+
		"never matches with the format flat: in_an_editor: no name for terminal.type\n"+
		"never matches with the format ecs: in_an_editor: no name for status_code\n", succeeds(t, "alerts", "--export", "sigma", "--rules", rules, "--out", own).out)

	for args, want := range map[[2]string]string{{"yara", own}: "must be sigma", {"sigma", ""}: "no folder"} {
		r := command(t, "alerts", "--export", args[0], "--out", args[1])
		require.Equal(t, 1, r.status)
		require.Contains(t, r.err, want)
	}
}
