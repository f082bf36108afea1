package configcheck

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/confmap"
	"go.opentelemetry.io/collector/confmap/provider/envprovider"
	"go.opentelemetry.io/collector/confmap/provider/fileprovider"
)

// TestSyntax checks the errors of files that are no YAML: each names the file and the line
// of the mistake, where the parser names that of the section. No text of the file is shown.
func TestSyntax(t *testing.T) {
	for text, want := range map[string]string{
		"a:\n  b:\n    c: s3cret\n   d: s3cret\n": "line 4: is not valid YAML: the indentation is not that of the keys above",
		"a: 1\nb:\n   c: s3cret\n  d: s3cret\n":   "line 4: is not valid YAML: the indentation is not that of the keys above",
		"a:\n\tb: s3cret\n":                       "line 2: is not valid YAML: a tab, or a value that needs quotes (indent with spaces)",
		"a: 1\nb: @s3cret\n":                      "line 2: is not valid YAML: a tab, or a value that needs quotes (indent with spaces)",
		"a: 1\nb: \"s3cret\n":                     "line 2: is not valid YAML: a quote is not closed",
		"a: 1\nb:\n  c: [s3cret, y\nd: {e: 1}\n":  "line 4: is not valid YAML: a bracket is not closed",
		"a: 1\nb:\n  c: s3cret: y\n":              "line 3: is not valid YAML: a key is indented too far, or a value with a colon needs quotes",
		"a: 1\nb:\n  c: 1\n  s3cret 2\ne: 3\n":    "line 4: is not valid YAML: a key has no colon",
		"a: 1\nb: s3cret\na: 2\n":                 "line 3: is not valid YAML: a key is there twice",
		"- s3cret\n":                              "has no keys with values (a configuration has sections, such as exporters:)",
		"s3cret\n":                                "has no keys with values (a configuration has sections, such as exporters:)",
		"a:\n  - s3cret\n  b: s3cret\n":           "line 3: is not valid YAML: the indentation is not that of the list above",
	} {
		file := filepath.Join(t.TempDir(), "mine.yaml")
		require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
		r := Check(t.Context(), Settings{URIs: []string{"file:" + file}, Providers: []confmap.ProviderFactory{envprovider.NewFactory(), fileprovider.NewFactory()}})
		require.Equal(t, []Problem{{file, want}}, r.Errors, "%s", text)
	}
}

// TestUnreadable checks the errors of a configuration that cannot be read.
func TestUnreadable(t *testing.T) {
	check := func(uri, want string) {
		t.Helper()
		r := Check(t.Context(), Settings{URIs: []string{uri}, Providers: []confmap.ProviderFactory{envprovider.NewFactory(), fileprovider.NewFactory()}})
		require.Equal(t, []Problem{{"configuration", want}}, r.Errors)
	}
	check("file:none.yaml", "open none.yaml: no such file or directory")
	check("file:default", "open default: no such file or directory (the embedded one is default: with a colon)")
}

// TestUnknownSchemes checks that the key of a reference with an unknown scheme is reported. The
// error named neither the key nor the file.
func TestUnknownSchemes(t *testing.T) {
	check := func(value, key, want string) {
		t.Helper()
		file := filepath.Join(t.TempDir(), "mine.yaml")
		require.NoError(t, os.WriteFile(file, []byte("exporters: {a: {b: ["+value+"]}}"), 0o600))
		r := Check(t.Context(), Settings{URIs: []string{file}, Providers: []confmap.ProviderFactory{envprovider.NewFactory(), fileprovider.NewFactory()}})
		require.Equal(t, []Problem{{key, strings.ReplaceAll(want, "FILE", file)}}, r.Errors)
	}
	check("'${evn:TOKEN}'", "exporters::a::b::0", "has ${…} with an unknown scheme in FILE (did you mean ${env:…}?)")
	check("'x${s3cretword:s3cret}'", "exporters::a::b::0", "has ${…} with an unknown scheme in FILE (env, file and yaml are known; write $${…} for a text)")
}
