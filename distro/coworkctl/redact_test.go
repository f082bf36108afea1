package main

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const (
	redactConfig = "testdata/redact-config.yaml"
	// secretText has a finding of two built-in patterns.
	secretText = "Mail jane.doe@example.com, or call 212-555-0142.\n"
	secretJSON = `{"command": "export DB_PASSWORD=hunter2hunter2", "n": 1.0}` + "\n"
)

// inputFile writes a file in a folder of its own.
func inputFile(t *testing.T, name, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
	return file
}

// TestRedact checks the sources of a text and the golden outputs.
func TestRedact(t *testing.T) {
	require.Equal(t, "Email me at [REDACTED_EMAIL]\n", succeeds(t, "redact", "--text", "Email me at user@example.com").out)
	text, json := inputFile(t, "notes.txt", secretText), inputFile(t, "input.json", secretJSON)
	both := succeeds(t, "redact", text, json)
	require.Empty(t, both.err)
	golden(t, "redact", both.out)
	require.Equal(t, both.out, commandWithInput(t, secretText+secretJSON, "redact", "--lines").out)
	require.Equal(t, both.out, commandWithInput(t, secretJSON, "redact", text, "-").out)
	findings := succeeds(t, "redact", "--findings", text, json)
	golden(t, "redact-findings", strings.NewReplacer(text, "notes.txt", json, "input.json").Replace(findings.out))
	check := command(t, "redact", "--check", text, json)
	require.Equal(t, 1, check.status)
	golden(t, "redact-check", strings.NewReplacer(text, "notes.txt", json, "input.json").Replace(check.out))
	for _, r := range []commandResult{both, findings, check} {
		require.NotContains(t, r.out+r.err, "jane.doe")
		require.NotContains(t, r.out+r.err, "hunter2")
	}
}

// TestRedactCheck checks the exit status for clean and for sensitive text.
func TestRedactCheck(t *testing.T) {
	check := func(want int, stdin string, args ...string) commandResult {
		t.Helper()
		r := commandWithInput(t, stdin, append([]string{"redact", "--check"}, args...)...)
		require.Equal(t, want, r.status, r.err)
		require.Empty(t, r.err)
		return r
	}
	require.Empty(t, check(0, "nothing here\n").out)
	require.Equal(t, "-: email 1, phone 1\n", check(1, secretText).out)
	require.Equal(t, "-:2: email offset=5 length=20\n-:2: phone offset=35 length=12\n", check(1, "clean\n"+secretText, "--findings", "--lines").out)
	require.Equal(t, "-:2: email offset=11 length=20\n-:2: phone offset=41 length=12\n", check(1, "clean\n"+secretText, "--findings").out)
	require.Equal(t, "--text: email 1\n--text 2: ip_address 1\n", check(1, "", "--text", "a@example.com", "--text", "192.0.2.1").out)
}

// TestRedactContext checks that the attribute, the event and the configuration
// decide as in the processor.
func TestRedactContext(t *testing.T) {
	check := func(want, finding, text string, args ...string) {
		t.Helper()
		args = append([]string{"redact", "--text", text}, args...)
		require.Equal(t, want+"\n", succeeds(t, args...).out)
		require.Equal(t, "--text:1: "+finding+"\n", succeeds(t, append(args, "--findings")...).out)
	}
	check("[REDACTED_PROMPT]", "prompt offset=0 length=5", "hello", "--attribute", "prompt")
	check("[REDACTED_RESPONSE]", "response offset=0 length=5", "hello", "--attribute", "response")
	check("[REDACTED_BODY]", "api_body offset=0 length=2", "{}", "--attribute", "body", "--event", "api_request_body")
	check("[REDACTED_EMAIL]", "identity offset=0 length=17", "jane@example.com ", "--attribute", "user.email")
	check(`{"file_path":"[REDACTED_EMAIL]"}`, "email offset=14 length=13", `{"file_path":"a@example.org"}`, "--attribute", "tool_input")
	check("ticket [REDACTED_TICKET]", "ticket offset=7 length=8", "ticket ACME-123", "--config", redactConfig, "--processor", "cowork_redaction/scan")
	check("see [REDACTED_EMAIL]", "email offset=4 length=13", "see a@example.org", "--config", redactConfig, "--processor", "cowork_redaction/scan", "--attribute", "prompt")
	check(`{"note":"[REDACTED]"}`, "sensitive_attribute offset=9 length=3", `{"note":"abc"}`, "--config", redactConfig, "--processor", "cowork_redaction/scan")
	check("[REDACTED]", "sensitive_attribute offset=0 length=3", "abc", "--config", redactConfig, "--processor", "cowork_redaction/scan", "--attribute", "note")
	check("kept@example.com at [REDACTED_IP_ADDRESS]", "ip_address offset=20 length=11", "kept@example.com at 203.0.113.7", "--config", redactConfig, "--processor", "cowork_redaction/keep", "--attribute", "user.email")
	// Values that the schema exempts, and markers, are no findings.
	for _, args := range [][]string{
		{"--attribute", "prompt.id", "--text", "6d5f27cb-f97b-4842-aa36-18a3d8f4d0c7"},
		{"--text", "[REDACTED_EMAIL]"},
		{"--attribute", "body", "--text", "hello"},
	} {
		require.Empty(t, succeeds(t, append([]string{"redact", "--check"}, args...)...).out)
	}
}

// TestRedactPseudonyms checks that a person has the pseudonym of the configured key.
func TestRedactPseudonyms(t *testing.T) {
	t.Setenv("REDACT_TEST_KEY", strings.Repeat("k", 32))
	pseudonym := func(address string) string {
		r := succeeds(t, "redact", "--config", redactConfig, "--processor", "cowork_redaction", "--attribute", "user.email", "--text", address)
		require.Regexp(t, `^u_[0-9a-f]{32}\n$`, r.out)
		return r.out
	}
	first := pseudonym("jane@example.com")
	require.Equal(t, first, pseudonym("Jane@Example.com"))
	require.NotEqual(t, first, pseudonym("john@example.com"))
}

// TestRedactLimit checks that a value over max_value_bytes is replaced as a whole
// and reported, with and without --lines.
func TestRedactLimit(t *testing.T) {
	args := []string{"redact", "--config", redactConfig, "--processor", "cowork_redaction/scan"}
	exact, long := strings.Repeat("a ", 2048), strings.Repeat("a ", 2049)
	require.Equal(t, exact, commandWithInput(t, exact, args...).out)
	r := commandWithInput(t, long, args...)
	require.Zero(t, r.status)
	require.Equal(t, "[REDACTED]", r.out)
	require.Equal(t, "redact: -:1: has 4098 bytes, more than max_value_bytes (4096): replaced as a whole\n", r.err)
	r = commandWithInput(t, exact+"\r\n"+long+"\r\nlast", append(args, "--lines")...)
	require.Equal(t, exact+"\r\n[REDACTED]\r\nlast", r.out)
	require.Contains(t, r.err, "redact: -:2: has 4098 bytes")
	r = commandWithInput(t, long, append(args, "--findings", "--check")...)
	require.Equal(t, 1, r.status)
	require.Equal(t, "-:1: over_limit offset=0 length=4098\n", r.out)
	big := strings.Repeat(strings.Repeat("word ", 20)+"\n", 2000)
	require.Equal(t, big, commandWithInput(t, big, append(args, "--lines")...).out, "many lines, longer together than the limit")
}

// TestRedactOff checks that a disabled processor changes nothing and cannot check.
func TestRedactOff(t *testing.T) {
	off := inputFile(t, "off.yaml", "cowork_redaction: {enabled: false}\n")
	r := commandWithInput(t, secretText, "redact", "--config", off)
	require.Zero(t, r.status)
	require.Equal(t, secretText, r.out)
	require.Equal(t, "redact: warning: cowork_redaction: enabled is false, the text is unchanged\n", r.err)
	r = commandWithInput(t, secretText, "redact", "--config", off, "--check")
	require.Equal(t, 2, r.status)
	require.Equal(t, "coworkctl: redact: cowork_redaction: enabled is false, so nothing can be found\n", r.err)
}

// TestRedactArguments checks that an argument is the name of a file, or else text.
func TestRedactArguments(t *testing.T) {
	require.Equal(t, "Email me at [REDACTED_EMAIL]\n", succeeds(t, "redact", "Email me at user@example.com").out)
	require.Equal(t, "[REDACTED_EMAIL]\n", succeeds(t, "redact", "user@example.com").out)
	require.Equal(t, "nothing here\n[REDACTED_IP_ADDRESS]\n", succeeds(t, "redact", "nothing here", "192.0.2.1").out)
	require.Equal(t, "[REDACTED_PROMPT]\n", succeeds(t, "redact", "--attribute", "prompt", "Summarise").out)
	file := inputFile(t, "user@example.com", "clean\n")
	require.Equal(t, "clean\n", succeeds(t, "redact", file).out)
	r := command(t, "redact", "--check", "my password is hunter2hunter2", "nothing here")
	require.Equal(t, 1, r.status)
	require.Equal(t, "argument 1: secret 1\n", r.out)
	require.Equal(t, 0, command(t, "redact", "--check", "nothing here").status)
	require.Equal(t, "see notes.txt\n", succeeds(t, "redact", "see notes.txt").out)
}

// TestRedactGzip checks that a compressed file is scanned in plain form.
func TestRedactGzip(t *testing.T) {
	var zipped bytes.Buffer
	w := gzip.NewWriter(&zipped)
	_, err := w.Write([]byte(secretText))
	require.NoError(t, err)
	require.NoError(t, w.Close())
	r := command(t, "redact", "--check", inputFile(t, "logs.json.gz", zipped.String()))
	require.Equal(t, 1, r.status)
	require.Contains(t, r.out, "logs.json.gz: email 1, phone 1\n")
}

// TestUnknownCommandKeepsText checks that text without a command is not repeated.
func TestUnknownCommandKeepsText(t *testing.T) {
	for _, text := range []string{"my password is hunter2", "--my password hunter2", "-hunter2"} {
		r := command(t, text)
		require.NotZero(t, r.status)
		require.NotContains(t, r.out+r.err, "hunter2")
	}
}

// TestRedactRefuses checks the errors and their exit status, and that none contains
// the text.
func TestRedactRefuses(t *testing.T) {
	check := func(want string, args ...string) {
		t.Helper()
		r := commandWithInput(t, secretText, append([]string{"redact"}, args...)...)
		require.Equal(t, 2, r.status)
		require.Empty(t, r.out)
		require.Regexp(t, "^coworkctl: redact: "+want, r.err)
		require.NotContains(t, r.err, "hunter2")
	}
	check(`argument 1: no such file or directory \(would be a file; --text takes text\)\n$`, "notes.txt")
	check(`argument 2: no such file or directory `, "--check", "--text", "nothing", inputFile(t, "a.txt", "clean\n"), "b.txt")
	check(`argument 1: file name too long `, strings.Repeat("hunter2", 1000))
	check(`\S+: is a directory\n$`, t.TempDir())
	// The flag parser's own errors would quote these.
	unknown := `unknown flag, or a flag with a wrong value \(see redact --help; for text that begins with a dash use --text=TEXT\)\n$`
	check(unknown, "--hunter2")
	check(unknown, "-----BEGIN hunter2")
	check(unknown, "- my password is hunter2")
	check(unknown, "-p hunter2")
	check(unknown, "--lines=hunter2")
	// What looks like a path is a missing file, not text without findings.
	check(`argument 1: no such file `, "--check", "/var/log/My App/logs.json")
	check(`argument 1: no such file `, "--check", "My notes.txt")
	check(`\S+: is UTF-16 \(would be UTF-8\)\n$`, "--check", inputFile(t, "wide.txt", "\xff\xfeh\x00u\x00"))
	check(`default:: processors: has no cowork_redaction/other \(have cowork_redaction\)\n$`, "--processor", "cowork_redaction/other")
	check(`\S+: processors: has 3 of cowork_redaction \(choose one with --processor: cowork_redaction, cowork_redaction/keep, cowork_redaction/scan\)\n$`, "--config", redactConfig)
	check(`\S+: cowork_redaction: identities: key: has 0 bytes`, "--config", redactConfig, "--processor", "cowork_redaction")
	check(`\S+: processors: has no cowork_redaction\n$`, "--config", inputFile(t, "none.yaml", "processors: {batch: {}}\n"))
	check(`(?s)\S+: cowork_redaction: .*colour`, "--config", inputFile(t, "key.yaml", "cowork_redaction: {colour: red}\n"))
	check(`\S+: max_value_bytes: must be positive, is 0\n$`, "--config", inputFile(t, "section.yaml", "max_value_bytes: 0\n"))
	check(`none.yaml: cannot retrieve the configuration: `, "--config", "none.yaml")
}

// TestRedactMergesConfigs checks that later configurations override earlier ones.
func TestRedactMergesConfigs(t *testing.T) {
	over := inputFile(t, "over.yaml", "processors: {cowork_redaction: {redact_prompt_content: false}}\n")
	r := succeeds(t, "redact", "--config", "default:", "--config", over, "--attribute", "prompt", "--text", "hello")
	require.Equal(t, "hello\n", r.out)
}
