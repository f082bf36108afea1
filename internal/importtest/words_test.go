package importtest

import (
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// literary matches the words that a comment does not use. They make a reader
// translate: "the batch is refused" needs no translation, "nobody hears of it" does.
var literary = regexp.MustCompile(`(?i)\b(says?|said|tells?|told|stands?|stood|whoever|nobody|somebody|asks?|asked|hears?|heard|speaks?|spoken|beside|heed)\b`)

const (
	// maxLiterary is the limit of literary words per 100 comment lines.
	maxLiterary = 1.0
	// maxFindings is how many findings a failure lists.
	maxFindings = 100
)

// exemptions are folders with a higher limit until they are rewritten, with the
// limit as literary words per 100 comment lines. Lower a limit when the figure of
// its folder falls, never raise one. The shape tests skip these folders.
var exemptions = map[string]float64{
	"internal/pii": 15.5,
	"exporter/coworkdashboardexporter/internal/store": 19,
}

// TestWords checks the words of all comments in hand-written Go files.
func TestWords(t *testing.T) {
	w, err := countWords(repository, exemptions)
	require.NoError(t, err)
	require.Greater(t, w.rest.lines, 1000, "no comments found: is this run in the package's folder?")
	for _, problem := range w.problems() {
		t.Error(problem)
	}
}

func TestWordsFixture(t *testing.T) {
	root := fixture(map[string]string{
		"a/a.go":           "// Package a does one thing.\npackage a\n\n// add says\n// what it is told.\nfunc add() {}\n",
		"a/a_test.go":      "package a\n\n// Nobody counts tests.\n",
		"a/generated_a.go": "package a\n\n// Nobody counts generated code.\n",
		"old/old.go":       "package old\n\n// Whoever\n// asks.\n",
	})
	w, err := countWords(root, map[string]float64{"old": 100, "gone": 5})
	require.NoError(t, err)
	require.Equal(t, usage{lines: 3, words: 2}, w.rest.usage())
	require.Equal(t, []string{
		"66.7 literary words per 100 comment lines (at most 1.0); rewrite these comments as CONTRIBUTING.md, \"Words\", describes:\n" +
			"  a/a.go:4: \"says\"\n  a/a.go:5: \"told\"",
		"exemptions: \"gone\": is within the general limit; delete its row",
	}, w.problems())

	w, err = countWords(root, map[string]float64{"a": 70, "old": 50})
	require.NoError(t, err)
	require.Equal(t, []string{
		"old: 100.0 literary words per 100 comment lines (at most 50.0); rewrite these comments as CONTRIBUTING.md, \"Words\", describes:\n" +
			"  old/old.go:3: \"Whoever\"\n  old/old.go:4: \"asks\"",
	}, w.problems())
}

type usage struct{ lines, words int }

func (u usage) rate() float64 { return 100 * float64(u.words) / float64(max(1, u.lines)) }

// wording holds the comment lines and the findings of a part of the tree.
type wording struct {
	lines    int
	findings []string
}

func (w *wording) usage() usage { return usage{w.lines, len(w.findings)} }

// exceeds returns the problem that a part has too many literary words, or "".
func (w *wording) exceeds(prefix string, limit float64) string {
	rate := w.usage().rate()
	if rate <= limit {
		return ""
	}
	list := w.findings
	if len(list) > maxFindings {
		list = append(list[:maxFindings:maxFindings], fmt.Sprintf("and %d more", len(list)-maxFindings))
	}
	return fmt.Sprintf("%s%.1f literary words per 100 comment lines (at most %.1f); rewrite these comments as CONTRIBUTING.md, \"Words\", describes:\n  %s",
		prefix, rate, limit, strings.Join(list, "\n  "))
}

// wordCount separates the exempted folders from the rest of the tree.
type wordCount struct {
	limits map[string]float64
	exempt map[string]*wording
	rest   wording
}

func countWords(root fs.FS, limits map[string]float64) (*wordCount, error) {
	w := &wordCount{limits: limits, exempt: map[string]*wording{}}
	for folder := range limits {
		w.exempt[folder] = &wording{}
	}
	err := handWritten(root, func(name string, src []byte) error {
		part := &w.rest
		if folder := exemption(limits, name); folder != "" {
			part = w.exempt[folder]
		}
		return part.countFile(name, src)
	})
	return w, err
}

// exemption returns the exempted folder that holds a file, or "".
func exemption(limits map[string]float64, name string) string {
	for folder := range limits {
		if strings.HasPrefix(name, folder+"/") {
			return folder
		}
	}
	return ""
}

func (w *wording) countFile(name string, src []byte) error {
	files := token.NewFileSet()
	f, err := parser.ParseFile(files, name, src, parser.ParseComments)
	if err != nil {
		return err
	}
	for _, group := range f.Comments {
		for _, comment := range group.List {
			first := files.Position(comment.Pos()).Line
			for i, line := range strings.Split(comment.Text, "\n") {
				w.lines++
				for _, word := range literary.FindAllString(line, -1) {
					w.findings = append(w.findings, fmt.Sprintf("%s:%d: %q", name, first+i, word))
				}
			}
		}
	}
	return nil
}

// problems returns what is above its limit, and exemptions that are not needed.
func (w *wordCount) problems() (problems []string) {
	if problem := w.rest.exceeds("", maxLiterary); problem != "" {
		problems = append(problems, problem)
	}
	for _, folder := range sortedKeys(w.exempt) {
		part := w.exempt[folder]
		switch problem := part.exceeds(folder+": ", w.limits[folder]); {
		case problem != "":
			problems = append(problems, problem)
		case part.usage().rate() <= maxLiterary:
			problems = append(problems, fmt.Sprintf("exemptions: %q: is within the general limit; delete its row", folder))
		}
	}
	return problems
}
