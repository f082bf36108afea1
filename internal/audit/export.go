package audit

// This file holds the export of some records: a copy of the folder in which the other records
// have no payload.

import (
	"bufio"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
)

// Export verifies a folder, and writes a copy of it to out, which must not exist. Records that
// are not selected have no payload in the copy. Their hashes remain, so that [Verify] with Export
// verifies the chain and its signatures. It returns how many records have their payload.
//
// The writer can run meanwhile: the copy has the head, the manifests and the erasures that were
// verified with the records, and not those that are in the folder at another time.
func Export(dir, out string, opt Options, selection Selection) (kept uint64, sum Summary, err error) {
	if err := os.Mkdir(out, 0o700); err != nil {
		return 0, sum, err
	}
	e := exportWriter{dir: out}
	v := newVerifier(dir, opt)
	v.opt.Visit = func(r Record) error {
		if opt.Visit != nil {
			if err := opt.Visit(r); err != nil {
				return err
			}
		}
		if r.Kind == KindRecord && !selection.Selects(&r) {
			r.Payload = nil
		}
		if r.Kind == KindRecord && r.Payload != nil {
			kept++
		}
		return e.write(v.cur.Segment, &r)
	}
	v.onDeleted = func() error {
		kept = 0
		return e.removeSegments()
	}
	err = v.run()
	if err = errors.Join(err, e.close()); err == nil {
		err = e.writeDocuments(v)
	}
	if err != nil {
		return kept, v.sum, errors.Join(err, os.RemoveAll(out))
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

// removeSegments removes what was written, since the retention has deleted it in the folder.
func (e *exportWriter) removeSegments() error {
	err := e.close()
	segments, _, listErr := listSegments(e.dir)
	err = errors.Join(err, listErr)
	for _, n := range segments {
		err = errors.Join(err, os.Remove(filepath.Join(e.dir, segmentName(n))))
	}
	return err
}

// writeDocuments writes the signed documents that were verified. Their texts have one form. A
// segment that was closed after the head was read is exported as an open one.
func (e *exportWriter) writeDocuments(v *verifier) error {
	documents := map[string]any{headName: v.head}
	if v.start != nil {
		documents[startName] = v.start
	}
	for _, m := range v.manifests {
		if m.LastSeq <= v.head.Seq {
			documents[manifestName(m.Segment)] = m
		}
	}
	for _, one := range v.erasures {
		documents[erasureFile(one.Name)] = one
	}
	for name, document := range documents {
		text, err := json.Marshal(document)
		if err != nil {
			return err
		}
		if err := replaceFile(e.dir, name, append(text, '\n'), os.Rename); err != nil {
			return err
		}
	}
	return syncDir(e.dir)
}

func (e *exportWriter) close() error {
	if e.file == nil {
		return nil
	}
	err := errors.Join(e.buffer.Flush(), e.file.Sync(), e.file.Close())
	e.file = nil
	return err
}
