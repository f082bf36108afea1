package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestMain runs the tests in the root of the repository, as make package does.
func TestMain(m *testing.M) {
	if err := os.Chdir("../../.."); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

// binaries returns a folder with texts in place of the binaries of a target.
func binaries(t *testing.T, of target) string {
	t.Helper()
	folder := t.TempDir()
	for _, c := range commands {
		require.NoError(t, os.WriteFile(filepath.Join(folder, of.executable(c)), []byte(c+" of "+of.name()), 0o600))
	}
	return folder
}

// written writes the archive of a target, and returns its name and content.
func written(t *testing.T, of target) (string, []byte) {
	t.Helper()
	r := &release{out: t.TempDir(), version: "1.2.3", epoch: 1_700_000_000}
	require.NoError(t, r.archive(of, binaries(t, of)))
	files, err := os.ReadDir(r.out)
	require.NoError(t, err)
	require.Len(t, files, 1, "no part of a file is left")
	content, err := os.ReadFile(filepath.Join(r.out, files[0].Name()))
	require.NoError(t, err)
	return files[0].Name(), content
}

// TestTar reads an archive for linux, and compares it with one that is written again.
func TestTar(t *testing.T) {
	name, content := written(t, target{"linux", "arm64", fips})
	require.Equal(t, "otelcol-cowork_1.2.3_linux_arm64_fips.tar.gz", name)
	_, again := written(t, target{"linux", "arm64", fips})
	require.Equal(t, content, again, "the same files give the same bytes")

	zr, err := gzip.NewReader(bytes.NewReader(content))
	require.NoError(t, err)
	require.True(t, zr.ModTime.IsZero())
	modes, texts := map[string]int64{}, map[string]string{}
	var names []string
	for archive := tar.NewReader(zr); ; {
		h, err := archive.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
		short, found := strings.CutPrefix(h.Name, "otelcol-cowork_1.2.3_linux_arm64_fips/")
		require.True(t, found, "%s: everything is in one folder", h.Name)
		text, err := io.ReadAll(archive)
		require.NoError(t, err)
		names, modes[short], texts[short] = append(names, short), h.Mode, string(text)
		require.Equal(t, time.Unix(1_700_000_000, 0).UTC(), h.ModTime.UTC())
		require.Zero(t, h.Uid+h.Gid)
	}
	require.IsIncreasing(t, names)
	require.Equal(t, "coworkctl of linux_arm64_fips", texts["coworkctl"])
	require.EqualValues(t, 0o755, modes["otelcol-cowork"])
	require.EqualValues(t, 0o644, modes["config.yaml"])
	for _, want := range []string{"README.md", "LICENSE", "THIRD_PARTY_LICENCES", "SECURITY.md", "CHANGELOG.md", "docs/install.md", "examples/secure-gateway.yaml", "systemd/otelcol-cowork.service"} {
		require.NotEmpty(t, texts[want], want)
	}
	require.NotContains(t, names, "service.ps1", "that is for Windows")
}

// TestZip reads an archive for Windows, and compares it with one that is written again.
func TestZip(t *testing.T) {
	name, content := written(t, target{os: "windows", arch: "amd64"})
	require.Equal(t, "otelcol-cowork_1.2.3_windows_amd64.zip", name)
	_, again := written(t, target{os: "windows", arch: "amd64"})
	require.Equal(t, content, again, "the same files give the same bytes")
	zr, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	require.NoError(t, err)
	var names []string
	for _, f := range zr.File {
		require.Equal(t, time.Unix(1_700_000_000, 0).UTC(), f.Modified.UTC())
		names = append(names, strings.TrimPrefix(f.Name, "otelcol-cowork_1.2.3_windows_amd64/"))
	}
	require.Subset(t, names, []string{"otelcol-cowork.exe", "coworkctl.exe", "service.ps1", "config.yaml"})
	require.NotContains(t, names, "systemd/otelcol-cowork.service")
}

// TestSums checks the checksums with sha256sum, and that signatures are left out.
func TestSums(t *testing.T) {
	dir := t.TempDir()
	require.Error(t, writeSums(dir), "there are no files")
	require.NoError(t, os.Mkdir(filepath.Join(dir, "build"), 0o700))
	for _, name := range []string{"b", "a", "SHA256SUMS.sigstore.json", "c.part"} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(name), 0o600))
	}
	require.NoError(t, writeSums(dir))
	require.NoError(t, writeSums(dir), "the file itself is left out")
	sums, err := os.ReadFile(filepath.Join(dir, sumsFile))
	require.NoError(t, err)
	require.Regexp(t, `^[0-9a-f]{64}  a\n[0-9a-f]{64}  b\n$`, string(sums))
	if _, err := exec.LookPath("sha256sum"); err != nil {
		t.Skip("sha256sum is not installed")
	}
	cmd := exec.Command("sha256sum", "--check", sumsFile)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
}

func TestTargets(t *testing.T) {
	all, err := parseTargets(allTargets)
	require.NoError(t, err)
	require.Len(t, all, 6)
	for _, wrong := range []string{"", "linux", "linux/amd64,", "plan9/amd64"} {
		_, err := parseTargets(wrong)
		require.ErrorContains(t, err, "is not a target", wrong)
	}
}

// TestSource reads the version, the time and the toolchain from these sources.
func TestSource(t *testing.T) {
	t.Setenv("SOURCE_DATE_EPOCH", "1700000000")
	t.Setenv("RELEASE_TOOLCHAIN", "")
	r, err := newRelease(t.Context(), "dist")
	require.NoError(t, err)
	require.EqualValues(t, 1_700_000_000, r.epoch)
	require.Regexp(t, `^\d+\.\d+\.\d+`, r.version)
	mod, err := os.ReadFile("go.mod")
	require.NoError(t, err)
	toolchain, err := modToolchain(mod)
	require.NoError(t, err)
	require.Contains(t, r.env, "GOTOOLCHAIN="+toolchain)
	main, err := os.ReadFile("distro/otelcol-cowork/main.go")
	require.NoError(t, err)
	require.Contains(t, string(main), `"`+r.version+`"`, "the command has the version of the manifest")

	_, err = modToolchain([]byte("module x\n"))
	require.ErrorContains(t, err, "no toolchain line")
	_, err = manifestVersion([]byte("dist: {}\n"))
	require.ErrorContains(t, err, "dist::version is missing")
	for _, wrong := range []string{"x", "0", "-1"} {
		_, err = sourceEpoch(t.Context(), wrong)
		require.ErrorContains(t, err, "SOURCE_DATE_EPOCH", wrong)
	}
}
