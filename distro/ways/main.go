package main

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// ways are the records that are followed, by the name of their test.
var ways = []struct{ name, about string }{
	{"Attribute", "a tool_parameters attribute through cowork_event and cowork_redaction"},
	{"Alert", "an api_error through cowork_rules and cowork_alert to an Alertmanager"},
	{"Figure", "an api_request through cowork_dashboard to its figure on the page"},
}

const (
	module   = "github.com/cowork-otel/collector/"
	packages = "./internal/...,./processor/...,./connector/...,./exporter/..."
)

func main() {
	verbose := flag.Bool("v", false, "list the files with their functions")
	flag.Parse()
	if err := report(os.Stdout, *verbose); err != nil {
		fmt.Fprintf(os.Stderr, "ways: %v\n", err)
		os.Exit(1)
	}
}

func report(to io.Writer, verbose bool) error {
	dir, err := os.MkdirTemp("", "ways")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	for _, way := range ways {
		with, err := profile(dir, way.name, "with")
		if err != nil {
			return err
		}
		without, err := profile(dir, way.name, "without")
		if err != nil {
			return err
		}
		files, err := functions(added(with, without))
		if err != nil {
			return err
		}
		n := 0
		for _, names := range files {
			n += len(names)
		}
		fmt.Fprintf(to, "%-9s  %3d files  %3d functions  %s\n", way.name, len(files), n, way.about)
		if verbose {
			for _, file := range slices.Sorted(maps.Keys(files)) {
				fmt.Fprintf(to, "    %s: %s\n", file, strings.Join(files[file], ", "))
			}
		}
	}
	return nil
}

// A block is a stretch of code whose executions are counted.
type block struct {
	file       string
	begin, end int // lines
	place      string
}

// profile runs a test and returns how often each block was executed.
func profile(dir, way, record string) (map[block]int, error) {
	name := filepath.Join(dir, way+record)
	cmd := exec.Command("go", "test", "-count=1", "-run", "^TestWay"+way+"$", "-covermode=count", "-coverpkg="+packages, "-coverprofile="+name, "./distro/ways")
	cmd.Env = append(os.Environ(), recordVariable+"="+record)
	if out, err := cmd.CombinedOutput(); err != nil {
		return nil, errors.Join(fmt.Errorf("TestWay%s %s its record: %w\n%s", way, record, err, out))
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	counts := map[block]int{}
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		if b, n, ok := parseLine(lines.Text()); ok {
			counts[b] += n
		}
	}
	return counts, lines.Err()
}

// recordVariable is the environment variable that selects whether a test sends its
// record.
const recordVariable = "COWORK_WAY_RECORD"

// parseLine parses "path/file.go:12.34,56.78 statements count".
func parseLine(line string) (b block, n int, ok bool) {
	fields := strings.Fields(line)
	if len(fields) != 3 {
		return b, 0, false
	}
	file, place, ok := strings.Cut(strings.TrimPrefix(fields[0], module), ":")
	if !ok {
		return b, 0, false
	}
	begin, end, _ := strings.Cut(place, ",")
	n, err := strconv.Atoi(fields[2])
	return block{file, lineOf(begin), lineOf(end), place}, n, err == nil
}

func lineOf(place string) int {
	line, _, _ := strings.Cut(place, ".")
	n, _ := strconv.Atoi(line)
	return n
}

// added returns the blocks that were executed more often with the record.
func added(with, without map[block]int) (blocks []block) {
	for b, n := range with {
		if n > without[b] {
			blocks = append(blocks, b)
		}
	}
	return blocks
}

// functions returns the functions that the blocks are in, by file.
func functions(blocks []block) (map[string][]string, error) {
	byFile := map[string][]block{}
	for _, b := range blocks {
		byFile[b.file] = append(byFile[b.file], b)
	}
	names := map[string][]string{}
	for file, blocks := range byFile {
		set := token.NewFileSet()
		f, err := parser.ParseFile(set, file, nil, 0)
		if err != nil {
			return nil, err
		}
		for _, decl := range f.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if !ok {
				continue
			}
			begin, end := set.Position(fn.Pos()).Line, set.Position(fn.End()).Line
			if slices.ContainsFunc(blocks, func(b block) bool { return begin <= b.begin && b.end <= end }) {
				names[file] = append(names[file], fn.Name.Name)
			}
		}
	}
	return names, nil
}
