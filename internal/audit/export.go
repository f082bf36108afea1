package audit

// This file holds the export of some records: a copy of the folder in which the other records
// have no payload.

import (
	"bufio"
	"errors"
	"os"
	"path/filepath"
)

// Export verifies a folder, and writes a copy of it to out, which must not exist. Records that
// are not selected have no payload in the copy. Their hashes remain, so that [Verify] with Export
// verifies the chain and its signatures. It returns how many records have their payload.
func Export(dir, out string, opt Options, selection Selection) (kept uint64, sum Summary, err error) {
	copied := map[string][]byte{} // small files, as they are before the segments are read
	_, manifests, err := listSegments(dir)
	if err != nil {
		return 0, sum, err
	}
	erasures, err := listNamed(dir, "erasure-")
	if err != nil {
		return 0, sum, err
	}
	names := []string{headName, startName}
	names = append(names, erasures...)
	for _, n := range manifests {
		names = append(names, manifestName(n))
	}
	for _, name := range names {
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err == nil {
			copied[name] = text
		} else if !errors.Is(err, os.ErrNotExist) {
			return 0, sum, err
		}
	}
	if err := os.Mkdir(out, 0o700); err != nil {
		return 0, sum, err
	}
	e := exportWriter{dir: out}
	v := newVerifier(dir, opt)
	v.opt.Visit = func(r Record) error {
		if r.Kind == KindRecord && !selection.Selects(&r) {
			r.Payload = nil
		}
		if r.Kind == KindRecord && r.Payload != nil {
			kept++
		}
		return e.write(v.cur.Segment, &r)
	}
	err = v.run()
	if err = errors.Join(err, e.close()); err != nil {
		return kept, v.sum, errors.Join(err, os.RemoveAll(out))
	}
	for name, text := range copied {
		if err := writeFile(out, name, text); err != nil {
			return kept, v.sum, errors.Join(err, os.RemoveAll(out))
		}
	}
	return kept, v.sum, nil
}

// An exportWriter writes the segments of an export.
type exportWriter struct {
	dir     string
	segment uint64
	file    *os.File // nil before the first record
	buffer  *bufio.Writer
	line    []byte
}

func (e *exportWriter) write(segment uint64, r *Record) error {
	if e.file == nil || e.segment != segment {
		if err := e.close(); err != nil {
			return err
		}
		f, err := os.OpenFile(filepath.Join(e.dir, segmentName(segment)), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		if err != nil {
			return err
		}
		e.segment, e.file, e.buffer = segment, f, bufio.NewWriterSize(f, 1<<16)
	}
	e.line = r.appendLine(e.line[:0])
	_, err := e.buffer.Write(e.line)
	return err
}

func (e *exportWriter) close() error {
	if e.file == nil {
		return nil
	}
	err := errors.Join(e.buffer.Flush(), e.file.Sync(), e.file.Close())
	e.file = nil
	return err
}
