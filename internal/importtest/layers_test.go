package importtest

import (
	"go/parser"
	"go/token"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const module = "github.com/cowork-otel/collector/"

// A layer lists what the packages that match a pattern may import in addition to
// the standard library and the packages below their own internal folder. The
// first layer that matches a package is its layer.
type layer struct {
	packages string   // below the module's root
	allow    []string // import paths
}

const (
	pdata     = "go.opentelemetry.io/collector/pdata/..."
	otel      = "go.opentelemetry.io/..."
	contrib   = "github.com/open-telemetry/opentelemetry-collector-contrib/..."
	zap       = "go.uber.org/zap/..."
	libraries = module + "internal/..."
	// The pages and what reads the database do not import each other: both import the report.
	page = "exporter/coworkdashboardexporter/internal/"
)

// A component is an adapter: it never imports another component. Components are
// connected only by a pipeline.
var component = []string{libraries, otel, contrib, zap}

// stored are the packages that write the page's database, or read it.
var stored = []string{
	module + page + "answer/...", module + page + "database/...", module + page + "details", module + page + "eventtest", module + page + "fact",
	module + page + "ingest", module + page + "lookup", module + page + "report",
	module + "internal/setaside", module + "internal/cowork", module + "internal/digest", module + "internal/metric", module + "internal/postgrestest", pdata,
}

var layers = []layer{
	{"internal/importtest", nil},
	{"internal/pii/...", []string{"golang.org/x/sys/cpu", module + "internal/pii/internal/...", module + "internal/regexliteral"}}, // see piiLevels
	{"internal/regexliteral", nil},
	{"internal/digest", nil},
	{"internal/setaside", nil},
	{"internal/audit", nil},
	{"internal/changedfile", []string{module + "internal/problem", module + "internal/stateful", "go.uber.org/zap"}},
	{"internal/yamlerror", []string{"github.com/goccy/go-yaml"}},
	{"internal/tenant", []string{module + "internal/yamlerror", "go.yaml.in/yaml/v3"}},
	{"internal/nearest", nil},
	{"internal/semconv", nil},
	{"internal/shell", nil},
	{"internal/refused", nil},
	{"internal/running", nil},
	{"internal/delivery", []string{module + "internal/digest"}},
	{"internal/problem", nil},
	{"internal/cowork/...", []string{module + "internal/digest", pdata}},
	{"internal/roster", []string{module + "internal/cowork", module + "internal/yamlerror", "go.yaml.in/yaml/v3"}},
	{"internal/prompt/...", []string{module + "internal/cowork", module + "internal/digest", pdata}},
	// Domains are folded as browsers do, which takes the tables of Unicode.
	{"internal/hosts", []string{"golang.org/x/net/idna"}},
	{"internal/egress", []string{module + "internal/cowork", module + "internal/hosts", module + "internal/yamlerror", pdata, "go.yaml.in/yaml/v3"}},
	{"internal/metric/...", []string{module + "internal/cowork", module + "internal/digest", module + "internal/egress", module + "internal/semconv", pdata}},
	{"internal/alert/...", []string{module + "internal/cowork", module + "internal/hosts", pdata, "go.yaml.in/yaml/v3"}},
	{"internal/schema/...", []string{module + "internal/cowork", module + "internal/hosts", module + "internal/schema/...", pdata}},
	// The runtime of components with state imports the collector; its test helpers
	// import what tests do.
	{"internal/stateful", []string{"go.opentelemetry.io/collector/component", "go.opentelemetry.io/collector/consumer/consumererror", "go.opentelemetry.io/collector/extension/xextension/storage", "go.opentelemetry.io/otel/..."}},
	{"internal/stateful/statefultest", []string{module + "internal/cowork", otel}},
	{"internal/postgrestest", []string{"github.com/jackc/pgx/v5/stdlib"}},
	{"processor/...", component},
	{"connector/...", component},
	// The page, from what it stores to what it shows.
	{page + "report/...", nil},
	{page + "fact/...", nil},
	{page + "eventtest/...", []string{module + "internal/cowork", pdata}},
	{page + "details/...", stored},
	{page + "ingest/...", stored},
	{page + "latest/...", []string{module + page + "eventtest", module + page + "report", module + "internal/cowork", module + "internal/pii", pdata}},
	{page + "lookup/...", append(slices.Clip(stored), module+"internal/prompt")},
	{page + "answer/...", stored},
	{page + "alertmanager", []string{module + page + "report"}},
	{page + "panels/...", []string{module + page + "fact", module + page + "report"}},
	{page + "web/...", []string{module + page + "report", module + page + "web/..."}},
	{page + "database/...", []string{module + page + "fact", module + page + "report", module + "internal/setaside", module + "internal/postgrestest", "github.com/jackc/pgx/v5/...", "github.com/pressly/goose/v3/...", "modernc.org/sqlite/..."}},
	{"exporter/coworkalertexporter/...", append([]string{"github.com/prometheus/...", "go.yaml.in/yaml/v3", "golang.org/x/net/netutil"}, component...)},
	{"exporter/...", append([]string{"golang.org/x/net/netutil"}, component...)},
	{"extension/...", component},
	{"distro/...", []string{"..."}},
}

// piiLevels are the packages of the scanner, from the lowest level to the highest. A package
// imports only those of lower levels. internal/pii itself imports all of them.
var piiLevels = [][]string{
	{"text"},
	{"span"},
	{"deobfuscate", "dialplan", "document", "literal", "placeholder", "prefilter"},
	{"detect", "token"},
	{"secret"},
}

// piiLevel returns the level of a package of the scanner, from 1, and 0 of other packages.
func piiLevel(pkg string) int {
	name, found := strings.CutPrefix(pkg, "internal/pii/internal/")
	if !found {
		return 0
	}
	for i, names := range piiLevels {
		if slices.Contains(names, name) {
			return i + 1
		}
	}
	return len(piiLevels) + 1
}

// TestLayers reads the files itself, so that go test knows which files the result
// depends on. With "go list" it would cache a pass after a violation.
func TestLayers(t *testing.T) {
	n := 0
	goFiles(t, func(name string, src []byte) {
		n++
		if strings.HasSuffix(path.Dir(name), "/metadatatest") {
			return // test helpers written by mdatagen
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, src, parser.ImportsOnly)
		require.NoError(t, err)
		for _, spec := range f.Imports {
			imp, err := strconv.Unquote(spec.Path.Value)
			require.NoError(t, err)
			if why := forbidden(path.Dir(name), imp); why != "" {
				t.Errorf("%s: imports %s: %s", name, imp, why)
			}
		}
	})
	require.Greater(t, n, 10, "no files found: is this run in the package's folder?")
}

func TestForbidden(t *testing.T) {
	check := func(pkg, imp string, allowed bool) {
		t.Helper()
		require.Equal(t, allowed, forbidden(pkg, imp) == "", "%s imports %s", pkg, imp)
	}
	check("internal/pii", "strings", true)
	check("internal/pii", "go.opentelemetry.io/collector/pdata/plog", false)
	check("internal/pii", module+"internal/pii/internal/secret", true)
	check("internal/pii/internal/secret", module+"internal/pii/internal/token", true)
	check("internal/pii/internal/token", module+"internal/pii/internal/secret", false)
	check("internal/pii/internal/token", module+"internal/pii/internal/detect", false)
	check("internal/pii/internal/text", module+"internal/pii", false)
	check("internal/pii/internal/span", module+"internal/pii/internal/unknown", false)
	check("processor/a", module+"internal/pii/internal/text", false)
	check("internal/cowork", "go.opentelemetry.io/collector/pdata/plog", true)
	check("internal/cowork", "go.opentelemetry.io/collector/component", false)
	check("internal/cowork", module+"internal/pii", false)
	check("internal/cowork", module+"internal/digest", true)
	check("internal/digest", module+"internal/cowork", false)
	check("processor/a", module+"internal/pii", true)
	check("processor/a", module+"processor/a/internal/metadata", true)
	check("processor/a", module+"processor/b", false)
	check("processor/a", module+"distro", false)
	check("distro/x", module+"processor/b", true)
	check(page+"web", module+page+"report", true)
	check(page+"web", module+page+"store", false)
	check(page+"store", module+page+"web", false)
	check("somewhere", "github.com/x/y", false)
}

// forbidden returns why a package may not import another, or "" if it may.
func forbidden(pkg, imp string) string {
	if std(imp) || strings.HasPrefix(imp, module+pkg+"/internal/") {
		return ""
	}
	if level := piiLevel(strings.TrimPrefix(imp, module)); level > 0 && level >= piiLevel(pkg) {
		return "not on a lower level of piiLevels"
	}
	for _, l := range layers {
		if !match(l.packages, pkg) {
			continue
		}
		for _, allow := range l.allow {
			if match(allow, imp) {
				return ""
			}
		}
		return "not allowed for " + l.packages
	}
	return "the package is in no layer; add one to the table"
}

// match reports whether a path matches a pattern: a path, "prefix/..." or "...".
func match(pattern, path string) bool {
	prefix, tree := strings.CutSuffix(pattern, "...")
	return path == strings.TrimSuffix(prefix, "/") || tree && strings.HasPrefix(path, prefix)
}

// std reports whether a path belongs to the standard library: its first element
// has no dot.
func std(imp string) bool {
	first, _, _ := strings.Cut(imp, "/")
	return !strings.Contains(first, ".")
}
