package coworktracesconnector

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/ptrace"

	"github.com/cowork-otel/collector/internal/cowork"
)

var update = flag.Bool("update", false, "write the README's tables instead of comparing with them")

// TestReadme checks that the README's tables are generated from the code.
func TestReadme(t *testing.T) {
	data, err := os.ReadFile("README.md")
	require.NoError(t, err)
	want := string(data)
	want = replaceTable(t, want, "spans", specsTable())
	want = replaceTable(t, want, "attributes", mappingsTable())
	if *update {
		require.NoError(t, os.WriteFile("README.md", []byte(want), 0o600))
		return
	}
	require.Equal(t, want, string(data), "go test ./connector/coworktracesconnector -run TestReadme -update writes it")
}

func replaceTable(t *testing.T, text, name, table string) string {
	t.Helper()
	place := regexp.MustCompile(`(?s)(<!-- ` + name + ` -->\n).*?(<!-- end -->)`)
	require.Regexp(t, place, text)
	return place.ReplaceAllString(text, "${1}"+strings.ReplaceAll(table, "$", "$$")+"${2}")
}

func specsTable() string {
	var out strings.Builder
	out.WriteString("| event | span | kind | duration | parent | ERROR, and error.type |\n|---|---|---|---|---|---|\n")
	for _, s := range specs {
		fmt.Fprintf(&out, "| %s | %s | %s | %s | %s | %s |\n", joined(s.event, ": ", s.when.doc), joined(s.name, " ", s.subject.doc),
			strings.ToUpper(s.kind.String()), joined(code(s.duration)), s.parent.doc, s.failure.doc)
	}
	fmt.Fprintf(&out, "| %s | none | | | | |\n", strings.Join(withoutSpan(), ", "))
	out.WriteString("| accepted tool_decision, mcp_server_connection that is disconnected, any kind that is not in the schema | none | | | | |\n")
	return out.String()
}

func joined(word string, more ...string) string {
	if len(more) > 0 && more[len(more)-1] != "" {
		return word + strings.Join(more, "")
	}
	return word
}

func code(s string) string {
	if s == "" {
		return ""
	}
	return "`" + s + "`"
}

// withoutSpan are the kinds of the schema that have no span.
func withoutSpan() (names []string) {
	for kind := range cowork.Kinds() {
		if len(specsByEvent[kind.Name]) == 0 {
			names = append(names, kind.Name)
		}
	}
	return names
}

func mappingsTable() string {
	var out strings.Builder
	out.WriteString("| attribute | on | from | in |\n|---|---|---|---|\n")
	out.WriteString("| `gen_ai.operation.name` | chat, execute_tool, invoke_agent | the span's name | |\n")
	for _, m := range mappings {
		on := "all"
		if len(m.on) > 0 {
			on = strings.Join(m.on, ", ")
		}
		fmt.Fprintf(&out, "| `%s` | %s | %s | %s |\n", m.name, on, m.from, m.version)
	}
	return out.String()
}

// TestSpecs checks the rows against the schema.
func TestSpecs(t *testing.T) {
	for _, s := range specs {
		kind := cowork.KindOf(s.event)
		require.NotNil(t, kind, s.event)
		if s.duration != "" {
			require.Contains(t, kind.Attributes, s.duration, s.event)
		}
		require.NotEqual(t, ptrace.SpanKindUnspecified, s.kind, s.event)
		require.Equal(t, s.name == "invoke_agent" && s.event == "prompt_summary", s.parent.step == nil, "only the prompt is a root")
	}
}
