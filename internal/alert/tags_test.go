package alert

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// A tagName is a row of testdata/tags.tsv, whose head has the sources.
type tagName struct{ name, replacement string }

// tagNames returns the names of the tags that exist, and those that were replaced.
func tagNames(t *testing.T) map[string]tagName {
	t.Helper()
	text, err := os.ReadFile("testdata/tags.tsv")
	require.NoError(t, err)
	names := map[string]tagName{}
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		cells := append(strings.Split(strings.TrimSuffix(line, "\n"), "\t"), "")
		require.NotEmpty(t, cells[1], line)
		require.NotContains(t, names, cells[0])
		names[cells[0]] = tagName{cells[1], cells[2]}
	}
	for tag, row := range names {
		if row.replacement != "" {
			require.Contains(t, names, row.replacement, tag)
			require.Empty(t, names[row.replacement].replacement, tag)
		}
	}
	return names
}

// tagProblem returns what is wrong with a tag, "" for one that exists.
func tagProblem(names map[string]tagName, tag string) string {
	row, ok := names[tag]
	switch {
	case !ok:
		return tag + ": no such technique in testdata/tags.tsv (add it from its source)"
	case row.replacement != "":
		return fmt.Sprintf("%s: was replaced (write %s)", tag, row.replacement)
	}
	return ""
}

// TestBuiltinTags checks that each tag of a built-in rule exists in ATT&CK, ATLAS or OWASP's
// list. Tags that were written from memory had ids that ATT&CK v19 revoked, and numbers of
// OWASP's list that mean another risk in its edition of 2026.
func TestBuiltinTags(t *testing.T) {
	names := tagNames(t)
	specs, err := Builtin()
	require.NoError(t, err)
	for _, s := range specs {
		for _, tag := range s.Tags {
			require.Empty(t, tagProblem(names, tag), s.Name)
		}
		require.Len(t, slices.Compact(slices.Sorted(slices.Values(s.Tags))), len(s.Tags), "%s: a tag is there twice", s.Name)
	}
	for _, wrong := range []string{"attack.t1562.001", "attack.t9999", "attack.ta0006", "owasp.llm03", "atlas.aml.t0000"} {
		require.NotEmpty(t, tagProblem(names, wrong), wrong)
	}
}

// usedTags returns the tags of built-in rules, each with its number of rules.
func usedTags(specs []Spec) map[string]int {
	used := map[string]int{}
	for i := range specs {
		for _, tag := range specs[i].Tags {
			used[tag]++
		}
	}
	return used
}

// tagTable returns the table of the tags of built-in rules for their page.
func tagTable(t *testing.T, specs []Spec) string {
	t.Helper()
	names, used := tagNames(t), usedTags(specs)
	var b strings.Builder
	b.WriteString("\n## Tags\n\nNames and numbers are those of MITRE ATT&CK v19, MITRE ATLAS 2026.09, and the OWASP Top 10 for LLM applications of 2026.\n\n" +
		"| tag | name | rules |\n|---|---|---|\n")
	for _, tag := range slices.Sorted(maps.Keys(used)) {
		fmt.Fprintf(&b, "| `%s` | %s | %d |\n", tag, names[tag].name, used[tag])
	}
	return b.String()
}
