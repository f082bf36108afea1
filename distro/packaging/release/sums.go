package main

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// sumsFile is the file of the checksums. It is the only one that must be signed.
const sumsFile = "SHA256SUMS"

// writeSums writes the checksums of all files of a folder, as sha256sum does, by name. A
// signature of the file itself is left out.
func writeSums(folder string) error {
	files, err := os.ReadDir(folder)
	if err != nil {
		return err
	}
	var sums strings.Builder
	for _, f := range files {
		if f.IsDir() || strings.HasPrefix(f.Name(), sumsFile) || strings.HasSuffix(f.Name(), ".part") {
			continue
		}
		sum, err := fileSum(filepath.Join(folder, f.Name()))
		if err != nil {
			return err
		}
		fmt.Fprintf(&sums, "%x  %s\n", sum, f.Name())
	}
	if sums.Len() == 0 {
		return errors.New("SHA256SUMS: there are no files")
	}
	return writeFile(filepath.Join(folder, sumsFile), func(w io.Writer) error { _, err := io.WriteString(w, sums.String()); return err })
}

func fileSum(name string) (sum []byte, err error) {
	h := sha256.New()
	err = withFile(name, func(f *os.File, _ int64) error { _, err := io.Copy(h, f); return err })
	return h.Sum(nil), err
}
