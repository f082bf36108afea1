package importtest

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const (
	// wayPage is the page that shows the way of a record.
	wayPage = "internal/README.md"
	// maxHops is how many hops a way may have.
	maxHops = 12
)

// hop matches a hop of a way: a numbered line with package, function and what the
// function does.
var hop = regexp.MustCompile("^\\d+\\. `([^`]+)`: `([^`]+)`: .+")

// placeRow matches a row of the table of places: question, package and function.
var placeRow = regexp.MustCompile("(?m)^\\| [^|]+ \\| `([^`|]+)` \\| `([^`|]+)` \\|$")

// TestHops checks that every function that the way of a record and the table of places
// name exists in the package that they name.
func TestHops(t *testing.T) {
	src, err := fs.ReadFile(repository, wayPage)
	require.NoError(t, err)
	places := placeRow.FindAllStringSubmatch(string(src), -1)
	require.GreaterOrEqual(t, len(places), 15)
	for _, row := range places {
		require.Contains(t, functions(repository, row[1]), row[2], "package %s", row[1])
	}
	for _, problem := range hopProblems(repository, string(src)) {
		t.Error(problem)
	}
}

func TestHopsFixture(t *testing.T) {
	root := fixture(map[string]string{
		"a/a.go":      "package a\n\ntype T struct{}\n\nfunc (*T) Add() {}\nfunc New() *T { return nil }\n",
		"a/a_test.go": "package a\n\nfunc testOnly() {}\n",
	})
	way := "# internal\n\n## The way of a record\n\n### One\n\n1. `a`: `New`: makes.\n2. `a`: `T.Add`: adds.\n3. `a`: `Add`: is a method.\n" +
		"### Two\n\n1. `b`: `New`: is in no package.\n2. `a`: `testOnly`: is in a test.\n3. a: no hop\n### Three\n\nNothing.\n\n## Else\n\n1. not a hop\n"
	require.Equal(t, []string{
		wayPage + ":9: package a has no function Add; name the function that does this step",
		wayPage + ":12: package b has no function New; name the function that does this step",
		wayPage + ":13: package a has no function testOnly; name the function that does this step",
		wayPage + ":14: is no hop; write \"1. `package`: `function` or `Type.method`: what it does.\"",
		wayPage + ":15: Three has 0 hops; write 1 to 12",
	}, hopProblems(root, way))
}

// hopProblems checks the section on the way of a record.
func hopProblems(root fs.FS, page string) (problems []string) {
	const title = "## The way of a record"
	before, section, found := strings.Cut(page, title+"\n")
	if !found {
		return []string{wayPage + ": has no section " + title}
	}
	section, _, _ = strings.Cut(section, "\n## ")
	way, wayLine, hops, ways := "", 0, 0, 0
	endWay := func() {
		if way != "" && (hops == 0 || hops > maxHops) {
			problems = append(problems, fmt.Sprintf("%s:%d: %s has %d hops; write 1 to %d", wayPage, wayLine, way, hops, maxHops))
		}
	}
	first := strings.Count(before, "\n") + 2
	for i, line := range strings.Split(section, "\n") {
		if name, ok := strings.CutPrefix(line, "### "); ok {
			endWay()
			way, wayLine, hops = name, first+i, 0
			ways++
		} else if numbered.MatchString(line) {
			hops++
			if problem := hopProblem(root, line); problem != "" {
				problems = append(problems, fmt.Sprintf("%s:%d: %s", wayPage, first+i, problem))
			}
		}
	}
	endWay()
	if ways != 3 {
		problems = append(problems, fmt.Sprintf("%s: %s has %d ways; write 3", wayPage, title, ways))
	}
	return problems
}

var numbered = regexp.MustCompile(`^\d+\. `)

// hopProblem returns what is wrong with a hop, or "".
func hopProblem(root fs.FS, line string) string {
	match := hop.FindStringSubmatch(line)
	if match == nil {
		return "is no hop; write \"1. `package`: `function` or `Type.method`: what it does.\""
	}
	pkg, function := match[1], match[2]
	if functions(root, pkg)[function] {
		return ""
	}
	return fmt.Sprintf("package %s has no function %s; name the function that does this step", pkg, function)
}

// functions returns the functions of a package, and its methods as Type.method.
func functions(root fs.FS, pkg string) map[string]bool {
	names := map[string]bool{}
	files, _ := fs.Glob(root, path.Join(pkg, "*.go"))
	for _, name := range files {
		src, err := fs.ReadFile(root, name)
		if err != nil || strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, src, parser.SkipObjectResolution)
		if err != nil {
			continue
		}
		for _, decl := range f.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok {
				names[strings.TrimPrefix(receiverOf(fn)+"."+fn.Name.Name, ".")] = true
			}
		}
	}
	return names
}
