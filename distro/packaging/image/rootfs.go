package main

import (
	"archive/tar"
	"bytes"
	"cmp"
	"encoding/pem"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/crypto/x509roots/fallback/bundle"
)

// A file is an entry of the root file system. One without content is a folder.
type file struct {
	name    string // without a leading slash
	mode    int64
	owner   int
	content []byte
}

func (f file) folder() bool { return f.content == nil }

// commands are the binaries of the image.
var commands = []string{"coworkctl", "otelcol-cowork"}

// readRoot returns the files of the image in the order of their names. The folder has the
// binaries of one architecture.
func readRoot(binaries, license string) ([]file, error) {
	text, err := os.ReadFile(license)
	if err != nil {
		return nil, err
	}
	const linked = "THIRD_PARTY_LICENCES" // of the modules in the binaries
	texts, err := os.ReadFile(filepath.Join(filepath.Dir(license), linked))
	if err != nil {
		return nil, err
	}
	files := []file{
		{name: "etc", mode: 0o755},
		{name: "etc/group", mode: 0o644, content: fmt.Appendf(nil, "root:x:0:\n%s:x:%d:\n", userName, userID)},
		// Container engines mount a file of their own over it. Without one, localhost has no address.
		{name: "etc/hosts", mode: 0o644, content: []byte("127.0.0.1 localhost\n::1 localhost\n")},
		{name: "etc/passwd", mode: 0o644, content: fmt.Appendf(nil, "root:x:0:0:root:/:/sbin/nologin\n%s:x:%d:%d::%s:/sbin/nologin\n", userName, userID, userID, dataPath)},
		{name: "etc/ssl", mode: 0o755},
		{name: "etc/ssl/certs", mode: 0o755},
		{name: "etc/ssl/certs/ca-certificates.crt", mode: 0o644, content: rootCertificates()},
		{name: "licenses", mode: 0o755},
		{name: "licenses/LICENSE", mode: 0o644, content: text},
		{name: "licenses/" + linked, mode: 0o644, content: texts},
		{name: "tmp", mode: 0o1777},
		{name: "var", mode: 0o755},
		{name: "var/lib", mode: 0o755},
		{name: strings.TrimPrefix(dataPath, "/"), mode: 0o700, owner: userID},
	}
	for _, name := range commands {
		binary, err := os.ReadFile(filepath.Join(binaries, name))
		if err != nil {
			return nil, err
		}
		files = append(files, file{name: name, mode: 0o755, content: binary})
	}
	slices.SortFunc(files, func(a, b file) int { return cmp.Compare(a.name, b.name) })
	return files, nil
}

// rootCertificates returns the roots that Mozilla trusts, from a module, so that the image
// does not depend on the machine that builds it. Roots that are trusted under a condition
// are left out, since a file of certificates cannot express the condition.
func rootCertificates() []byte {
	var out bytes.Buffer
	for root := range bundle.Roots() {
		if root.Constraint == nil {
			out.Write(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: root.Certificate}))
		}
	}
	return out.Bytes()
}

// writeTar writes files as an archive with one time for all of them.
func writeTar(out io.Writer, files []file, modified time.Time) error {
	archive := tar.NewWriter(out)
	for _, f := range files {
		header := &tar.Header{Name: f.name, Mode: f.mode, Uid: f.owner, Gid: f.owner, ModTime: modified, Typeflag: tar.TypeReg, Size: int64(len(f.content)), Format: tar.FormatPAX}
		if f.folder() {
			header.Name, header.Typeflag = f.name+"/", tar.TypeDir
		}
		if err := archive.WriteHeader(header); err != nil {
			return fmt.Errorf("%s: %w", f.name, err)
		}
		if _, err := archive.Write(f.content); err != nil {
			return fmt.Errorf("%s: %w", f.name, err)
		}
	}
	return archive.Close()
}
