package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

const generated = `package main

import (
	"go.opentelemetry.io/collector/otelcol"
)

func runInteractive(params otelcol.CollectorSettings) error {
	cmd := otelcol.NewCommand(params)
`

const generatedService = `package main

import (
	"go.opentelemetry.io/collector/otelcol"
)

func run(params otelcol.CollectorSettings) error {
	if err := svc.Run("", otelcol.NewSvcHandler(params)); err != nil {
`

func TestInstall(t *testing.T) {
	dir := t.TempDir()
	main := filepath.Join(dir, "main.go")
	require.ErrorContains(t, install(dir), "generate the sources first")

	require.NoError(t, os.WriteFile(main, []byte(generated), 0o600))
	require.ErrorContains(t, install(dir), "main_windows.go")
	require.NoError(t, os.WriteFile(filepath.Join(dir, "main_windows.go"), []byte(generatedService), 0o600))
	require.NoError(t, install(dir))
	service, err := os.ReadFile(filepath.Join(dir, "main_windows.go"))
	require.NoError(t, err)
	require.Contains(t, string(service), `svc.Run("", lifecycle.NewServiceHandler(params))`)
	first, err := os.ReadFile(main)
	require.NoError(t, err)
	require.Contains(t, string(first), "\t\"go.opentelemetry.io/collector/otelcol\"\n\t\"github.com/cowork-otel/collector/distro/lifecycle\"\n")
	require.Contains(t, string(first), "cmd := lifecycle.NewCommand(params)")
	require.FileExists(t, filepath.Join(dir, "defaults.go"))

	require.NoError(t, install(dir), "a second time")
	second, err := os.ReadFile(main)
	require.NoError(t, err)
	require.Equal(t, string(first), string(second))
}

// TestOtherForm checks that the sources of another builder are refused and not changed.
func TestOtherForm(t *testing.T) {
	dir := t.TempDir()
	const other = "package main\n\nimport (\n\t\"go.opentelemetry.io/collector/otelcol\"\n)\n\nvar cmd = otelcol.New(params)\n"
	require.NoError(t, os.WriteFile(filepath.Join(dir, "main.go"), []byte(other), 0o600))
	require.ErrorContains(t, install(dir), `main.go: does not contain "otelcol.NewCommand(params)" once`)
	kept, err := os.ReadFile(filepath.Join(dir, "main.go"))
	require.NoError(t, err)
	require.Equal(t, other, string(kept))
	require.NoFileExists(t, filepath.Join(dir, "defaults.go"))
}
