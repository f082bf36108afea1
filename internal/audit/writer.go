package audit

// This file holds the writer: it appends records, and closes segments.

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
)

var errLocked = errors.New("is in use by another process (each writer needs a folder of its own)")

// Settings configure a writer.
type Settings struct {
	Dir             string
	Key             ed25519.PrivateKey // nil: manifests are not signed
	MaxSegmentBytes int64
	MaxSegmentAge   time.Duration
	Retention       time.Duration // 0: segments are not deleted
	Random          io.Reader     // of salts; nil: that of crypto/rand
	// Wait waits until a file is tried again that another program has open; nil: it is not
	// tried again.
	Wait func(time.Duration)
}

// A Writer appends records to the segments of a folder. It is not safe for concurrent use.
type Writer struct {
	openFile
	replacer
	set    Settings
	lock   *os.File
	cur    Manifest // of the open segment
	buffer []byte
	// headSeq is the number in head.json.
	headSeq uint64
	held    heldSegment
	// Cut is how many bytes of an incomplete record were cut at the start.
	Cut int64
	// KeyChanged is the change of the key that the start has recorded, or nil.
	KeyChanged *KeyChange
}

// Open locks a folder and continues its chain. An incomplete last record, which was never
// acknowledged, is cut and moved aside. A restart record marks every continuation.
func Open(set Settings, now time.Time) (*Writer, error) {
	if err := os.MkdirAll(set.Dir, 0o700); err != nil {
		return nil, err
	}
	lock, err := lockFile(filepath.Join(set.Dir, lockName))
	if err != nil {
		return nil, err
	}
	if set.Random == nil {
		set.Random = rand.Reader
	}
	w := &Writer{
		set: set, lock: lock, openFile: openFile{open: openSegment},
		replacer: replacer{wait: set.Wait, rename: os.Rename, isInUse: isInUse},
	}
	if err := w.restore(now); err != nil {
		return nil, errors.Join(err, w.lock.Close())
	}
	return w, nil
}

// Append writes a batch of payloads, each a JSON document without line breaks. All of them
// are written, or none. With durable, they are stored durably.
func (w *Writer) Append(now time.Time, durable bool, payloads ...[]byte) error {
	return w.appendKind(now, KindRecord, durable, payloads...)
}

func (w *Writer) appendKind(now time.Time, kind string, durable bool, payloads ...[]byte) error {
	if w.cur.LastSeq >= w.cur.FirstSeq && w.isFull(now) {
		if err := w.Rotate(now); err != nil {
			return err
		}
	}
	return w.appendRecords(now, kind, durable, payloads...)
}

// appendRecords appends to the open segment, of any size.
func (w *Writer) appendRecords(now time.Time, kind string, durable bool, payloads ...[]byte) error {
	next := w.cur
	w.buffer = w.buffer[:0]
	for _, p := range payloads {
		if len(p) > MaxPayload {
			return fmt.Errorf("record: has %d bytes (at most %d)", len(p), MaxPayload)
		}
		r := Record{Seq: next.LastSeq + 1, Time: now.UTC(), Kind: kind, Prev: next.LastHash, Payload: p}
		if _, err := io.ReadFull(w.set.Random, r.Salt[:]); err != nil {
			return fmt.Errorf("salt: %w", err)
		}
		r.PayloadHash = r.Salt.hashPayload(p)
		r.Hash = r.computeHash()
		w.buffer = r.appendLine(w.buffer)
		next.addRecord(&r)
	}
	if err := w.reopen(w.set.Dir, &w.cur); err != nil {
		return err
	}
	if _, err := w.file.Write(w.buffer); err != nil {
		return w.undo(err)
	}
	if durable {
		if err := w.file.Sync(); err != nil {
			return w.undo(err) // none of the batch was acknowledged: it is written again
		}
		if err := w.writeHead(&next); err != nil {
			return w.undo(err)
		}
	}
	w.cur, w.size = next, w.size+int64(len(w.buffer))
	return nil
}

// Sync stores all written records durably, and their head.
func (w *Writer) Sync() error {
	if w.headSeq == w.cur.LastSeq {
		return nil
	}
	if err := w.reopen(w.set.Dir, &w.cur); err != nil {
		return err
	}
	if err := w.file.Sync(); err != nil {
		return err
	}
	return w.writeHead(&w.cur)
}

func (w *Writer) isFull(now time.Time) bool {
	return w.size >= w.set.MaxSegmentBytes || now.Sub(w.cur.FirstTime) >= w.set.MaxSegmentAge
}

// Tick closes the segment if it is old, and deletes segments beyond the retention. It returns
// how many it deleted.
func (w *Writer) Tick(now time.Time) (deleted int, err error) {
	if w.cur.LastSeq >= w.cur.FirstSeq && w.isFull(now) {
		if err := w.Rotate(now); err != nil {
			return 0, err
		}
	}
	return w.deleteOld(now)
}

// Rotate closes the segment with its manifest. The next record begins another one.
func (w *Writer) Rotate(now time.Time) error {
	if err := errors.Join(w.reopen(w.set.Dir, &w.cur), w.Sync()); err != nil {
		return err
	}
	m := w.cur
	m.Closed = now.UTC()
	text := encodeSigned(&m, w.set.Key)
	err := replaceFile(w.set.Dir, manifestName(m.Segment), text, w.renameFile)
	if err = errors.Join(err, syncDir(w.set.Dir)); err != nil {
		return err
	}
	err = w.file.Close()
	w.file, w.size = nil, 0
	w.cur = nextSegment(&m, text)
	return err
}

// nextSegment returns the manifest of the segment after another one.
func nextSegment(m *Manifest, text []byte) Manifest {
	return Manifest{
		Segment: m.Segment + 1, FirstSeq: m.LastSeq + 1, LastSeq: m.LastSeq,
		FirstPrev: m.LastHash, LastHash: m.LastHash, PrevManifest: sha256.Sum256(text),
	}
}

// Head returns the number and the hash of the newest record.
func (w *Writer) Head() (seq uint64, hash Hash) { return w.cur.LastSeq, w.cur.LastHash }

// Close stores all records durably, and unlocks the folder. The segment remains open: the
// next writer continues it.
func (w *Writer) Close() error {
	err := w.Sync()
	if w.file != nil {
		err = errors.Join(err, w.file.Close())
	}
	return errors.Join(err, w.lock.Close())
}
