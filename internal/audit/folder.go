package audit

// This file holds the names of a folder's files, and how they are written and read.

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
)

const (
	startName = "start.json" // the manifest of the last deleted segment
	lockName  = "lock"
)

func segmentName(n uint64) string  { return fmt.Sprintf("audit-%08d.jsonl", n) }
func manifestName(n uint64) string { return fmt.Sprintf("audit-%08d.manifest.json", n) }

// listSegments returns the numbers of the segments and of the manifests, sorted.
func listSegments(dir string) (segments, manifests []uint64, err error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, nil, err
	}
	for _, e := range entries {
		var n uint64
		if _, err := fmt.Sscanf(e.Name(), "audit-%d", &n); err != nil {
			continue
		}
		switch e.Name() {
		case segmentName(n):
			segments = append(segments, n)
		case manifestName(n):
			manifests = append(manifests, n)
		}
	}
	slices.Sort(segments)
	slices.Sort(manifests)
	return segments, manifests, nil
}

// writeFile replaces a file, and stores it durably.
func writeFile(dir, name string, text []byte) error {
	if err := replaceFile(dir, name, text, os.Rename); err != nil {
		return err
	}
	return syncDir(dir)
}

// replaceFile replaces a file, so that it has the old or the new content after a crash.
func replaceFile(dir, name string, text []byte, rename func(from, to string) error) error {
	temporary := filepath.Join(dir, name+".new")
	f, err := createFile(temporary)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return rename(temporary, filepath.Join(dir, name))
}

// createFile creates a file in place of one that a crash left. It follows no link, since root
// can write to a folder of another user, who then owns the file.
func createFile(path string) (*os.File, error) {
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	if err := giveToOwner(f); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// errLong is the error of a line beyond maxLine.
var errLong = errors.New("is longer than a record can be")

// readLine returns the next line with its end. At a line without an end, it returns the text
// and io.ErrUnexpectedEOF.
func readLine(r *bufio.Reader, buffer []byte) ([]byte, error) {
	buffer = buffer[:0]
	for {
		part, err := r.ReadSlice('\n')
		buffer = append(buffer, part...)
		switch {
		case len(buffer) > maxLine:
			return buffer, errLong
		case errors.Is(err, bufio.ErrBufferFull):
		case errors.Is(err, io.EOF) && len(buffer) > 0:
			return buffer, io.ErrUnexpectedEOF
		default:
			return buffer, err
		}
	}
}
