package steps

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

func content(name, text string) Content {
	return newContent(report.StepContent{Name: name, Text: text})
}

// TestContent checks how contents are shown: objects by member, other JSON on several
// lines, and anything else as it is.
func TestContent(t *testing.T) {
	require.Equal(t, Content{Label: "Input", Members: []Member{
		{"command", "ls\n\techo \"hi\""}, {"limit", "12345678901234567890"}, {"nested", "{\n  \"a\": [\n    1\n  ]\n}"}, {"none", "null"},
	}}, content("tool_input", `{"command":"ls\r\n\techo \"hi\"","limit":12345678901234567890,"nested":{"a":[1]},"none":null}`))
	require.Equal(t, "[\n  1\n]", content("tool_input", "[1]").Text)
	for _, text := range []string{"", "plain", `{"cut":"in the mid`, "{}{}", `{"a":1} and more`, strings.Repeat("[", 100_000)} {
		require.Equal(t, text, content("error", text).Text, "%.20s", text)
		require.Nil(t, content("error", text).Members)
	}
	deep := strings.Repeat("[", 1000) + strings.Repeat("]", 1000)
	require.Equal(t, deep, content("tool_input", deep).Text, "indented, it would be a megabyte")
	require.Equal(t, "a\ufffdb\ufffd\nc", content("error", "a\u202eb\x07\r\nc").Text)
	require.Equal(t, "new_attribute", content("new_attribute", "").Label)
	require.Equal(t, "and 2\u00a0KiB more, not stored", newContent(report.StepContent{Text: "x", Missing: 2048}).Missing)
}

// TestMaxMembers checks the limit of the members that are shown.
func TestMaxMembers(t *testing.T) {
	var members []string
	for i := range maxMembers + 7 {
		members = append(members, fmt.Sprintf(`"m%d":%d`, i, i))
	}
	c := content("tool_input", "{"+strings.Join(members, ",")+"}")
	require.Len(t, c.Members, maxMembers)
	require.Equal(t, "and 7 more members", c.Missing)
}

// TestGist checks the line that states what a step did.
func TestGist(t *testing.T) {
	for text, want := range map[string]string{
		`{"description":"d","command":"ls -l\nrm x"}`: "ls -l …",
		`{"file_path":"/a/b","limit":3}`:              "/a/b",
		`{"other":"text"}`:                            "",
		"an answer\nof two lines":                     "an answer …",
		strings.Repeat("x", 1000):                     strings.Repeat("x", maxGist-1) + "…",
		"":                                            "",
	} {
		require.Equal(t, want, gist([]Content{content("error", "no"), content("tool_input", text)}))
	}
	require.Equal(t, "no", message([]Content{content("tool_input", "x"), content("error", "no")}))
	require.Empty(t, gist(nil))
}
