package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const pseudonymsConfig = `
cowork_redaction:
  identities:
    actions: {process.owner: pseudonymize, host.name: keep}
    key: 0123456789abcdef0123456789abcdef
`

// TestPseudonyms checks that the table has the pseudonyms of the processor's output, which
// the story identities_actions shows, in any spelling.
func TestPseudonyms(t *testing.T) {
	config := inputFile(t, "config.yaml", pseudonymsConfig)
	r := commandWithInput(t, "\ufeffCORP\\Jane\r\n\n  corp\\jane \n\"Li, Anna\"\n", "pseudonyms", "--config", config)
	require.Zero(t, r.status, r.err)
	pseudonym := strings.TrimSpace(succeeds(t, "redact", "--config", config, "--attribute", "process.owner", "--text", `corp\jane`).out)
	story, err := os.ReadFile("../../testdata/stories/identities_actions.txtar")
	require.NoError(t, err)
	require.Contains(t, string(story), `"process.owner":"`+pseudonym+`"`)
	lines := strings.Split(r.out, "\n")
	require.Equal(t, []string{"name,pseudonym", `CORP\Jane,` + pseudonym, `corp\jane,` + pseudonym}, lines[:3])
	require.Regexp(t, `^"""Li, Anna""",u_[0-9a-f]{32}$`, lines[3])
	require.Equal(t, "pseudonyms: warning: the table identifies people again (keep it apart from the telemetry, and delete it after use)\n", r.err)
}

// TestPseudonymsFile checks that only the owner can read the table, that a file is not
// overwritten, and that an error leaves no table.
func TestPseudonymsFile(t *testing.T) {
	config, out := inputFile(t, "config.yaml", pseudonymsConfig), filepath.Join(t.TempDir(), "table.csv")
	run := func(stdin string) commandResult {
		return commandWithInput(t, stdin, "pseudonyms", "--config", config, "--out", out)
	}
	r := run("jane\n" + strings.Repeat("x", maxNameBytes+1) + "\n")
	require.Equal(t, 1, r.status)
	require.Contains(t, r.err, "coworkctl: pseudonyms: line 2: is too long (at most 4096 bytes)\n")
	require.NoFileExists(t, out)
	r = run("jane\n[REDACTED]\n")
	require.Equal(t, 1, r.status)
	require.Contains(t, r.err, "pseudonyms: line 2: has no pseudonym (")
	require.NoFileExists(t, out)
	require.Zero(t, run("jane\n").status)
	info, err := os.Stat(out)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	r = run("john\n")
	require.Equal(t, 1, r.status)
	require.Contains(t, r.err, "file exists")
	table, err := os.ReadFile(out)
	require.NoError(t, err)
	require.Contains(t, string(table), "\njane,u_")
}

// TestPseudonymsRefuses checks that an attribute without pseudonyms is refused.
func TestPseudonymsRefuses(t *testing.T) {
	config := inputFile(t, "config.yaml", pseudonymsConfig)
	for _, attribute := range []string{"host.name", "user.email", "login"} {
		r := commandWithInput(t, "jane\n", "pseudonyms", "--config", config, "--attribute", attribute)
		require.Equal(t, 1, r.status)
		require.Empty(t, r.out)
		require.Equal(t, "coworkctl: pseudonyms: --attribute: the configuration writes no pseudonyms for it (would be in identities::actions with pseudonymize)\n", r.err)
	}
}
