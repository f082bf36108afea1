package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestExamplesAreValid checks that the example configurations have no errors and no
// warnings, with and without the variables that they read.
func TestExamplesAreValid(t *testing.T) {
	files, err := filepath.Glob("../examples/*.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	t.Chdir("../..") // the examples name files below the root
	for _, file := range files {
		data, err := os.ReadFile(filepath.Join("distro", strings.TrimPrefix(file, "../")))
		require.NoError(t, err)
		r := checkAll(t, "yaml:"+string(data))
		assert.Empty(t, r.Errors, file)
		assert.Empty(t, r.Warnings, file)
	}
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
