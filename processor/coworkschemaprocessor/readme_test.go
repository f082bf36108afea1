package coworkschemaprocessor

import (
	"flag"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/schema/ecs"
	"github.com/cowork-otel/collector/internal/schema/flat"
	"github.com/cowork-otel/collector/internal/schema/ocsf"
)

// TestReadme checks that the README has the class of each kind and of each tool in both
// schemas, and each field of ECS.
func TestReadme(t *testing.T) {
	text, err := os.ReadFile("README.md")
	require.NoError(t, err)
	_, rest, found := strings.Cut(string(text), "\n## ECS\n")
	require.True(t, found)
	ofECS, _, found := strings.Cut(rest, "\n## ")
	require.True(t, found)
	for section, tables := range map[string][]string{
		string(text): slices.Concat(ocsf.Table()),
		ofECS:        slices.Concat(ecs.Table()),
	} {
		for _, line := range tables {
			require.Contains(t, section, line+"\n")
		}
	}
	require.Equal(t, ecs.Fields(), fieldsOf(ofECS))
}

var update = flag.Bool("update", false, "write the table of columns of the README instead of comparing with it")

// columns matches the place of the table of the columns of flat rows.
var columns = regexp.MustCompile(`(?s)(<!-- columns -->\n).*?(<!-- end -->)`)

// TestReadmeColumns checks that the README has the columns of flat rows.
func TestReadmeColumns(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	require.NoError(t, err)
	require.Regexp(t, columns, string(readme))
	want := columns.ReplaceAllString(string(readme), "${1}"+flat.Table()+"${2}")
	if *update {
		require.NoError(t, os.WriteFile("README.md", []byte(want), 0o600))
		return
	}
	require.Equal(t, want, string(readme), "go test ./processor/coworkschemaprocessor -run TestReadmeColumns -update writes it")
}

// field matches a name in the first column of the table of fields.
var field = regexp.MustCompile("`([a-z_]+\\.[a-z_.]+|message)`")

// fieldsOf returns the fields of ECS that the first table of a section lists, sorted.
func fieldsOf(section string) (names []string) {
	_, table, _ := strings.Cut(section, "| field | value |\n")
	for line := range strings.Lines(table) {
		if !strings.HasPrefix(line, "|") {
			break
		}
		for _, match := range field.FindAllStringSubmatch(strings.SplitN(line, "|", 3)[1], -1) {
			if !strings.HasPrefix(match[1], "cowork.") {
				names = append(names, match[1])
			}
		}
	}
	slices.Sort(names)
	return names
}
