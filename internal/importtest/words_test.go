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

// TestWords checks the words of all comments in hand-written Go files.
func TestWords(t *testing.T) {
	w, err := readWording(repository)
	require.NoError(t, err)
	require.Greater(t, w.lines, 1000, "no comments found: is this run in the package's folder?")
	if problem := w.problem(); problem != "" {
		t.Error(problem)
	}
}

func TestWordsFixture(t *testing.T) {
	w, err := readWording(fixture(map[string]string{
		"a/a.go":           "// Package a does one thing.\npackage a\n\n// add says\n// what it is told.\nfunc add() {}\n",
		"a/a_test.go":      "package a\n\n// Nobody counts tests.\n",
		"a/generated_a.go": "package a\n\n// Nobody counts generated code.\n",
	}))
	require.NoError(t, err)
	require.Equal(t, 3, w.lines)
	require.Equal(t, "66.7 literary words per 100 comment lines (at most 1.0); rewrite these comments as CONTRIBUTING.md, \"Words\", describes:\n"+
		"  a/a.go:4: \"says\"\n  a/a.go:5: \"told\"", w.problem())

	w, err = readWording(fixture(map[string]string{"a/a.go": "// Package a does one thing.\npackage a\n"}))
	require.NoError(t, err)
	require.Empty(t, w.problem())
}

// wording holds the comment lines of a tree and the literary words in them.
type wording struct {
	lines    int
	findings []string
}

func readWording(root fs.FS) (*wording, error) {
	w := &wording{}
	return w, handWritten(root, w.countFile)
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

// problem describes the literary words if there are too many, or returns "".
func (w *wording) problem() string {
	rate := 100 * float64(len(w.findings)) / float64(max(1, w.lines))
	if rate <= maxLiterary {
		return ""
	}
	list := w.findings
	if len(list) > maxFindings {
		list = append(list[:maxFindings:maxFindings], fmt.Sprintf("and %d more", len(list)-maxFindings))
	}
	return fmt.Sprintf("%.1f literary words per 100 comment lines (at most %.1f); rewrite these comments as CONTRIBUTING.md, \"Words\", describes:\n  %s",
		rate, maxLiterary, strings.Join(list, "\n  "))
}
