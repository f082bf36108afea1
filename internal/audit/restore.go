package audit

// This file holds the start of a writer: it finds the end of the chain.

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
)

// restore continues the chain at its end. Only the open segment is read: a folder with an
// earlier change is for [Verify] to find.
func (w *Writer) restore(now time.Time) error {
	segments, manifests, err := listSegments(w.set.Dir)
	if err != nil {
		return err
	}
	w.cur = Manifest{Segment: 1, FirstSeq: 1}
	if start, err := os.ReadFile(filepath.Join(w.set.Dir, startName)); err == nil {
		m, err := parseManifest(start, nil)
		if err != nil {
			return fmt.Errorf("%s: %w", startName, err)
		}
		w.cur = nextSegment(&m, start)
	} else if !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if n := len(manifests); n > 0 {
		name := manifestName(manifests[n-1])
		text, err := os.ReadFile(filepath.Join(w.set.Dir, name))
		if err != nil {
			return err
		}
		m, err := parseManifest(text, nil)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		w.cur = nextSegment(&m, text)
	}
	if n := len(segments); n > 0 && segments[n-1] >= w.cur.Segment {
		if segments[n-1] > w.cur.Segment {
			return fmt.Errorf("%s: is missing (restore it, or use another folder)", manifestName(segments[n-1]-1))
		}
		if err := w.restoreSegment(); err != nil {
			return err
		}
	}
	if w.cur.LastSeq == 0 {
		return nil
	}
	return w.appendKind(now, KindRestart, true, fmt.Appendf(nil, `{"cut_bytes":%d}`, w.Cut))
}

// restoreSegment reads the open segment, and cuts an incomplete record at its end.
func (w *Writer) restoreSegment() error {
	name := segmentName(w.cur.Segment)
	path := filepath.Join(w.set.Dir, name)
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	reader, buffer := bufio.NewReaderSize(f, 1<<16), []byte(nil)
	for {
		var readErr error
		buffer, readErr = readLine(reader, buffer)
		if errors.Is(readErr, io.EOF) {
			break
		}
		r, err := parseRecord(buffer)
		if readErr == nil && err == nil && r.Seq == w.cur.LastSeq+1 && r.Prev == w.cur.LastHash {
			if r.Seq == w.cur.FirstSeq {
				w.cur.FirstTime = r.Time
			}
			w.cur.LastSeq, w.cur.LastHash, w.cur.LastTime = r.Seq, r.Hash, r.Time
			w.size += int64(len(buffer))
			continue
		}
		// A write that was cut has no end of line: an invalid line with one was changed.
		if readErr == nil && !onlyZeros(buffer, reader) {
			return fmt.Errorf("%s: the record after number %d was changed (see coworkctl audit verify)", name, w.cur.LastSeq)
		}
		break
	}
	if w.cutAcknowledged() {
		return fmt.Errorf("%s: ends before the record of %s (see coworkctl audit verify)", name, headName)
	}
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if w.Cut = info.Size() - w.size; w.Cut == 0 {
		return nil
	}
	tail, err := io.ReadAll(io.NewSectionReader(f, w.size, min(w.Cut, maxLine)))
	if err != nil {
		return err
	}
	if err := writeFile(w.set.Dir, fmt.Sprintf("cut-%d.bin", w.cur.LastSeq+1), tail); err != nil {
		return err
	}
	return w.reopen()
}

// onlyZeros reports whether the rest is a block of zeros, as a file system leaves after a
// power failure.
func onlyZeros(line []byte, rest io.Reader) bool {
	if len(bytes.Trim(line, "\x00")) > 0 {
		return false
	}
	text, err := io.ReadAll(io.LimitReader(rest, maxLine))
	return err == nil && len(bytes.Trim(text, "\x00")) == 0
}

// cutAcknowledged reports whether head.json has a newer record than the segments.
func (w *Writer) cutAcknowledged() bool {
	var h head
	text, err := os.ReadFile(filepath.Join(w.set.Dir, headName))
	return err == nil && json.Unmarshal(text, &h) == nil && h.Seq > w.cur.LastSeq
}
