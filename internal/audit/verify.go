package audit

// This file holds the verification of a folder.

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// A Summary is what [Verify] has read.
type Summary struct {
	Segments, Closed, Signed int
	Skipped                  int // segments of which only the manifest was verified
	Records, Restarts        uint64
	Omitted                  uint64 // payloads that an export omits
	Erased                   uint64 // payloads that were erased
	Erasing                  uint64 // payloads that an erasure names, and that are still there
	Erasures                 []Erasure
	FirstSeq, LastSeq        uint64
	First, Last              time.Time
	Head                     Hash   // of the newest record that is stored durably
	DeletedTo                uint64 // number of the last record that was deleted by the retention
	AfterHead                uint64 // records that were not yet stored durably when the head was read
	Torn                     bool   // the last record is incomplete: the writer was killed
	Keys                     map[string]bool
	KeyChanges               []KeyChange
}

// Options configure a verification.
type Options struct {
	Keys       []ed25519.PublicKey // if any, one of them must have signed each manifest
	ExpectHead *Hash               // a hash that must be in the chain
	Export     bool                // payloads may be omitted
	// From skips the records of segments that end before it: only their manifests are
	// verified.
	From time.Time
	// Visit is called with every record, if it is not nil. The payload is valid until it
	// returns.
	Visit func(Record) error
}

// A Fault is the first place at which a folder is not what the writer wrote.
type Fault struct {
	File string
	Line int // from 1; 0 if the fault is of the whole file
	Seq  uint64
	Time time.Time
	Text string
}

// Error returns the place and what is wrong.
func (f *Fault) Error() string {
	place := f.File
	if f.Line > 0 {
		place = fmt.Sprintf("%s:%d", place, f.Line)
	}
	if f.Seq > 0 {
		place += fmt.Sprintf(": record %d of %s", f.Seq, f.Time.UTC().Format(time.RFC3339))
	}
	return place + ": " + f.Text
}

type verifier struct {
	dir   string
	opt   Options
	sum   Summary
	cur   Manifest // what is expected of the segment
	head  head     // as it was before the segments were read
	found bool     // ExpectHead is in the chain
	// closed is the number of the newest segment that had a manifest before the head was read.
	closed uint64
	// lastClosed is the number of the newest segment with a verified manifest.
	lastClosed uint64
	erasures   []Erasure
	start      *Manifest  // of the deleted segments; nil if none was deleted
	manifests  []Manifest // of the closed segments that were verified
	// onDeleted is called if the retention has deleted what was read before, if it is not nil.
	onDeleted func() error
	signers   signers
}

func hashOf(text []byte) Hash { return sha256.Sum256(text) }

// Verify reads all segments and manifests of a folder, one record at a time. A [Fault] is the
// first record that was changed, removed, inserted or moved.
func Verify(dir string, opt Options) (Summary, error) {
	v := newVerifier(dir, opt)
	err := v.run()
	return v.sum, err
}

func newVerifier(dir string, opt Options) *verifier {
	return &verifier{dir: dir, opt: opt, cur: Manifest{Segment: 1, FirstSeq: 1}, sum: Summary{Keys: map[string]bool{}}}
}

func (v *verifier) run() error {
	segments, manifests, err := listSegments(v.dir)
	if err != nil {
		return err
	}
	if v.start, err = v.readStart(); err != nil {
		return err
	}
	v.continueAtStart()
	if err := v.checkDeleted(segments, manifests); err != nil {
		return err
	}
	v.head, err = readHead(v.dir, v.opt.Keys)
	if err != nil && len(segments) == 0 && len(manifests) == 0 && v.cur.LastSeq == 0 {
		return &Fault{File: v.dir, Text: "has no segments (is it the folder of cowork_audit?)"}
	}
	if err != nil {
		return err
	}
	if v.erasures, err = readErasures(v.dir, v.opt.Keys); err != nil {
		return err
	}
	if v.head.PublicKey != nil {
		v.sum.Keys[KeyID(v.head.PublicKey)] = true
	}
	last := uint64(0)
	if n := len(segments); n > 0 {
		last = segments[n-1]
	}
	if n := len(manifests); n > 0 {
		v.closed = manifests[n-1]
		last = max(last, v.closed)
	}
	if v.head.Seq > 0 {
		last = max(last, v.head.Segment) // can have begun since the folder was listed
	}
	for v.cur.Segment <= last {
		if err := v.readSegment(v.cur.Segment == last); err != nil {
			return err
		}
	}
	if v.head.Seq > v.cur.LastSeq {
		return &Fault{File: v.dir, Text: fmt.Sprintf("ends with record %d, and %s is of record %d: records were removed from the end", v.cur.LastSeq, headName, v.head.Seq)}
	}
	if !v.signers.atHead.accepts(v.head.PublicKey) {
		return &Fault{File: headName, Text: errOtherSigner.Error()}
	}
	v.sum.Erasures = v.erasures
	v.sum.AfterHead = v.cur.LastSeq - v.head.Seq
	v.sum.Head = v.head.Hash // what is after it can be lost
	if v.opt.ExpectHead != nil && !v.found {
		return &Fault{File: v.dir, Text: fmt.Sprintf("ends with record %d, and the record with hash %s is missing: records were removed from the end", v.cur.LastSeq, v.opt.ExpectHead)}
	}
	return nil
}

// readSegment verifies a segment, then its manifest. Only the last segment can have none.
func (v *verifier) readSegment(isLast bool) error {
	name := segmentName(v.cur.Segment)
	f, err := os.Open(filepath.Join(v.dir, name))
	if errors.Is(err, os.ErrNotExist) {
		if deleted, err := v.skipDeleted(); deleted || err != nil {
			return err
		}
		return &Fault{File: name, Text: fmt.Sprintf("is missing: records from %d were removed", v.cur.FirstSeq)}
	}
	if err != nil {
		return err
	}
	closing := manifestName(v.cur.Segment) // is read before the records: a writer can close the segment meanwhile
	text, missing := os.ReadFile(filepath.Join(v.dir, closing))
	if errors.Is(missing, os.ErrNotExist) && !isLast {
		if deleted, err := v.skipDeleted(); deleted || err != nil {
			return errors.Join(err, f.Close())
		}
	}
	if !v.skipRecords(text) {
		err = v.readRecords(f, name, isLast)
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	v.sum.Segments++
	if errors.Is(missing, os.ErrNotExist) && isLast {
		v.cur.Segment++
		return nil
	}
	name = closing
	if missing != nil {
		return &Fault{File: name, Text: "is missing or cannot be read"}
	}
	m, err := parseSigned[*Manifest](text, v.opt.Keys)
	if err != nil {
		return &Fault{File: name, Text: err.Error()}
	}
	want := v.cur
	want.Closed, want.PublicKey, want.Signature = m.Closed, m.PublicKey, m.Signature
	if again, _ := json.Marshal(&want); string(again)+"\n" != string(text) {
		return &Fault{File: name, Text: "does not match its segment, or the manifest before it"}
	}
	if m.Segment <= v.closed && m.LastSeq > v.head.Seq {
		return &Fault{File: headName, Text: fmt.Sprintf("is older than the closed segment %d: it was replaced by an earlier one", m.Segment)}
	}
	if !v.signers.last.accepts(m.PublicKey) {
		return &Fault{File: name, Text: errOtherSigner.Error()}
	}
	v.sum.Closed++
	v.lastClosed = m.Segment
	v.manifests = append(v.manifests, m)
	if m.PublicKey != nil {
		v.sum.Signed++
		v.sum.Keys[KeyID(m.PublicKey)] = true
	}
	v.cur = nextSegment(&m, text)
	return nil
}

// skipRecords takes the end of a segment from its manifest, if it is before the time from
// which records are read. The manifest is verified afterwards.
func (v *verifier) skipRecords(manifest []byte) bool {
	if v.opt.From.IsZero() {
		return false
	}
	m, err := parseSigned[*Manifest](manifest, v.opt.Keys)
	if err != nil || m.LastSeq < v.cur.FirstSeq || !m.LastTime.Before(v.opt.From) {
		return false
	}
	v.cur.FirstTime, v.cur.LastSeq, v.cur.LastHash, v.cur.LastTime = m.FirstTime, m.LastSeq, m.LastHash, m.LastTime
	v.sum.LastSeq, v.sum.Last, v.sum.Head = m.LastSeq, m.LastTime, m.LastHash
	v.found = v.found || v.opt.ExpectHead != nil && m.LastHash == *v.opt.ExpectHead
	v.sum.Skipped++
	v.signers = signers{} // a skipped record can have changed the key
	return true
}
