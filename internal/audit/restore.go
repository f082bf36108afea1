package audit

// This file holds the start of a writer: it finds the end of the chain.

import (
	"bufio"
	"bytes"
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
	newest := startName
	if n := len(manifests); n > 0 {
		newest = manifestName(manifests[n-1])
	}
	var s signers
	if text, err := os.ReadFile(filepath.Join(w.set.Dir, newest)); err == nil {
		m, err := parseSigned[*Manifest](text, nil)
		if err != nil {
			return fmt.Errorf("%s: %w", newest, err)
		}
		w.cur, s.atHead = nextSegment(&m, text), signer{true, m.PublicKey}
	} else if !errors.Is(err, os.ErrNotExist) {
		return err
	}
	h, err := readHead(w.set.Dir, nil)
	if _, isFault := errors.AsType[*Fault](err); isFault && len(segments)+len(manifests) == 0 && w.cur.LastSeq == 0 {
		// The first start, or one that was killed before it had written the head.
		return errors.Join(w.writeHead(&w.cur), syncDir(w.set.Dir))
	}
	if err != nil {
		return err
	}
	n := len(segments)
	if n > 0 && segments[n-1] > w.cur.Segment {
		return fmt.Errorf("%s: is missing (restore it, or use another folder)", manifestName(segments[n-1]-1))
	}
	if err := w.restoreSegment(&h, &s); err != nil {
		return err
	}
	w.headSeq = h.Seq
	if w.cur.LastSeq == 0 {
		return w.writeHead(&w.cur) // with the key of this run
	}
	afterHead := w.cur.LastSeq - h.Seq
	if err := changeKey(w, now, &h, s); err != nil {
		return err
	}
	return w.appendKind(now, KindRestart, true, fmt.Appendf(nil, `{"after_head":%d,"cut_bytes":%d}`, afterHead, w.Cut))
}

// restoreSegment reads the open segment, checks the head, and cuts an incomplete record at
// the end.
func (w *Writer) restoreSegment(h *head, s *signers) error {
	var found Hash // of the head's record
	if h.Seq == w.cur.LastSeq {
		found = w.cur.LastHash
	}
	name := segmentName(w.cur.Segment)
	f, err := os.Open(filepath.Join(w.set.Dir, name))
	if errors.Is(err, os.ErrNotExist) {
		return w.checkHead(h, found, s.atHead)
	}
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
		if readErr == nil && err == nil && r.Payload != nil && r.Seq == w.cur.LastSeq+1 && r.Prev == w.cur.LastHash {
			w.cur.addRecord(&r)
			if r.Seq == h.Seq {
				found = r.Hash
			}
			if r.Kind == KindKeyChange {
				c, err := parseKeyChange(r.Payload)
				if err != nil {
					return &Fault{File: name, Seq: r.Seq, Time: r.Time, Text: err.Error()}
				}
				s.addChange(r.Seq, c.Key, h.Seq)
			}
			w.size += int64(len(buffer))
			continue
		}
		// A write that was cut has no end of line: an invalid line with one was changed.
		if readErr == nil && !onlyZeros(buffer, reader) {
			return fmt.Errorf("%s: the record after number %d was changed (see coworkctl audit verify)", name, w.cur.LastSeq)
		}
		break
	}
	if err := w.checkHead(h, found, s.atHead); err != nil {
		return err
	}
	return w.cutTail(f)
}

// cutTail moves what follows the last record aside.
func (w *Writer) cutTail(f *os.File) error {
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
	return w.reopen(w.set.Dir, &w.cur)
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
