package importtest

import (
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
)

// repository is the root of the module.
var repository = os.DirFS("../..")

// goFiles calls f with every Go file of the module that is not a test.
func goFiles(t *testing.T, f func(name string, src []byte)) {
	t.Helper()
	require.NoError(t, eachFile(repository, ".go", func(name string, src []byte) error {
		if !strings.HasSuffix(name, "_test.go") {
			f(name, src)
		}
		return nil
	}))
}

// eachFile calls f with every file that has a suffix, outside testdata and hidden
// folders.
func eachFile(root fs.FS, suffix string, f func(name string, src []byte) error) error {
	return fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "testdata" || name != "." && strings.HasPrefix(d.Name(), ".")):
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(name, suffix):
			return nil
		}
		src, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		return f(name, src)
	})
}

// handWritten calls f with every Go file that counts for the measures of words and
// shapes: no tests, and nothing that mdatagen writes.
func handWritten(root fs.FS, f func(name string, src []byte) error) error {
	return eachFile(root, ".go", func(name string, src []byte) error {
		base := path.Base(name)
		if strings.HasSuffix(base, "_test.go") || strings.HasPrefix(base, "generated_") || strings.Contains(name, "/metadata") {
			return nil
		}
		return f(name, src)
	})
}

// fixture returns a small tree of files for tests of the checks themselves.
func fixture(files map[string]string) fs.FS {
	root := fstest.MapFS{}
	for name, text := range files {
		root[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return root
}
