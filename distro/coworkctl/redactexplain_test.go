package main

import (
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// chatText has a placeholder, a secret in a sentence, and a noun without a secret.
const chatText = "password: ${DB_PASSWORD}\nThe password for the printer is Mosspond#204.\nThe key was rotated on 2026-11-20.\n"

// TestExplain checks the place, the decision and the shape of each value, and that the value is
// printed with --show-values only.
func TestExplain(t *testing.T) {
	out := commandWithInput(t, chatText, "redact", "--explain").out
	require.Regexp(t, `(?m)^-:1:11: no secret, refused as template; noun: password; link: \S.*\n    value of 13 bytes, ##XX#XXXXXXXX$`, out)
	require.Regexp(t, `(?m)^-:2:33: secret, score \+\d+\.\d\d; noun: password; link: sentence\n    value of 12 bytes, Xxxxxxxx#999\n    \+`, out)
	require.NotContains(t, out, "Mosspond")
	require.NotContains(t, out, "DB_PASSWORD")
	shown := commandWithInput(t, chatText, "redact", "--explain", "--show-values").out
	require.Contains(t, shown, "\n    value \"Mosspond#204\"\n")
	require.NotContains(t, shown, " bytes, ")
	require.Empty(t, commandWithInput(t, "nothing here\n", "redact", "--explain").out)
}

// TestExplainPlaces checks the names and the lines of several inputs, of JSON and of disguised text.
func TestExplainPlaces(t *testing.T) {
	check := func(want string, stdin string, args ...string) {
		t.Helper()
		r := commandWithInput(t, stdin, append([]string{"redact", "--explain"}, args...)...)
		require.Zero(t, r.status)
		require.Contains(t, r.out, want+": secret, score +")
		require.NotContains(t, r.out, "Mosspond")
	}
	const assignment = "DB_PASSWORD=Mosspond#204"
	check("-:3:13", "a\nb\n"+assignment)
	check("-:3:13", "a\nb\n"+assignment, "--lines")
	check("--text 2:1:17", "", "--text", "a", "--text", "say "+assignment)
	check("-:2:17", "{\n\"DB_PASSWORD\": \"Mosspond#204\"}")
	check("-:1:28", `{"text": "\"\\ DB_PASSWORD=Mosspond#204"}`)
	check("-:1: in disguised text", "see%20DB_PASSWORD%3DMosspond%23204")
	check("--text:1:1", "", "--attribute", "db_password", "--text", "Mosspond#204")
}

// TestExplainWeights checks that the weights are sorted and that their sum is the score.
func TestExplainWeights(t *testing.T) {
	out := commandWithInput(t, chatText, "redact", "--explain").out
	blocks := strings.Split(out, "-:")[2:]
	require.Len(t, blocks, 2)
	for _, block := range blocks {
		found := numbers.FindAllString(block, -1)
		require.Greater(t, len(found), 3)
		values := make([]float64, len(found))
		for i := range found {
			var err error
			values[i], err = strconv.ParseFloat(found[i], 64)
			require.NoError(t, err)
		}
		score, weights := values[0], values[1:]
		sum := 0.0
		for i, w := range weights {
			require.True(t, i == 0 || w <= weights[i-1], block)
			sum += w
		}
		require.InDelta(t, score, sum, 0.1, block)
	}
}

// TestExplainReplaced checks that a value that is replaced without a scan is reported as such.
func TestExplainReplaced(t *testing.T) {
	require.Equal(t, "--text:1: replaced as a whole, not scanned\n", succeeds(t, "redact", "--explain", "--attribute", "prompt", "--text", "password: Mosspond#204").out)
	r := commandWithInput(t, strings.Repeat("password: Mosspond#204 ", 200), "redact", "--explain", "--config", redactConfig, "--processor", "cowork_redaction/scan")
	require.Equal(t, "-:1: replaced as a whole, not scanned\n", r.out)
}

// TestExplainRefuses checks the flags that exclude each other.
func TestExplainRefuses(t *testing.T) {
	for args, want := range map[string]string{
		"--explain --findings": "--explain cannot be combined with --findings or --check",
		"--explain --check":    "--explain cannot be combined with --findings or --check",
		"--show-values":        "--show-values needs --explain",
	} {
		r := commandWithInput(t, chatText, append([]string{"redact"}, strings.Fields(args)...)...)
		require.Equal(t, 2, r.status, args)
		require.Equal(t, "coworkctl: redact: "+want+"\n", r.err)
		require.Empty(t, r.out)
	}
}

func TestShapeOf(t *testing.T) {
	for value, want := range map[string]string{
		"":                       "",
		"Mosspond#204":           "Xxxxxxxx#999",
		"correct horse":          "xxxxxxx xxxxx",
		"Пароль_42":              "Xxxxxx#99",
		"密码\n\x00\xff":           "xx###",
		strings.Repeat("a1", 20): strings.Repeat("x9", 16) + "…",
	} {
		require.Equal(t, want, shapeOf(value))
	}
}

// numbers matches the scores and weights of an explanation, which change when they are fitted.
var numbers = regexp.MustCompile(`[+-]\d+\.\d\d`)

// TestExplainInTheReadme checks the explanations in the README, except for their scores and the
// order of the features. With -update it writes them.
func TestExplainInTheReadme(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	require.NoError(t, err)
	for name, in := range map[string]string{"notes.txt": secretText + "DB_PASSWORD=hunter2hunter2\n", "chat.txt": chatText} {
		_, shown, found := strings.Cut(string(readme), "$ coworkctl redact --explain "+name+"\n")
		require.True(t, found, name)
		shown, _, _ = strings.Cut(shown, "```")
		file := inputFile(t, name, in)
		got := strings.ReplaceAll(succeeds(t, "redact", "--explain", file).out, file, name)
		if *update {
			readme = []byte(strings.Replace(string(readme), shown, got, 1))
			require.NoError(t, os.WriteFile("README.md", readme, 0o600))
			continue
		}
		require.Equal(t, withoutNumbers(got), withoutNumbers(shown), name+": run go test ./distro/coworkctl -run TestExplainInTheReadme -update")
	}
}

// withoutNumbers returns the sorted lines of explanations without their numbers.
func withoutNumbers(out string) []string {
	lines := strings.Split(numbers.ReplaceAllString(out, ""), "\n")
	slices.Sort(lines)
	return lines
}
