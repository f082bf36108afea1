package e2e

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var (
	// consoleFence matches a block of commands that a test runs, with the words after its
	// language.
	consoleFence = regexp.MustCompile("(?ms)^([ ]*)```console ([^\n]*)\n(.*?)^[ ]*```")
	// fileFence matches a block that is a file.
	fileFence = regexp.MustCompile("(?ms)^([ ]*)```\\w+ [^\n]*\\bfile=(\\S+)[^\n]*\n(.*?)^[ ]*```")
	// varying matches what differs between two runs of a command with a collector.
	varying = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}` +
		`|\b[0-9a-f]{32}\b|\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[.\d]*Z?|\b\d+(\.\d+)?m?s\b|\bseconds=\S+ events/s=\d+|200 OK +\d+|\bbytes=\d+`)
	spaces = regexp.MustCompile(`[ \t]+`)
)

// anyOutput is a line of a guide that matches any number of lines.
const anyOutput = "…"

// TestGuides runs the commands that guides show, and compares their output. A block runs if
// its fence has a word after console:
//
//   - run: without a collector; the output is compared exactly.
//   - live: with a collector of the default configuration. Times, durations and random ids
//     are not compared.
//
// All blocks of a page run in one folder, in the order of the page. It has the folders of
// the repository, and the blocks of the page with file=NAME after the language.
func TestGuides(t *testing.T) {
	pages := 0
	require.NoError(t, filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "testdata" || d.Name() == ".git"):
			return filepath.SkipDir
		case filepath.Ext(file) != ".md":
			return nil
		}
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		if consoleFence.Match(text) {
			pages++
			name, err := filepath.Rel(root, file)
			require.NoError(t, err)
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				runPage(t, string(text))
			})
		}
		return nil
	}))
	require.Positive(t, pages, "no pages found: is this run in the package's folder?")
}

// runPage runs the blocks of a page.
func runPage(t *testing.T, text string) {
	t.Helper()
	folder := t.TempDir()
	for _, name := range []string{"testdata", "distro", "docs", "internal", "processor", "connector", "exporter"} {
		target, err := filepath.Abs(filepath.Join(root, name))
		require.NoError(t, err)
		require.NoError(t, os.Symlink(target, filepath.Join(folder, name)))
	}
	require.NoError(t, os.Symlink(commands, filepath.Join(folder, "bin")))
	for _, m := range fileFence.FindAllStringSubmatch(text, -1) {
		require.NoError(t, os.WriteFile(filepath.Join(folder, m[2]), []byte(unindented(m[3], m[1])), 0o600))
	}
	var c *collector
	for _, m := range consoleFence.FindAllStringSubmatch(text, -1) {
		block := unindented(m[3], m[1])
		switch kind := strings.Fields(m[2])[0]; kind {
		case "run":
			runBlock(t, folder, block, nil)
		case "live":
			if c == nil {
				c = start(t, embedded)
				require.NoError(t, os.Symlink(c.data, filepath.Join(folder, "data")))
			}
			runBlock(t, folder, block, c)
		default:
			require.Fail(t, "unknown kind of block", "%q is neither run nor live", kind)
		}
	}
}

// unindented returns the lines of a block in a list without their indentation.
func unindented(block, indent string) string {
	return strings.ReplaceAll("\n"+block, "\n"+indent, "\n")[1:]
}

// runBlock runs the commands of a block, and compares their output.
func runBlock(t *testing.T, folder, block string, c *collector) {
	t.Helper()
	steps := strings.Split("\n"+block, "\n$ ")
	require.Empty(t, steps[0], "a block begins with a command")
	for _, shown := range steps[1:] {
		line, want, _ := strings.Cut(shown, "\n")
		for strings.HasSuffix(line, "\\") {
			var more string
			more, want, _ = strings.Cut(want, "\n")
			line += "\n" + more
		}
		program := strings.Fields(line)[0]
		if _, err := exec.LookPath(program); err != nil && !strings.HasPrefix(program, "bin/") {
			t.Skipf("no command %s: install it", program)
		}
		cmd := exec.Command("sh", "-c", line)
		cmd.Dir = folder
		if c != nil {
			cmd = exec.Command("sh", "-c", c.addresses().Replace(line))
			cmd.Dir, cmd.Env = folder, append(os.Environ(), c.env()...)
		}
		out, _ := cmd.CombinedOutput() // a command may show how it fails
		got := strings.TrimSpace(string(out))
		if c != nil {
			got, want = steady(got, c), steady(want, c)
		}
		assert.Regexp(t, pattern(want), got, "$ %s", line)
	}
}

// addresses replaces the addresses of the default configuration by those of a collector.
func (c *collector) addresses() *strings.Replacer {
	return strings.NewReplacer("localhost:4317", c.grpc, "localhost:4318", c.http, "localhost:4320", c.page, "localhost:8888", c.metrics, "localhost:13133", c.health)
}

// steady removes from an output what differs between two runs.
func steady(out string, c *collector) string {
	out = varying.ReplaceAllString(c.addresses().Replace(out), "*")
	return spaces.ReplaceAllString(out, " ")
}

// pattern returns the expression for an output in which a line can match others.
func pattern(want string) *regexp.Regexp {
	parts := strings.Split("\n"+strings.TrimSpace(want)+"\n", "\n"+anyOutput+"\n")
	for i, part := range parts {
		parts[i] = regexp.QuoteMeta(strings.TrimSpace(part))
	}
	return regexp.MustCompile(`(?s)^` + strings.Join(parts, `\n?.*?\n?`) + `$`)
}
