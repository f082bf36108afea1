package main

import (
	"encoding/pem"
	"io/fs"
	"maps"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	alertmanager "github.com/prometheus/alertmanager/config"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component"
	"go.yaml.in/yaml/v3"

	"github.com/cowork-otel/collector/distro/configcheck"
	"github.com/cowork-otel/collector/internal/roster"
)

var (
	// yamlFence matches a block of YAML, with the words after its language.
	yamlFence = regexp.MustCompile("(?ms)^([ ]*)```yaml([^\n]*)\n(.*?)^[ ]*```")
	// required matches a variable without a default.
	required = regexp.MustCompile(`\$\{env:(\w+)\}`)
)

// blockKinds check blocks that are no configuration of the collector, by the word after
// the fence's language.
var blockKinds = map[string]func(t *testing.T, block string){
	"prometheus-rules":    func(t *testing.T, block string) { t.Helper(); promtool(t, block, "check", "rules", "--lint-fatal") },
	"prometheus":          func(t *testing.T, block string) { t.Helper(); promtool(t, block, "check", "config", "--syntax-only") },
	"alertmanager":        checkAlertmanager,
	"alertmanager-routes": checkRoutes,
	"roster":              checkRoster,
	"rules":               checkRules,
	"kubernetes":          checkManifests,
	"helm":                checkMapping,
	"compose":             checkMapping,
	"builder":             checkMapping,
	"other":               checkMapping,
}

// TestYAMLBlocks checks each block of YAML in each Markdown file. A block without a kind is
// a configuration: a complete one if it has receivers and pipelines, else one that is merged
// into the default. A block with the key of one component is a part of its section.
func TestYAMLBlocks(t *testing.T) {
	blocks := 0
	t.Chdir("../..") // configurations name files below the root
	require.NoError(t, filepath.WalkDir(".", func(file string, d fs.DirEntry, err error) error {
		switch {
		case err != nil || d.IsDir() && (d.Name() == "testdata" || d.Name() == ".git"):
			return skipFolder(err)
		case filepath.Ext(file) != ".md":
			return nil
		}
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		for _, m := range yamlFence.FindAllSubmatch(text, -1) {
			blocks++
			block := strings.ReplaceAll("\n"+string(m[3]), "\n"+string(m[1]), "\n")
			t.Run(file, func(t *testing.T) { checkBlock(t, strings.TrimSpace(string(m[2])), block) })
		}
		return nil
	}))
	require.Greater(t, blocks, 30, "no blocks found: is this run in the package's folder?")
}

// skipFolder returns the error of a walk, or skips the folder.
func skipFolder(err error) error {
	if err != nil {
		return err
	}
	return filepath.SkipDir
}

// checkBlock checks one block by the words of its fence: a kind, warns, wrong, and file=NAME.
func checkBlock(t *testing.T, info, block string) {
	t.Helper()
	warns, wrong := false, false
	for word := range strings.FieldsSeq(info) {
		switch {
		case word == "warns":
			warns = true
		case word == "wrong":
			wrong = true
		case strings.HasPrefix(word, "file="):
		case blockKinds[word] != nil:
			blockKinds[word](t, block)
			return
		default:
			require.Fail(t, "unknown kind of block", "%q is none of %q", word, slices.Sorted(maps.Keys(blockKinds)))
		}
	}
	r := checkConfiguration(t, block)
	assert.Equal(t, wrong, len(r.Errors) > 0, "the fence has the word wrong if there are errors: %v\n%s", r.Errors, block)
	assert.Equal(t, warns, len(r.Warnings) > 0, "the fence has the word warns if there are warnings: %v\n%s", r.Warnings, block)
}

func checkConfiguration(t *testing.T, block string) configcheck.Report {
	t.Helper()
	for _, m := range required.FindAllStringSubmatch(block, -1) {
		t.Setenv(m[1], "http://localhost:4318/0123456789abcdef")
	}
	block = withFiles(t, block)
	var top map[string]any
	require.NoError(t, yaml.Unmarshal([]byte(block), &top), "%s", block)
	require.NotEmpty(t, top, "an empty block")
	service, _ := top["service"].(map[string]any)
	factories, err := components()
	require.NoError(t, err)
	set := configcheck.Settings{URIs: []string{"default:", "yaml:" + inSection(t, top, block)}, Providers: providers, Factories: factories, LookupEnv: os.LookupEnv}
	if top["receivers"] != nil && service["pipelines"] != nil {
		set.URIs = set.URIs[1:]
	}
	r := configcheck.Check(t.Context(), set)
	if service == nil { // a part of a configuration, whose exporters are not used
		r.Warnings = slices.DeleteFunc(r.Warnings, func(p configcheck.Problem) bool { return strings.HasPrefix(p.Text, "no pipeline sends to it") })
	}
	return r
}

// withFiles replaces the paths of the files that a check reads.
func withFiles(t *testing.T, block string) string {
	t.Helper()
	block = strings.ReplaceAll(block, "/etc/otelcol-cowork/alertmanager.yml", "distro/examples/alertmanager.yml")
	const path = "/etc/otelcol-cowork/db-ca.crt"
	if !strings.Contains(block, path) {
		return block
	}
	server := httptest.NewTLSServer(nil)
	defer server.Close()
	file := filepath.Join(t.TempDir(), "ca.crt")
	certificate := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	require.NoError(t, os.WriteFile(file, certificate, 0o600))
	return strings.ReplaceAll(block, path, file)
}

// inSection returns a block that begins with the name of a component as a part of the
// section that has such components.
func inSection(t *testing.T, top map[string]any, block string) string {
	t.Helper()
	factories, err := components()
	require.NoError(t, err)
	sections := map[string][]string{}
	addTypes(sections, "receivers", factories.Receivers)
	addTypes(sections, "processors", factories.Processors)
	addTypes(sections, "exporters", factories.Exporters)
	addTypes(sections, "connectors", factories.Connectors)
	addTypes(sections, "extensions", factories.Extensions)
	for name := range top {
		typ, _, _ := strings.Cut(name, "/")
		for section, types := range sections {
			if slices.Contains(types, typ) {
				return section + ":\n  " + strings.ReplaceAll(strings.TrimSpace(block), "\n", "\n  ") + "\n"
			}
		}
	}
	return block
}

// addTypes adds the types of a section's components.
func addTypes[F component.Factory](to map[string][]string, section string, factories map[component.Type]F) {
	for typ := range factories {
		to[section] = append(to[section], typ.String())
	}
}

func promtool(t *testing.T, block string, args ...string) {
	t.Helper()
	binary, err := exec.LookPath("promtool")
	if err != nil {
		t.Skip("no promtool command: install the Debian package prometheus")
	}
	file := filepath.Join(t.TempDir(), "block.yaml")
	require.NoError(t, os.WriteFile(file, []byte(block), 0o600))
	out, err := exec.Command(binary, append(args, file)...).CombinedOutput()
	require.NoError(t, err, "%s", out)
}

func checkAlertmanager(t *testing.T, block string) {
	t.Helper()
	_, err := alertmanager.Load(block)
	require.NoError(t, err, "%s", block)
}

// checkRoutes checks a part of Alertmanager's configuration: routes of receivers that are
// defined elsewhere.
func checkRoutes(t *testing.T, block string) {
	t.Helper()
	var part struct {
		Route struct{ Routes []struct{ Receiver string } }
	}
	require.NoError(t, yaml.Unmarshal([]byte(block), &part))
	receivers := "receivers: [{name: any}"
	for _, r := range part.Route.Routes {
		receivers += ", {name: " + r.Receiver + "}"
	}
	checkAlertmanager(t, receivers+"]\n"+block)
}

func checkRoster(t *testing.T, block string) {
	t.Helper()
	_, err := roster.Parse([]byte(block), roster.YAML, roster.Settings{
		Join:     []string{"user.email", "user.account_uuid", "user.id", "enduser.id", "process.owner"},
		Targets:  []roster.Target{{Column: "name"}, {Column: "team"}, {Column: "cost_center"}},
		Optional: true,
	})
	require.NoError(t, err, "%s", block)
}

// checkRules checks a file of rules for coworkctl alerts, a list or a section.
func checkRules(t *testing.T, block string) {
	t.Helper()
	var list []any
	if yaml.Unmarshal([]byte(block), &list) == nil {
		block = "rules:\n" + block
	}
	block = "connectors:\n  cowork_rules:\n    " + strings.ReplaceAll(strings.TrimSpace(block), "\n", "\n    ") + "\n"
	r := checkConfiguration(t, block)
	require.Empty(t, r.Errors, "%s", block)
	require.Empty(t, r.Warnings, "%s", block)
}

// checkManifests checks that each document is an object of Kubernetes. Their schemas are
// checked where the manifests are.
func checkManifests(t *testing.T, block string) {
	t.Helper()
	for document := range strings.SplitSeq(block, "\n---\n") {
		var object struct {
			APIVersion string `yaml:"apiVersion"`
			Kind       string
		}
		require.NoError(t, yaml.Unmarshal([]byte(document), &object))
		require.NotEmpty(t, object.APIVersion, "%s", document)
		require.NotEmpty(t, object.Kind, "%s", document)
	}
}

func checkMapping(t *testing.T, block string) {
	t.Helper()
	var top map[string]any
	require.NoError(t, yaml.Unmarshal([]byte(block), &top))
	require.NotEmpty(t, top)
}
