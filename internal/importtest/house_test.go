package importtest

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// maxLines is the maximum length of a hand-written file.
const maxLines = 300

// clock lists the functions of package time that read the clock or wait.
var clock = []string{"Now", "Since", "Until", "Sleep", "After", "AfterFunc", "Tick", "NewTicker", "NewTimer"}

// allowedImpure are the packages below internal that may do some of it: the
// runtime of components has their loop, and its test helpers have a test clock.
var allowedImpure = map[string][]string{
	"internal/stateful":              {"starts a goroutine", "calls time.NewTicker"},
	"internal/stateful/statefultest": {"calls time.Sleep", "calls time.Until"},
	"internal/postgrestest":          {"starts a goroutine", "calls time.After"},
}

// TestPure checks that the packages below internal start no goroutine, never
// read the clock and register nothing: their callers pass the time, so that
// their tests run without waiting.
func TestPure(t *testing.T) {
	goFiles(t, func(name string, src []byte) {
		if !strings.HasPrefix(name, "internal/") {
			return
		}
		files := token.NewFileSet()
		f, err := parser.ParseFile(files, name, src, 0)
		require.NoError(t, err)
		ast.Inspect(f, func(n ast.Node) bool {
			if why := impure(n); why != "" && !slices.Contains(allowedImpure[path.Dir(name)], why) {
				t.Errorf("%v: %s (callers pass the time; a table replaces init)", files.Position(n.Pos()), why)
			}
			return true
		})
	})
}

func impure(n ast.Node) string {
	switch n := n.(type) {
	case *ast.GoStmt:
		return "starts a goroutine"
	case *ast.FuncDecl:
		if n.Recv == nil && n.Name.Name == "init" {
			return "has an init function"
		}
	case *ast.SelectorExpr:
		if x, ok := n.X.(*ast.Ident); ok && x.Name == "time" && slices.Contains(clock, n.Sel.Name) {
			return "calls time." + n.Sel.Name
		}
	}
	return ""
}

// TestFileLength checks that every hand-written file has at most maxLines lines.
func TestFileLength(t *testing.T) {
	goFiles(t, func(name string, src []byte) {
		if lines := bytes.Count(src, []byte("\n")); lines > maxLines && !generated(src) {
			t.Errorf("%s: has %d lines (at most %d: split it by responsibility)", name, lines, maxLines)
		}
	})
}

// TestPackageDoc checks that every package has exactly one package comment.
func TestPackageDoc(t *testing.T) {
	docs := map[string]int{}
	goFiles(t, func(name string, src []byte) {
		f, err := parser.ParseFile(token.NewFileSet(), name, src, parser.PackageClauseOnly|parser.ParseComments)
		require.NoError(t, err)
		docs[path.Dir(name)] += 0
		if f.Doc != nil {
			docs[path.Dir(name)]++
		}
	})
	for pkg, n := range docs {
		if n != 1 && !strings.Contains(pkg, "/internal/metadata") {
			t.Errorf("%s: has %d package docs, want one", pkg, n)
		}
	}
}

// generated reports whether the file's header marks it as written by a program.
func generated(src []byte) bool {
	head, _, _ := bytes.Cut(src, []byte("\npackage "))
	return bytes.Contains(head, []byte("DO NOT EDIT"))
}
