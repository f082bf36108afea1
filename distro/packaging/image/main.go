package main

import (
	"bytes"
	"compress/gzip"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

func main() {
	var s settings
	var epoch int64
	flag.StringVar(&s.binaries, "binaries", "", "folder with a folder of binaries for each architecture, such as linux_amd64")
	flag.StringVar(&s.license, "license", "LICENSE", "file of the license")
	flag.StringVar(&s.out, "out", "", "folder to write to; its layout is replaced")
	flag.StringVar(&s.release.version, "version", "", "version of the image")
	flag.StringVar(&s.release.revision, "revision", "", "commit of the image")
	flag.Int64Var(&epoch, "epoch", 0, "time of all files, in seconds since 1970")
	flag.IntVar(&s.level, "level", gzip.DefaultCompression, "level of compression of the layout, from 1 to 9")
	flag.Parse()
	s.release.created, s.architectures = time.Unix(epoch, 0).UTC(), flag.Args()
	if err := writeImage(s); err != nil {
		fmt.Fprintf(os.Stderr, "image: %v\n", err)
		os.Exit(1)
	}
}

// settings are the flags and arguments of the command.
type settings struct {
	binaries, license, out string
	release                release
	level                  int
	architectures          []string // in Go's words, such as amd64
}

// writeImage writes rootfs-linux-ARCH.tar for each architecture, and the layout "oci" of all.
// It prints the digest of the image.
func writeImage(s settings) error {
	if s.release.version == "" || s.binaries == "" || s.out == "" || len(s.architectures) == 0 {
		return errors.New("-version, -binaries, -out and an architecture are required")
	}
	l := layout{folder: filepath.Join(s.out, "oci"), release: s.release, level: s.level}
	if err := os.RemoveAll(l.folder); err != nil {
		return err
	}
	if err := os.MkdirAll(l.folder, 0o750); err != nil {
		return err
	}
	for _, arch := range s.architectures {
		files, err := readRoot(filepath.Join(s.binaries, "linux_"+arch), s.license)
		if err != nil {
			return fmt.Errorf("%s: %w", arch, err)
		}
		var archive bytes.Buffer
		if err := writeTar(&archive, files, s.release.created); err != nil {
			return fmt.Errorf("%s: %w", arch, err)
		}
		if err := os.WriteFile(filepath.Join(s.out, "rootfs-linux-"+arch+".tar"), archive.Bytes(), 0o600); err != nil {
			return err
		}
		if err := l.addImage(arch, archive.Bytes()); err != nil {
			return fmt.Errorf("%s: %w", arch, err)
		}
	}
	digest, err := l.writeIndex()
	if err != nil {
		return err
	}
	fmt.Println(digest)
	return nil
}
