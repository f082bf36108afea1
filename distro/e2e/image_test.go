package e2e

import (
	"archive/tar"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	ocispec "github.com/opencontainers/image-spec/specs-go/v1"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
)

// inContainer runs a command in the root file system $1 as a container runtime does: the
// root is read-only, the folder of data is in memory, and the user has no rights.
const inContainer = `set -e
export PATH=/usr/sbin:/usr/bin:/sbin:/bin
root=$1; shift
mount --bind "$root" "$root"
mount -o remount,bind,ro "$root"
mount -t tmpfs -o size=256m,uid=10001,gid=10001,mode=0700 tmpfs "$root/var/lib/otelcol-cowork"
exec setpriv --no-new-privs chroot --userspec=10001:10001 --groups= "$root" "$@"`

// TestImage writes the image, and runs the collector in its root file system: with the
// variables of the image, and as the pod of the manifests for a small team.
func TestImage(t *testing.T) {
	if out, err := exec.Command("unshare", "--mount", "sh", "-c", "mount -t tmpfs tmpfs /mnt").CombinedOutput(); err != nil {
		t.Skipf("this user cannot mount a file system: %v: %s", err, out)
	}
	folder, config := unpackImage(t)
	t.Run("default", func(t *testing.T) {
		c := startContainer(t, folder, config.Env, config.Entrypoint...)
		requireUnprivileged(t, c)
		require.Contains(t, c.inside(t, "/coworkctl", "verify", "--endpoint", "http://"+c.http), "all 5 were received")
		require.Equal(t, "the collector is healthy\n", c.inside(t, "/coworkctl", "health", "--endpoint", "http://"+c.health))
		require.Contains(t, c.inside(t, "/coworkctl", "drain", "--endpoint", "http://"+c.metrics+"/metrics", "--quiet", "0s"), "all queues are empty")

		running := filepath.Join("/proc", strconv.Itoa(c.pid), "root")
		logs, err := os.ReadFile(running + "/var/lib/otelcol-cowork/logs.json")
		require.NoError(t, err)
		require.Contains(t, string(logs), "cowork.verify")
		require.ErrorContains(t, os.WriteFile(running+"/etc/x", nil, 0o600), "read-only file system")
		_, err = os.Stat(running + "/bin/sh")
		require.ErrorIs(t, err, os.ErrNotExist)
	})
	t.Run("pod", func(t *testing.T) {
		env, args := mountPod(t, folder)
		c := startContainer(t, folder, env, append(config.Entrypoint, args...)...)
		requireUnprivileged(t, c)
		out, err := exec.Command(command("coworkctl"), "verify", "--endpoint", "http://"+c.http).CombinedOutput()
		require.Error(t, err)
		require.Contains(t, string(out), "401 Unauthorized")
		require.Contains(t, c.inside(t, "/coworkctl", "verify", "--endpoint", "http://"+c.http, "--header", "authorization=Bearer "+podToken), "all 5 were received")
	})
}

// podToken is in the Secret of the pod.
const podToken = "0123456789abcdef"

// mountPod writes the volumes of the pod of the manifests for a small team into a root file
// system, and returns the pod's variables and arguments.
func mountPod(t *testing.T, folder string) (env, args []string) {
	t.Helper()
	data, err := os.ReadFile("../packaging/charttest/testdata/kustomize-single.yaml")
	require.NoError(t, err)
	files := map[string]string{"etc/otelcol-cowork-tokens/token": podToken + "\n"}
	for documents := yaml.NewDecoder(bytes.NewReader(data)); ; {
		var object struct {
			Kind string
			Data map[string]string
			Spec struct {
				Template struct {
					Spec struct {
						Containers []struct {
							Args []string
							Env  []struct{ Name, Value string }
						}
					}
				}
			}
		}
		err := documents.Decode(&object)
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
		for name, text := range object.Data {
			if filepath.Ext(name) == ".yaml" {
				files["etc/otelcol-cowork/"+name] = text
			} else {
				env = append(env, name+"="+text)
			}
		}
		for _, container := range object.Spec.Template.Spec.Containers {
			args = container.Args
			for _, v := range container.Env {
				env = append(env, v.Name+"="+v.Value)
			}
		}
	}
	require.NotEmpty(t, args)
	for name, text := range files {
		path := filepath.Join(folder, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
	}
	return env, args
}

// startContainer runs a command in a root file system, on ports of its own.
func startContainer(t *testing.T, folder string, env []string, args ...string) *collector {
	t.Helper()
	c := newCollector(t)
	cmd := exec.Command("unshare", append([]string{"--mount", "--propagation=private", "sh", "-c", inContainer, "sh", folder}, args...)...)
	_, metricsPort, _ := net.SplitHostPort(c.metrics)
	cmd.Env = append(slices.Clip(env), "COWORK_OTLP_HTTP="+c.http, "COWORK_OTLP_GRPC="+c.grpc, "COWORK_HEALTH="+c.health, "COWORK_METRICS_PORT="+metricsPort, "COWORK_PAGE="+c.page)
	cmd.Stdout, cmd.Stderr = c.log, c.log
	c.runCommand(t, cmd)
	return c
}

// inside runs a command in the root file system of a container, as its user.
func (c *collector) inside(t *testing.T, args ...string) string {
	t.Helper()
	pid := strconv.Itoa(c.pid)
	out, err := exec.Command("nsenter", append([]string{"--target", pid, "--mount", "chroot", "--userspec=10001:10001", "--groups=", filepath.Join("/proc", pid, "root")}, args...)...).CombinedOutput()
	require.NoError(t, err, "%v: %s", args, out)
	return string(out)
}

func requireUnprivileged(t *testing.T, c *collector) {
	t.Helper()
	status, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(c.pid), "status"))
	require.NoError(t, err)
	require.Regexp(t, `(?m)^Uid:\s+10001\s+10001\s+10001\s+10001$`, string(status))
	require.Regexp(t, `(?m)^Groups:\s*$`, string(status))
	require.Regexp(t, `(?m)^Cap(Prm|Eff):\s+0+$`, string(status))
	require.Regexp(t, `(?m)^NoNewPrivs:\s+1$`, string(status))
}

// unpackImage writes the image of this machine's architecture, and returns the folder of
// its root file system and how its containers run.
func unpackImage(t *testing.T) (folder string, config ocispec.ImageConfig) {
	t.Helper()
	out := t.TempDir()
	binaries := filepath.Join(out, "bin")
	require.NoError(t, os.Mkdir(binaries, 0o750))
	link, err := filepath.Abs(commands)
	require.NoError(t, err)
	require.NoError(t, os.Symlink(link, filepath.Join(binaries, "linux_"+runtime.GOARCH)))
	cmd := exec.Command("go", "run", "./distro/packaging/image", "-binaries", binaries, "-out", out, "-version", "0.1.0", "-level", "1", runtime.GOARCH)
	cmd.Dir = root
	text, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", text)

	folder = t.TempDir()
	require.NoError(t, os.Chmod(folder, 0o755))
	unpack(t, filepath.Join(out, "rootfs-linux-"+runtime.GOARCH+".tar"), folder)
	for parent := folder; parent != os.TempDir() && parent != "/"; parent = filepath.Dir(parent) {
		require.NoError(t, os.Chmod(parent, 0o755))
	}
	return folder, imageConfig(t, filepath.Join(out, "oci"))
}

// unpack extracts an archive with its owners and modes.
func unpack(t *testing.T, archive, folder string) {
	t.Helper()
	f, err := os.Open(archive)
	require.NoError(t, err)
	defer f.Close()
	for r := tar.NewReader(f); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			return
		}
		require.NoError(t, err)
		path := filepath.Join(folder, filepath.Clean("/"+h.Name))
		if h.Typeflag == tar.TypeDir {
			require.NoError(t, os.Mkdir(path, 0o700))
		} else {
			file, err := os.Create(path)
			require.NoError(t, err)
			_, err = io.Copy(file, r)
			require.NoError(t, err)
			require.NoError(t, file.Close())
		}
		require.NoError(t, os.Chown(path, h.Uid, h.Gid))
		require.NoError(t, os.Chmod(path, h.FileInfo().Mode()))
	}
}

// imageConfig follows the layout from its index to the configuration of the only image.
func imageConfig(t *testing.T, folder string) ocispec.ImageConfig {
	t.Helper()
	read := func(path string, value any) {
		data, err := os.ReadFile(filepath.Join(folder, path))
		require.NoError(t, err)
		require.NoError(t, json.Unmarshal(data, value))
	}
	blob := func(d ocispec.Descriptor) string { return "blobs/" + strings.ReplaceAll(string(d.Digest), ":", "/") }
	var top, images ocispec.Index
	var manifest ocispec.Manifest
	var image ocispec.Image
	read("index.json", &top)
	read(blob(top.Manifests[0]), &images)
	read(blob(images.Manifests[0]), &manifest)
	read(blob(manifest.Config), &image)
	return image.Config
}
