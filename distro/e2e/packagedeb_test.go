package e2e

import (
	"archive/tar"
	"bytes"
	"cmp"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
)

// A packageFile is the part of nfpm.yaml that a test needs to build a deb.
type packageFile struct {
	Name     string
	Contents []struct {
		Src, Dst, Type string
		FileInfo       struct {
			Mode         int64
			Owner, Group string
		} `yaml:"file_info"`
	}
	Scripts   map[string]string
	Overrides map[string]struct{ Depends []string }
}

func readPackageFile(t *testing.T) (p packageFile) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(root, "distro/packaging/nfpm/nfpm.yaml"))
	require.NoError(t, err)
	require.NoError(t, yaml.Unmarshal(data, &p))
	require.NotEmpty(t, p.Contents)
	return p
}

// buildDeb writes a deb of a version as nfpm.yaml describes it, with the commands of this
// test. It takes the place of nfpm, whose build takes a minute, and does not compress.
func buildDeb(t *testing.T, version string) string {
	t.Helper()
	p := readPackageFile(t)
	scripts := map[string]string{"preinstall": "preinst", "postinstall": "postinst", "preremove": "prerm", "postremove": "postrm"}
	control, data := newDebTar(), newDebTar()
	var conffiles strings.Builder
	for _, c := range p.Contents {
		src := strings.ReplaceAll(c.Src, "${BUILD}", commands)
		if !filepath.IsAbs(src) {
			src = filepath.Join(root, src)
		}
		owner, group := cmp.Or(c.FileInfo.Owner, "root"), cmp.Or(c.FileInfo.Group, "root")
		switch c.Type {
		case "dir":
			data.add(t, tar.Header{Typeflag: tar.TypeDir, Name: "." + c.Dst + "/", Mode: c.FileInfo.Mode, Uname: owner, Gname: group}, nil)
			continue
		case "tree":
			require.NoError(t, filepath.WalkDir(src, func(name string, d fs.DirEntry, err error) error {
				if err == nil && !d.IsDir() {
					data.add(t, tar.Header{Name: "." + c.Dst + strings.TrimPrefix(name, filepath.Clean(src)), Mode: 0o644}, fileBytes(t, name))
				}
				return err
			}))
			continue
		case "config|noreplace":
			conffiles.WriteString(c.Dst + "\n")
		default:
			require.Empty(t, c.Type, "%s: add the type to this test", c.Dst)
		}
		data.add(t, tar.Header{Name: "." + c.Dst, Mode: c.FileInfo.Mode, Uname: owner, Gname: group}, fileBytes(t, src))
	}
	fields := fmt.Sprintf("Package: %s\nVersion: %s\nArchitecture: all\nMaintainer: test <test@invalid>\nDepends: %s\nDescription: test\n",
		p.Name, version, strings.Join(p.Overrides["deb"].Depends, ", "))
	control.add(t, tar.Header{Name: "./control", Mode: 0o644}, []byte(fields))
	control.add(t, tar.Header{Name: "./conffiles", Mode: 0o644}, []byte(conffiles.String()))
	require.Len(t, p.Scripts, len(scripts))
	for key, file := range p.Scripts {
		control.add(t, tar.Header{Name: "./" + scripts[key], Mode: 0o755}, fileBytes(t, filepath.Join(root, file)))
	}

	var deb bytes.Buffer
	deb.WriteString("!<arch>\n")
	for _, m := range []struct {
		name    string
		content []byte
	}{{"debian-binary", []byte("2.0\n")}, {"control.tar", control.bytes(t)}, {"data.tar", data.bytes(t)}} {
		fmt.Fprintf(&deb, "%-16s%-12d%-6d%-6d%-8o%-10d`\n", m.name, 0, 0, 0, 0o100644, len(m.content))
		deb.Write(m.content)
		if len(m.content)%2 == 1 {
			deb.WriteByte('\n')
		}
	}
	file := filepath.Join(t.TempDir(), p.Name+"_"+version+".deb")
	require.NoError(t, os.WriteFile(file, deb.Bytes(), 0o600))
	return file
}

func fileBytes(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	require.NoError(t, err)
	return data
}

// A debTar is an archive inside a deb. It has an entry for each folder above a file.
type debTar struct {
	buf     bytes.Buffer
	w       *tar.Writer
	folders map[string]bool
}

func newDebTar() *debTar {
	d := &debTar{folders: map[string]bool{".": true}}
	d.w = tar.NewWriter(&d.buf)
	return d
}

func (d *debTar) add(t *testing.T, h tar.Header, content []byte) {
	t.Helper()
	above := filepath.Dir(strings.TrimSuffix(h.Name, "/"))
	if !d.folders[above] {
		d.folders[above] = true
		d.add(t, tar.Header{Typeflag: tar.TypeDir, Name: "./" + above + "/", Mode: 0o755}, nil)
	}
	if h.Typeflag == tar.TypeDir {
		d.folders[filepath.Clean(h.Name)] = true
	}
	h.Size, h.Uname, h.Gname, h.Format = int64(len(content)), cmp.Or(h.Uname, "root"), cmp.Or(h.Gname, "root"), tar.FormatGNU
	require.NoError(t, d.w.WriteHeader(&h))
	_, err := d.w.Write(content)
	require.NoError(t, err)
}

func (d *debTar) bytes(t *testing.T) []byte {
	t.Helper()
	require.NoError(t, d.w.Close())
	return d.buf.Bytes()
}
