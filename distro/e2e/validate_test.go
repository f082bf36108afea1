package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestValidateReportsAllErrors validates a configuration with many errors: each is
// reported with its place and the right form, and without secrets.
func TestValidateReportsAllErrors(t *testing.T) {
	file := filepath.Join(t.TempDir(), "broken.yaml")
	require.NoError(t, os.WriteFile(file, []byte(`
processors:
  cowork_event:
    require: strict
    on_invalid: reject
  cowork_redaction:
    custom_patterns: {mrn: '\bMRN-(\d{8}\b'}
    disabled_patterns: [emial]
    extra_sensitive_attributes: [""]
    max_value_bytes: -5
    identities: {action: pseudonymize, key: tell-nobody}
  cowork_correlation: {idle_timeout: 0s, max_prompts: -1}
connectors:
  cowork_rules:
    builtin_rules: [api_eror]
    max_groups: 0
`), 0o600))
	out, err := exec.Command(command("otelcol-cowork"), "validate", "--config", "default:", "--config", file).CombinedOutput()
	require.Error(t, err)
	for _, want := range []string{
		`processors::cowork_event: require: unknown level "strict" (have minimal, standard)`,
		`processors::cowork_event: on_invalid: unknown action "reject" (have mark, drop)`,
		"processors::cowork_redaction: custom_patterns::mrn: missing closing )",
		`processors::cowork_redaction: disabled_patterns::0: unknown pattern "emial" (did you mean "email"?)`,
		"processors::cowork_redaction: extra_sensitive_attributes::0: is empty",
		"processors::cowork_redaction: max_value_bytes: must be positive, is -5",
		"processors::cowork_correlation: idle_timeout: 0s: must be positive (5m is the default)",
		"max_prompts: -1: must be from 1 to ",
		"connectors::cowork_rules: max_groups: 0: must be from 1 to ",
		`builtin_rules: api_eror: no such rule (did you mean "api_error"?)`,
		"processors::cowork_redaction: identities: key: has 11 bytes (a pseudonym needs at least 32",
	} {
		require.Contains(t, string(out), want)
	}
	require.NotContains(t, string(out), "tell-nobody")
}

// TestValidateWarns checks that a probable mistake is reported as a warning, and that the
// configuration is valid.
func TestValidateWarns(t *testing.T) {
	file := filepath.Join(t.TempDir(), "doubtful.yaml")
	require.NoError(t, os.WriteFile(file, []byte(`
connectors:
  cowork_rules:
    rules:
      - {name: slow, severity: info, message: slow, events: [tool_result], condition: 'attributes["duraton_ms"] > 5000 and attributes["success"] == "true"'}
`), 0o600))
	out, err := exec.Command(command("otelcol-cowork"), "validate", "--config", "default:", "--config", file).CombinedOutput()
	require.NoError(t, err, "%s", out)
	require.Equal(t, `warning: connectors::cowork_rules: rules::slow: condition: unknown attribute "duraton_ms" (did you mean duration_ms?)
warning: connectors::cowork_rules: rules::slow: condition: attribute "success" is a boolean behind cowork_event, and is compared with a string: it never matches (true or false without quotes would)
`, string(out))
}
