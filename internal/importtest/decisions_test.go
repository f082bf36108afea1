package importtest

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const decisions = "docs/decisions"

// recordName matches the file name of a decision, recordForm its text.
var (
	recordName = regexp.MustCompile(`^\d{4}-[a-z0-9-]+\.md$`)
	recordForm = regexp.MustCompile(`(?s)^# (\d+)\. ([^\n]+)\n\n- Date: (\d{4}-\d\d-\d\d)\n- Status: (?:accepted|superseded by \d{4})\n\n## Context\n\n.+\n\n## Decision\n\n.+\n\n## Consequences\n\n.+\n$`)
)

// TestDecisions checks that decision records are numbered in the order of their dates,
// have the same form, and are rows of the index. Numbers can have gaps: branches that are
// worked on at the same time reserve theirs.
func TestDecisions(t *testing.T) {
	problems, n := decisionProblems(t, repository)
	require.Greater(t, n, 50, "no records found: is this run in the package's folder?")
	for _, problem := range problems {
		t.Error(problem)
	}
}

func TestDecisionsFixture(t *testing.T) {
	record := "# 1. One\n\n- Date: 2026-11-22\n- Status: accepted\n\n## Context\n\nC.\n\n## Decision\n\nD.\n\n## Consequences\n\nR.\n"
	problems, n := decisionProblems(t, fixture(map[string]string{
		decisions + "/README.md":    "| [0001](0001-one.md) | One | 2026-11-22 |\n",
		decisions + "/0001-one.md":  record,
		decisions + "/0002-two.md":  strings.Replace(strings.Replace(record, "11-22", "11-21", 1), "# 1. One", "# 3. Two", 1),
		decisions + "/3-three.md":   record,
		decisions + "/0004-four.md": strings.Replace(record, "## Context", "Context", 1),
	}))
	require.Equal(t, 4, n)
	require.Equal(t, []string{
		"docs/decisions/0002-two.md: has number 3 in its title; write 2",
		"docs/decisions/0002-two.md: its date 2026-11-21 is before that of the record in front; give later decisions later numbers",
		"docs/decisions/0002-two.md: is no row of docs/decisions/README.md; add \"| [0002](0002-two.md) | Two | 2026-11-21 |\"",
		"docs/decisions/0004-four.md: has not the form of a record; see docs/decisions/README.md",
		"docs/decisions/3-three.md: has no number of four digits that is unused; name it 0005-title.md",
		"docs/decisions/3-three.md: has number 1 in its title; write 5",
		"docs/decisions/3-three.md: is no row of docs/decisions/README.md; add \"| [3](3-three.md) | One | 2026-11-22 |\"",
	}, problems)
}

// decisionProblems returns what is wrong with the decision records, and how many
// there are.
func decisionProblems(t *testing.T, root fs.FS) (problems []string, n int) {
	t.Helper()
	index, err := fs.ReadFile(root, decisions+"/README.md")
	require.NoError(t, err)
	files, err := fs.Glob(root, decisions+"/[0-9]*.md")
	require.NoError(t, err)
	date, last := "", 0
	for _, name := range files {
		report := func(format string, args ...any) {
			problems = append(problems, name+": "+fmt.Sprintf(format, args...))
		}
		base := path.Base(name)
		number, err := strconv.Atoi(base[:min(4, len(base))])
		if err != nil || !recordName.MatchString(base) || number <= last {
			number = last + 1
			report("has no number of four digits that is unused; name it %04d-title.md", number)
		}
		last = number
		src, err := fs.ReadFile(root, name)
		require.NoError(t, err)
		match := recordForm.FindStringSubmatch(string(src))
		if match == nil {
			report("has not the form of a record; see %s/README.md", decisions)
			continue
		}
		if match[1] != fmt.Sprint(number) {
			report("has number %s in its title; write %d", match[1], number)
		}
		if match[3] < date {
			report("its date %s is before that of the record in front; give later decisions later numbers", match[3])
		}
		date = match[3]
		short, _, _ := strings.Cut(base, "-")
		if row := fmt.Sprintf("| [%s](%s) | %s | %s |", short, base, match[2], match[3]); !strings.Contains(string(index), row+"\n") {
			report("is no row of %s/README.md; add %q", decisions, row)
		}
	}
	return problems, len(files)
}
