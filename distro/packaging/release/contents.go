package main

import (
	"fmt"
	"io"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// An included is a file or folder of the repository that an archive contains.
type included struct {
	from, to string
	os       string // of the archive; empty: all
}

var contents = []included{
	{from: "README.md", to: "README.md"},
	{from: "LICENSE", to: "LICENSE"},
	{from: "THIRD_PARTY_LICENCES", to: "THIRD_PARTY_LICENCES"},
	{from: "SECURITY.md", to: "SECURITY.md"},
	{from: "distro/CHANGELOG.md", to: "CHANGELOG.md"},
	{from: "distro/config.yaml", to: "config.yaml"},
	{from: "distro/examples", to: "examples"},
	{from: "docs", to: "docs"},
	{from: "distro/packaging/systemd/otelcol-cowork.service", to: "systemd/otelcol-cowork.service", os: "linux"},
	{from: "distro/packaging/macos/com.cowork-otel.collector.plist", to: "com.cowork-otel.collector.plist", os: "darwin"},
	{from: "distro/packaging/windows/service.ps1", to: "service.ps1", os: "windows"},
}

// archive writes the archive of a target.
func (r *release) archive(t target, folder string) error {
	base := fmt.Sprintf("otelcol-cowork_%s_%s", r.version, t.name())
	entries, err := entriesOf(t, base, folder)
	if err != nil {
		return err
	}
	at := time.Unix(r.epoch, 0).UTC()
	if t.os == "windows" {
		return writeFile(filepath.Join(r.out, base+".zip"), func(w io.Writer) error { return writeZip(w, entries, at) })
	}
	return writeFile(filepath.Join(r.out, base+".tar.gz"), func(w io.Writer) error { return writeTar(w, entries, at) })
}

// entriesOf returns the files of a target's archive, sorted by name.
func entriesOf(t target, base, folder string) (entries []entry, err error) {
	for _, c := range commands {
		entries = append(entries, entry{name: base + "/" + t.executable(c), file: filepath.Join(folder, t.executable(c)), executable: true})
	}
	for _, in := range contents {
		if in.os != "" && in.os != t.os {
			continue
		}
		err := filepath.WalkDir(filepath.FromSlash(in.from), func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			below := strings.TrimPrefix(filepath.ToSlash(name), in.from)
			entries = append(entries, entry{name: path.Join(base, in.to, below), file: name})
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	slices.SortFunc(entries, func(a, b entry) int { return strings.Compare(a.name, b.name) })
	return entries, nil
}
