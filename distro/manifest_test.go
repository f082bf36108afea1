package distro

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
	"golang.org/x/mod/modfile"
)

const (
	module        = "github.com/cowork-otel/collector"
	betaVersion   = "v0.158.0"
	stableVersion = "v1.64.0"
)

// A manifest holds the modules of builder-config.yaml.
type manifest struct {
	Receivers, Processors, Connectors, Exporters, Extensions, Providers []component
}

type component struct{ Gomod, Import string }

func (m manifest) all() (all []component) {
	for _, kind := range [][]component{m.Receivers, m.Processors, m.Connectors, m.Exporters, m.Extensions, m.Providers} {
		all = append(all, kind...)
	}
	return all
}

func readManifest(t *testing.T) (m manifest) {
	t.Helper()
	data, err := os.ReadFile("../builder-config.yaml")
	require.NoError(t, err)
	require.NoError(t, yaml.Unmarshal(data, &m))
	require.NotEmpty(t, m.all())
	return m
}

func readGoMod(t *testing.T) map[string]string {
	t.Helper()
	data, err := os.ReadFile("../go.mod")
	require.NoError(t, err)
	file, err := modfile.Parse("go.mod", data, nil)
	require.NoError(t, err)
	require.Empty(t, file.Replace, "a replaced module is not the verified one")
	versions := map[string]string{}
	for _, r := range file.Require {
		versions[r.Mod.Path] = r.Mod.Version
	}
	return versions
}

// TestManifestVersions checks that go.mod has the versions of the manifest.
func TestManifestVersions(t *testing.T) {
	required := readGoMod(t)
	for _, c := range readManifest(t).all() {
		path, version, ok := strings.Cut(c.Gomod, " ")
		require.True(t, ok, "%q has no version", c.Gomod)
		if path != module {
			assert.Equal(t, version, required[path], "%s: builder-config.yaml and go.mod disagree", path)
		}
	}
}

// TestOneCollectorVersion checks that all modules of the collector are of one release,
// since only these resolve together.
func TestOneCollectorVersion(t *testing.T) {
	for path, version := range readGoMod(t) {
		switch {
		case strings.HasPrefix(path, "go.opentelemetry.io/collector"):
			assert.Contains(t, []string{betaVersion, stableVersion}, version, path)
		case strings.HasPrefix(path, "github.com/open-telemetry/opentelemetry-collector-contrib/"):
			assert.Equal(t, betaVersion, version, path)
		}
	}
}

// TestManifestFolders checks that every component of this module is in the
// distribution, and that the distribution has no other.
func TestManifestFolders(t *testing.T) {
	m := readManifest(t)
	for folder, listed := range map[string][]component{"processor": m.Processors, "connector": m.Connectors, "exporter": m.Exporters, "extension": m.Extensions} {
		var have, want []string
		files, err := filepath.Glob("../" + folder + "/*/metadata.yaml")
		require.NoError(t, err)
		for _, file := range files {
			have = append(have, module+"/"+folder+"/"+filepath.Base(filepath.Dir(file)))
		}
		for _, c := range listed {
			if strings.HasPrefix(c.Gomod, module+" ") && !strings.HasPrefix(c.Import, module+"/distro/") { // a stock one is wrapped there
				want = append(want, c.Import)
			}
		}
		assert.ElementsMatch(t, have, want, "the folders of %s/ and builder-config.yaml disagree", folder)
	}
}

// TestGeneratedSources checks that the committed sources equal those that make
// generate writes from the manifest.
func TestGeneratedSources(t *testing.T) {
	config, err := os.ReadFile("../builder-config.yaml")
	require.NoError(t, err)
	dir := t.TempDir()
	other := strings.Replace(string(config), "output_path: ./distro/otelcol-cowork", "output_path: "+dir+"/out", 1)
	require.NotEqual(t, string(config), other, "output_path has an unexpected form")
	file := filepath.Join(dir, "builder-config.yaml")
	require.NoError(t, os.WriteFile(file, []byte(other), 0o600))

	cmd := exec.Command("go", "tool", "builder", "--skip-get-modules", "--skip-compilation", "--config", file)
	cmd.Dir = ".."
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)

	cmd = exec.Command("go", "run", "./lifecycle/install", filepath.Join(dir, "out"))
	out, err = cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)

	generated, err := filepath.Glob(filepath.Join(dir, "out", "*.go"))
	require.NoError(t, err)
	require.NotEmpty(t, generated)
	for _, file := range generated {
		want, err := os.ReadFile(file)
		require.NoError(t, err)
		got, err := os.ReadFile(filepath.Join("otelcol-cowork", filepath.Base(file)))
		require.NoError(t, err)
		assert.Equal(t, string(want), string(got), "%s is not up to date: make generate", filepath.Base(file))
	}
}
