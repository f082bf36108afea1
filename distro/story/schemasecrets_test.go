package story

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/consumer/consumertest"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/processor/processortest"

	"github.com/cowork-otel/collector/processor/coworkredactionprocessor"
	"github.com/cowork-otel/collector/processor/coworkschemaprocessor"
)

// schemaSecrets are values that redaction replaces wherever they occur.
var schemaSecrets = []string{
	"jane.doe@example.org", "ghp_16C7e42F292c6912E7710c838347Ae178B4a", "AKIAIOSFODNN7EXAMPLE", "192.0.2.77", "DE89370400440532013000",
}

// toolArguments are arguments of tools that formats read into fields of their own.
var toolArguments = [][2]string{
	{"Bash", "full_command"},
	{"Bash", "command"},
	{"Read", "file_path"},
	{"Grep", "path"},
	{"WebFetch", "url"},
	{"WebSearch", "query"},
	{"CronCreate", "cron"},
	{"CronCreate", "reason"},
	{"KillShell", "shell_id"},
	{"mcp_tool", "mcp_server_name"},
	{"mcp_tool", "mcp_tool_name"},
	{"mcp__files__read_file", "path"},
	{"mcp__files__write_file", "uri"},
}

// schemaForms write a secret as the argument of a tool, in forms that a reader of JSON or of
// URLs decodes.
var schemaForms = map[string]func(key, secret string) any{
	"plain":          func(k, s string) any { return compactJSON(map[string]any{k: "x " + s + " y"}) },
	"escaped":        func(k, s string) any { return `{"` + k + `":"x ` + escapedJSON(s) + `"}` },
	"cut":            func(k, s string) any { return `{"` + k + `":"x ` + escapedJSON(s) + ` \u00` },
	"labelled":       func(k, s string) any { return "[TOOL INPUT: x]\n{\"" + k + `":"x ` + escapedJSON(s) + `"}` },
	"twice the key":  func(k, s string) any { return `{"` + k + `":"","` + k + `":"` + escapedJSON(s) + `"}` },
	"invalid JSON":   func(k, s string) any { return `{"a":nope,,"` + k + `":"` + escapedJSON(s) + `"}` },
	"invalid escape": func(k, s string) any { return `{"a":"\q","` + k + `":"` + escapedJSON(s) + `"}` },
	"JSON in JSON":   func(k, s string) any { return compactJSON(map[string]any{k: `{"a":"` + escapedJSON(s) + `"}`}) },
	"decoded":        func(k, s string) any { return map[string]any{k: "x " + s} },
	"key":            func(k, s string) any { return map[string]any{k: "x", s: 1} },
	"host":           func(k, s string) any { return compactJSON(map[string]any{k: "https://" + s + "/x"}) },
	"host, escaped":  func(k, s string) any { return compactJSON(map[string]any{k: "https://" + percentEncoded(s) + "/x"}) },
	"subdomain": func(k, s string) any {
		return compactJSON(map[string]any{k: "https://" + percentEncoded(s) + ".example.com/"})
	},
	"wide letters": func(k, s string) any {
		return compactJSON(map[string]any{k: "https://" + wideLetters(s) + ".example.com/"})
	},
	"user of a URL": func(k, s string) any { return compactJSON(map[string]any{k: "https://" + s + "@h.example.com/x"}) },
	"query of a URL": func(k, s string) any {
		return compactJSON(map[string]any{k: "https://h.example.com/?q=" + percentEncoded(s)})
	},
	"zone of a URL": func(k, s string) any {
		return compactJSON(map[string]any{k: "https://[fe80::1%25" + percentEncoded(s) + "]/x"})
	},
	"path":              func(k, s string) any { return compactJSON(map[string]any{k: "/home/" + s + "/" + s + ".txt"}) },
	"path of Windows":   func(k, s string) any { return compactJSON(map[string]any{k: `C:\Users\` + s + `\x`}) },
	"number of an host": func(k, _ string) any { return compactJSON(map[string]any{k: "http://0xC000024D/x http://3221226061/"}) },
}

// TestSchemasKeepRedaction checks that no document of a format contains what redaction
// replaced, although formats decode JSON, URLs and hosts that redaction has read as text.
func TestSchemasKeepRedaction(t *testing.T) {
	for _, format := range []string{"ocsf", "ecs", "flat"} {
		t.Run(format, func(t *testing.T) {
			require.Greater(t, len(shownSecrets(t, format, false)), 100, "the documents show arguments of tools")
			require.Empty(t, shownSecrets(t, format, true))
		})
	}
}

// shownSecrets returns the cases whose document contains the secret.
func shownSecrets(t *testing.T, format string, redact bool) (shown []string) {
	t.Helper()
	var sink consumertest.LogsSink
	schema := coworkschemaprocessor.NewFactory()
	cfg := schema.CreateDefaultConfig().(*coworkschemaprocessor.Config)
	cfg.Format, cfg.Mode = format, "replace"
	last, err := schema.CreateLogs(t.Context(), processortest.NewNopSettings(schema.Type()), cfg, &sink)
	require.NoError(t, err)
	redaction := coworkredactionprocessor.NewFactory()
	redactionConfig := redaction.CreateDefaultConfig().(*coworkredactionprocessor.Config)
	redactionConfig.Enabled = redact
	first, err := redaction.CreateLogs(t.Context(), processortest.NewNopSettings(redaction.Type()), redactionConfig, last)
	require.NoError(t, err)
	for form, write := range schemaForms {
		for _, secret := range schemaSecrets {
			for _, argument := range toolArguments {
				for _, attribute := range []string{"tool_input", "tool_parameters"} {
					sink.Reset()
					require.NoError(t, first.ConsumeLogs(t.Context(), toolCall(t, argument[0], attribute, write(argument[1], secret))))
					rec := sink.AllLogs()[0].ResourceLogs().At(0).ScopeLogs().At(0).LogRecords().At(0)
					if strings.Contains(fmt.Sprint(rec.Body().AsRaw(), rec.Attributes().AsRaw()), secret) {
						shown = append(shown, fmt.Sprintf("%s: %s of %s in %s: %s", form, argument[1], argument[0], attribute, secret))
					}
				}
			}
		}
	}
	return shown
}

// toolCall returns a tool_result with one attribute of arguments.
func toolCall(t *testing.T, tool, attribute string, arguments any) plog.Logs {
	t.Helper()
	ld := plog.NewLogs()
	resource := ld.ResourceLogs().AppendEmpty()
	resource.Resource().Attributes().PutStr("service.name", "cowork")
	rec := resource.ScopeLogs().AppendEmpty().LogRecords().AppendEmpty()
	rec.SetTimestamp(pcommon.NewTimestampFromTime(beginning))
	rec.Body().SetStr("claude_code.tool_result")
	require.NoError(t, rec.Attributes().FromRaw(map[string]any{
		"event.name": "tool_result", "tool_name": tool, "success": "true", "session.id": "7f0d7a1e-2222-4d3d-9b66-ba9876543210", attribute: arguments,
	}))
	return ld
}

// escapedJSON writes each character as an escape of JSON.
func escapedJSON(s string) string {
	var b strings.Builder
	for _, r := range s {
		fmt.Fprintf(&b, `\u%04x`, r)
	}
	return b.String()
}

// percentEncoded writes each byte as an escape of URLs.
func percentEncoded(s string) string {
	var b strings.Builder
	for _, c := range []byte(s) {
		fmt.Fprintf(&b, "%%%02X", c)
	}
	return b.String()
}

// wideLetters writes a text in the wide forms of its characters.
func wideLetters(s string) string {
	return strings.Map(func(r rune) rune {
		if r > ' ' && r < 0x7f {
			return r + 0xfee0
		}
		return r
	}, s)
}
