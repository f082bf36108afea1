package main

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/otelcol"
	"go.yaml.in/yaml/v3"

	"github.com/cowork-otel/collector/distro/configcheck"
)

// TestExamplesAreValid checks that the example configurations have no errors, and no
// warnings but those of variables that only the administrator has, such as keys.
func TestExamplesAreValid(t *testing.T) {
	for name, uri := range examples(t) {
		r := checkAll(t, withDefault(t, uri)...)
		assert.Empty(t, r.Errors, name)
		assert.Empty(t, exceptUnset(r.Warnings), name)
	}
}

// TestOverlaysCombine checks each overlay over the default configuration and with alerts, and
// all of them in one collector: they add no component and no pipeline in common.
func TestOverlaysCombine(t *testing.T) {
	byName := examples(t)
	alerts := byName["alerts-siem.yaml"]
	all, owner, ofDefault := []string{"default:"}, map[string]string{}, map[string]bool{}
	for _, part := range partsOf(t, "yaml:"+defaultText(t)) {
		ofDefault[part] = true // an overlay can configure it
	}
	for _, name := range slices.Sorted(maps.Keys(byName)) {
		data := byName[name]
		uris := withDefault(t, data)
		if len(uris) == 1 {
			continue // a complete configuration
		}
		requireValid(t, name, uris...)
		if name != "alerts-siem.yaml" && len(withDefault(t, alerts)) > 1 {
			requireValid(t, name+" with alerts", append(uris, alerts)...)
		}
		for _, part := range partsOf(t, data) {
			if ofDefault[part] {
				continue
			}
			assert.Empty(t, owner[part], "%s and %s have %s", owner[part], name, part)
			owner[part] = name
		}
		all = append(all, data)
	}
	require.Greater(t, len(all), 1)
	requireValid(t, "all overlays", all...)
}

// partsOf returns the components and pipelines that a configuration declares.
func partsOf(t *testing.T, uri string) (parts []string) {
	t.Helper()
	var sections map[string]map[string]any
	require.NoError(t, yaml.Unmarshal([]byte(strings.TrimPrefix(uri, "yaml:")), &sections))
	for _, section := range []string{"processors", "connectors", "exporters", "extensions"} {
		for id := range sections[section] {
			parts = append(parts, section+"::"+id)
		}
	}
	pipelines, _ := sections["service"]["pipelines"].(map[string]any)
	for id := range pipelines {
		parts = append(parts, "pipelines::"+id)
	}
	return parts
}

// defaultText returns the default configuration.
func defaultText(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("distro/config.yaml")
	require.NoError(t, err)
	return string(text)
}

func requireValid(t *testing.T, name string, uris ...string) {
	t.Helper()
	r := checkAll(t, uris...)
	require.Empty(t, r.Errors, name)
	require.Empty(t, exceptUnset(r.Warnings), name)
}

// exceptUnset returns the warnings besides those of variables that are not set.
func exceptUnset(warnings []configcheck.Problem) []configcheck.Problem {
	return slices.DeleteFunc(warnings, func(p configcheck.Problem) bool { return strings.Contains(p.Text, "its default is a placeholder") })
}

// examples returns the locations of the examples by their file names. They name files below
// the root, which is the working directory of the test from now on.
func examples(t *testing.T) map[string]string {
	t.Helper()
	t.Chdir("../..")
	files, err := filepath.Glob("distro/examples/*.yaml")
	require.NoError(t, err)
	byName := map[string]string{}
	for _, file := range files {
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		byName[filepath.Base(file)] = "yaml:" + string(data)
	}
	require.NotEmpty(t, byName)
	return byName
}

// withDefault returns the locations that the command uses. An example that changes the
// receivers of the default has a comment with the command.
func withDefault(t *testing.T, uris ...string) []string {
	t.Helper()
	if strings.Contains(uris[0], "otelcol-cowork --config default: --config ") {
		return append([]string{"default:"}, uris...)
	}
	var set otelcol.CollectorSettings
	set.ConfigProviderSettings.ResolverSettings.ProviderFactories = providers
	return configcheck.WithDefault(t.Context(), set, uris)
}

// TestReadmeSample checks the output in distro/README.md.
func TestReadmeSample(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	require.NoError(t, err)
	sample := regexp.MustCompile("(?s)--config mine.yaml\n(the configuration has .*?)\n```").FindSubmatch(readme)
	require.NotNil(t, sample)
	r := check(t, `{processors: {cowork_correlation: {idle_timeout: 5}}, exporters: {otlp_http: {endpoint: "https://otlp.example.com", headers: {authorization: "${env:BACKEND_TOKEN}"}}}, service: {pipelines: {metrics: {exporters: [otlp_http]}}}}`)
	require.EqualError(t, r.Err(), string(sample[1]))
}

// TestUserInURL checks that a password that metrics would show is warned of, without it.
func TestUserInURL(t *testing.T) {
	r := check(t, `{exporters: {otlp_http: {endpoint: "https://collector:hunter2@otlp.example.com"}}, service: {pipelines: {metrics: {exporters: [otlp_http]}}}}`)
	require.NoError(t, r.Err())
	require.Len(t, r.Warnings, 1)
	require.Equal(t, "exporters::otlp_http: endpoint: contains a user or a password, which the collector's own metrics show (use auth with the extension basicauth)", r.Warnings[0].String())
	require.Equal(t, "https://***@otlp.example.com", r.Secrets.Replacer().Replace("https://collector:hunter2@otlp.example.com"))
}
