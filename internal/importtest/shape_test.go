package importtest

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const (
	// maxMethods is how many methods a type may have.
	maxMethods = 25
	// maxMethodFiles is how many files the methods of a type may be in.
	maxMethodFiles = 4
	// maxSameName is how many functions and methods of the tree may have one name.
	maxSameName = 12
)

// conventions are names that code outside this module prescribes, with what
// prescribes them. Methods that an interface of their own package declares are
// found without a row here.
var conventions = map[string]string{
	"NewFactory": "the collector builder calls it in every component",
	"String":     "fmt.Stringer",
	"Validate":   "confmap.Validator",
}

// exemptTypes are types over the limits that wait for a rewrite of their package.
// Delete a row when its type is within the limits; never add one.
var exemptTypes = []string{}

// TestTypeShape checks that no type has too many methods, or methods in too many
// files.
func TestTypeShape(t *testing.T) {
	s, err := readShape(repository)
	require.NoError(t, err)
	require.Greater(t, len(s.methods), 100, "no types found: is this run in the package's folder?")
	for _, problem := range s.typeProblems(exemptTypes) {
		t.Error(problem)
	}
}

// TestFunctionNames checks that no name is shared by too many functions.
func TestFunctionNames(t *testing.T) {
	s, err := readShape(repository)
	require.NoError(t, err)
	for _, problem := range s.nameProblems() {
		t.Error(problem)
	}
}

func TestShapeFixture(t *testing.T) {
	files := map[string]string{"b/api.go": "package b\n\ntype adder interface{ insert() }\n"}
	var methods strings.Builder
	for i := range maxMethods + 1 {
		fmt.Fprintf(&methods, "func (*large) m%d() {}\n", i)
	}
	files["a/large.go"] = "package a\n\ntype large struct{}\n\n" + methods.String()
	for i := range maxMethodFiles + 1 {
		files[fmt.Sprintf("a/wide%d.go", i)] = fmt.Sprintf("package a\n\nfunc (w wide[T]) w%d() {}\n", i)
	}
	for i := range maxSameName + 1 {
		files[fmt.Sprintf("b/add%d.go", i)] = fmt.Sprintf("package b\n\nfunc (t%d) add() {}\nfunc (t%d) insert() {}\nfunc (t%d) Validate() {}\n", i, i, i)
	}
	s, err := readShape(fixture(files))
	require.NoError(t, err)
	require.Equal(t, []string{
		"a/large.go:5: type large has 26 methods in 1 files (at most 25 in 4); split it by responsibility, or turn methods without state into functions",
		"a/wide0.go:3: type wide has 5 methods in 5 files (at most 25 in 4); split it by responsibility, or turn methods without state into functions",
	}, s.typeProblems(nil))
	require.Empty(t, s.typeProblems([]string{"a.large", "a.wide"}))
	require.Equal(t, []string{`exemptTypes: "b.t0": is within the limits; delete its row`}, s.typeProblems([]string{"a.large", "a.wide", "b.t0"}))
	problems := s.nameProblems()
	require.Len(t, problems, 1)
	require.Contains(t, problems[0], "13 functions are named add (at most 12); name what they add, read or write, such as addEvent:\n  b/add0.go:3\n")
}

// position is where a method or function is declared.
type position struct {
	file string
	line int
}

func (p position) String() string { return fmt.Sprintf("%s:%d", p.file, p.line) }

// shape holds the declarations of a tree.
type shape struct {
	methods    map[string][]position      // by folder and type
	names      map[string][]position      // by name, without methods of interfaces
	interfaces map[string]map[string]bool // method names that interfaces declare, by folder
}

func readShape(root fs.FS) (*shape, error) {
	s := &shape{methods: map[string][]position{}, names: map[string][]position{}, interfaces: map[string]map[string]bool{}}
	set := token.NewFileSet()
	var files []*ast.File
	err := handWritten(root, func(name string, src []byte) error {
		f, err := parser.ParseFile(set, name, src, parser.SkipObjectResolution)
		files = append(files, f)
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		s.addInterfaces(path.Dir(set.Position(f.Pos()).Filename), f)
	}
	for _, f := range files {
		for _, decl := range f.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok {
				at := set.Position(fn.Pos())
				s.addFunction(position{at.Filename, at.Line}, fn)
			}
		}
	}
	return s, nil
}

// addInterfaces collects the methods that the interfaces of a file declare.
func (s *shape) addInterfaces(folder string, f *ast.File) {
	ast.Inspect(f, func(n ast.Node) bool {
		api, ok := n.(*ast.InterfaceType)
		if !ok {
			return true
		}
		for _, method := range api.Methods.List {
			for _, name := range method.Names {
				if s.interfaces[folder] == nil {
					s.interfaces[folder] = map[string]bool{}
				}
				s.interfaces[folder][name.Name] = true
			}
		}
		return true
	})
}

func (s *shape) addFunction(at position, fn *ast.FuncDecl) {
	folder, name := path.Dir(at.file), fn.Name.Name
	if receiver := receiverOf(fn); receiver != "" {
		s.methods[folder+"."+receiver] = append(s.methods[folder+"."+receiver], at)
		if s.interfaces[folder][name] {
			return
		}
	}
	if conventions[name] == "" {
		s.names[name] = append(s.names[name], at)
	}
}

// receiverOf returns the name of a method's type, or "" for a function.
func receiverOf(fn *ast.FuncDecl) string {
	if fn.Recv == nil {
		return ""
	}
	typ := fn.Recv.List[0].Type
	for {
		switch t := typ.(type) {
		case *ast.StarExpr:
			typ = t.X
		case *ast.IndexExpr:
			typ = t.X
		case *ast.IndexListExpr:
			typ = t.X
		case *ast.Ident:
			return t.Name
		default:
			return ""
		}
	}
}

func (s *shape) typeProblems(exempt []string) (problems []string) {
	exceeds := map[string]bool{}
	for _, typ := range sortedKeys(s.methods) {
		methods := s.methods[typ]
		files := map[string]bool{}
		for _, at := range methods {
			files[at.file] = true
		}
		if len(methods) <= maxMethods && len(files) <= maxMethodFiles {
			continue
		}
		exceeds[typ] = true
		if !slices.Contains(exempt, typ) {
			problems = append(problems, fmt.Sprintf("%v: type %s has %d methods in %d files (at most %d in %d); split it by responsibility, or turn methods without state into functions",
				methods[0], strings.TrimPrefix(path.Ext(typ), "."), len(methods), len(files), maxMethods, maxMethodFiles))
		}
	}
	for _, typ := range exempt {
		if !exceeds[typ] {
			problems = append(problems, fmt.Sprintf("exemptTypes: %q: is within the limits; delete its row", typ))
		}
	}
	return problems
}

func (s *shape) nameProblems() (problems []string) {
	for _, name := range sortedKeys(s.names) {
		all := s.names[name]
		if len(all) <= maxSameName {
			continue
		}
		var list strings.Builder
		for _, at := range all {
			fmt.Fprintf(&list, "\n  %v", at)
		}
		problems = append(problems, fmt.Sprintf("%d functions are named %s (at most %d); name what they add, read or write, such as addEvent:%s", len(all), name, maxSameName, list.String()))
	}
	return problems
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
