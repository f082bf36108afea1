package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/x509"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/opencontainers/go-digest"
	ocispec "github.com/opencontainers/image-spec/specs-go/v1"
	"github.com/stretchr/testify/require"
)

// buildImage writes an image with texts in place of binaries, and returns its folder.
func buildImage(t *testing.T) string {
	t.Helper()
	s := settings{
		binaries: t.TempDir(), license: "../../../LICENSE", out: t.TempDir(), architectures: []string{"amd64", "arm64"},
		release: release{version: "1.2.3", revision: "abc", created: time.Unix(1_700_000_000, 0).UTC()},
	}
	for _, arch := range s.architectures {
		require.NoError(t, os.Mkdir(filepath.Join(s.binaries, "linux_"+arch), 0o700))
		for _, name := range commands {
			require.NoError(t, os.WriteFile(filepath.Join(s.binaries, "linux_"+arch, name), []byte(name+" of "+arch), 0o600))
		}
	}
	require.NoError(t, writeImage(s))
	return s.out
}

// TestRootFileSystem checks what the archive has and what it lacks.
func TestRootFileSystem(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(buildImage(t), "rootfs-linux-arm64.tar"))
	require.NoError(t, err)
	contents := map[string]string{}
	var names []string
	for archive := tar.NewReader(bytes.NewReader(data)); ; {
		h, err := archive.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
		name := "/" + strings.TrimSuffix(h.Name, "/")
		content, err := io.ReadAll(archive)
		require.NoError(t, err)
		contents[name], names = string(content), append(names, name)

		require.Contains(t, []byte{tar.TypeReg, tar.TypeDir}, h.Typeflag, "%s: neither link nor device", name)
		require.Zero(t, h.Mode&0o6000, "%s: setuid or setgid", name)
		require.Equal(t, time.Unix(1_700_000_000, 0).UTC(), h.ModTime.UTC(), name)
		owner, writable := 0, h.Mode&0o022 != 0
		if name == dataPath {
			owner = userID
			require.EqualValues(t, 0o700, h.Mode, name)
		}
		require.Equal(t, owner, h.Uid, name)
		require.Equal(t, owner, h.Gid, name)
		require.Equal(t, name == "/tmp", writable, "%s: mode %o", name, h.Mode)
	}
	require.IsIncreasing(t, names)
	require.Equal(t, []string{
		"/coworkctl", "/etc", "/etc/group", "/etc/hosts", "/etc/passwd", "/etc/ssl", "/etc/ssl/certs", "/etc/ssl/certs/ca-certificates.crt",
		"/licenses", "/licenses/LICENSE", "/licenses/THIRD_PARTY_LICENCES", "/otelcol-cowork", "/tmp", "/var", "/var/lib", "/var/lib/otelcol-cowork",
	}, names, "no shell, and nothing else that can be executed")
	require.Equal(t, "otelcol-cowork of arm64", contents["/otelcol-cowork"])
	pool := x509.NewCertPool()
	require.True(t, pool.AppendCertsFromPEM([]byte(contents["/etc/ssl/certs/ca-certificates.crt"])))
	require.Greater(t, strings.Count(contents["/etc/ssl/certs/ca-certificates.crt"], "BEGIN CERTIFICATE"), 80)
}

// TestReproducible builds the image twice.
func TestReproducible(t *testing.T) {
	first, second := os.DirFS(buildImage(t)), os.DirFS(buildImage(t))
	for _, name := range []string{"rootfs-linux-amd64.tar", "rootfs-linux-arm64.tar", "oci/index.json"} {
		a, err := fs.ReadFile(first, name)
		require.NoError(t, err)
		b, err := fs.ReadFile(second, name)
		require.NoError(t, err)
		require.Equal(t, digest.FromBytes(a), digest.FromBytes(b), name)
	}
}

// TestLayout reads the layout as a registry client does, and checks that its layer is the
// archive.
func TestLayout(t *testing.T) {
	out := buildImage(t)
	var mark ocispec.ImageLayout
	readJSON(t, filepath.Join(out, "oci", "oci-layout"), &mark)
	require.Equal(t, "1.0.0", mark.Version)
	var top, images ocispec.Index
	readJSON(t, filepath.Join(out, "oci", "index.json"), &top)
	require.Len(t, top.Manifests, 1)
	require.Equal(t, "1.2.3", top.Manifests[0].Annotations[ocispec.AnnotationRefName])
	require.NoError(t, json.Unmarshal(readBlob(t, out, top.Manifests[0]), &images))
	require.Len(t, images.Manifests, 2)
	for _, m := range images.Manifests {
		var manifest ocispec.Manifest
		require.NoError(t, json.Unmarshal(readBlob(t, out, m), &manifest))
		var image ocispec.Image
		require.NoError(t, json.Unmarshal(readBlob(t, out, manifest.Config), &image))
		require.Equal(t, *m.Platform, image.Platform)
		require.Equal(t, "abc", image.Config.Labels["org.opencontainers.image.revision"])
		require.Len(t, manifest.Layers, 1)
		zip, err := gzip.NewReader(bytes.NewReader(readBlob(t, out, manifest.Layers[0])))
		require.NoError(t, err)
		layer, err := io.ReadAll(zip)
		require.NoError(t, err)
		archive, err := os.ReadFile(filepath.Join(out, "rootfs-linux-"+m.Platform.Architecture+".tar"))
		require.NoError(t, err)
		require.Equal(t, digest.FromBytes(archive), digest.FromBytes(layer))
		require.Equal(t, []digest.Digest{digest.FromBytes(archive)}, image.RootFS.DiffIDs)
	}
}

// TestDockerfile checks that an engine builds the same image from the Dockerfile.
func TestDockerfile(t *testing.T) {
	text, err := os.ReadFile("Dockerfile")
	require.NoError(t, err)
	joined := regexp.MustCompile(`\\\n\s*`).ReplaceAllString(string(text), "")
	instructions := map[string][]string{}
	for line := range strings.Lines(joined) {
		if name, rest, found := strings.Cut(strings.TrimSpace(line), " "); found && !strings.HasPrefix(line, "#") {
			instructions[name] = append(instructions[name], rest)
		}
	}
	r := release{version: "1.2.3", created: time.Unix(0, 0).UTC()}
	config := r.config()
	require.Equal(t, []string{"scratch"}, instructions["FROM"])
	require.Equal(t, []string{"rootfs-linux-${TARGETARCH}.tar /"}, instructions["ADD"])
	require.Equal(t, []string{strings.Join(config.Env, " ")}, instructions["ENV"])
	require.Equal(t, []string{config.User}, instructions["USER"])
	require.Equal(t, []string{config.WorkingDir}, instructions["WORKDIR"])
	require.Equal(t, []string{dataPath}, instructions["VOLUME"])
	require.Equal(t, []string{strings.Join(ports, " ")}, instructions["EXPOSE"])
	require.Equal(t, []string{config.StopSignal}, instructions["STOPSIGNAL"])
	require.Equal(t, []string{`["` + strings.Join(config.Entrypoint, `", "`) + `"]`}, instructions["ENTRYPOINT"])
	require.Len(t, instructions["LABEL"], 1)
	for _, label := range regexp.MustCompile(`(\S+)="([^"]*)"`).FindAllStringSubmatch(instructions["LABEL"][0], -1) {
		require.Equal(t, config.Labels[label[1]], label[2], label[1])
	}
	require.NotContains(t, instructions, "RUN", "there is nothing to run in an empty image")
}

// TestSettings has calls without what is necessary.
func TestSettings(t *testing.T) {
	require.ErrorContains(t, writeImage(settings{}), "are required")
	s := settings{binaries: t.TempDir(), license: "../../../LICENSE", out: t.TempDir(), architectures: []string{"amd64"}, release: release{version: "1"}}
	require.ErrorContains(t, writeImage(s), "amd64: open ")
}
