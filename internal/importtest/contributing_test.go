package importtest

import (
	"fmt"
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const contributing = "CONTRIBUTING.md"

// pathName matches a path of the repository in backquotes, placeholder the parts of it
// that match any text.
var (
	pathName    = regexp.MustCompile("`([a-z]+(?:[/-][^` ]*)+|[a-z-]+\\.yaml)`")
	placeholder = regexp.MustCompile(`<\w+>|NNNN-title`)
)

// TestWhereToAdd checks that the paths in the table "Where do I add …" exist.
func TestWhereToAdd(t *testing.T) {
	page, err := fs.ReadFile(repository, contributing)
	require.NoError(t, err)
	problems, n := pathProblems(repository, string(page))
	require.Greater(t, n, 15, "no paths found in the table")
	for _, problem := range problems {
		t.Error(problem)
	}
}

func TestWhereToAddFixture(t *testing.T) {
	root := fixture(map[string]string{"a/kind_x.go": "package a\n"})
	problems, n := pathProblems(root, "## Where do I add …\n\n| a kind | `a/kind_<name>.go` | `go test ./a` |\n| a row | `b/table.go` | |\n\n## Else\n\n`c/d`\n")
	require.Equal(t, 2, n)
	require.Equal(t, []string{"CONTRIBUTING.md: no file is named b/table.go; correct the table \"Where do I add …\""}, problems)
}

// pathProblems returns the paths of the table that do not exist, and how many
// paths it has.
func pathProblems(root fs.FS, page string) (problems []string, n int) {
	_, table, _ := strings.Cut(page, "## Where do I add …\n")
	table, _, _ = strings.Cut(table, "\n## ")
	for _, match := range pathName.FindAllStringSubmatch(table, -1) {
		n++
		files, err := fs.Glob(root, placeholder.ReplaceAllString(match[1], "*"))
		if err != nil || len(files) == 0 {
			problems = append(problems, fmt.Sprintf("%s: no file is named %s; correct the table \"Where do I add …\"", contributing, match[1]))
		}
	}
	return problems, n
}
