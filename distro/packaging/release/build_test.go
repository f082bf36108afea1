package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"
)

// buildSmall builds a program with the flags of a release.
func buildSmall(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module small\n\ngo 1.26.0\n"), 0o600))
	source := "package main\n\nimport \"os\"\n\nvar version = \"none\"\n\nfunc main() { os.Stdout.WriteString(\"small version \" + version + \"\\n\") }\n"
	require.NoError(t, os.WriteFile(filepath.Join(dir, "main.go"), []byte(source), 0o600))
	cmd := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w -X main.version=1.2.3", "-o", "small", ".")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOFLAGS=")
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
	return filepath.Join(dir, "small")
}

// TestChecks checks a program as a release checks its binaries, and a test binary, which has
// other settings.
func TestChecks(t *testing.T) {
	here := target{os: runtime.GOOS, arch: runtime.GOARCH}
	small := buildSmall(t)
	require.NoError(t, checkSettings(small, here))
	require.NoError(t, checkStatic(small, here))
	require.NoError(t, checkVersion(t.Context(), small, here, "1.2.3"))
	require.ErrorContains(t, checkVersion(t.Context(), small, here, "1.2.4"), `prints "small version 1.2.3" (want "small version 1.2.4")`)

	elsewhere := target{os: "plan9", arch: "mips"}
	require.ErrorContains(t, checkSettings(small, elsewhere), "built with GO")
	require.NoError(t, checkVersion(t.Context(), small, elsewhere, "1.2.3"))
	require.ErrorContains(t, checkVersion(t.Context(), small, elsewhere, "9.8.7"), "make generate")

	here.variant = fips
	require.ErrorContains(t, checkSettings(small, here), "GOFIPS140")
}

// TestNotStatic checks that a program of the system, which needs a loader, is refused.
func TestNotStatic(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("the programs of this system have another format")
	}
	require.ErrorContains(t, checkStatic("/bin/sh", target{os: "linux"}), "is not static")
}
