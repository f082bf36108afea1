package audit

// This file holds the verification of a folder.

import (
	"bufio"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
)

// A Summary is what [Verify] has read.
type Summary struct {
	Segments, Closed, Signed int
	Records, Restarts        uint64
	Omitted                  uint64 // payloads that an export omits
	Erased                   uint64 // payloads that were erased
	Erasing                  uint64 // payloads that an erasure names, and that are still there
	Erasures                 []Erasure
	FirstSeq, LastSeq        uint64
	First, Last              time.Time
	Head                     Hash
	DeletedTo                uint64 // number of the last record that was deleted by the retention
	AfterHead                uint64 // records that were not yet stored durably when the head was read
	Torn                     bool   // the last record is incomplete: the writer was killed
	Keys                     map[string]bool
}

// Options configure a verification.
type Options struct {
	Keys       []ed25519.PublicKey // if any, one of them must have signed each manifest
	ExpectHead *Hash               // a hash that must be in the chain
	Export     bool                // payloads may be omitted
	// Visit is called with every record, if it is not nil.
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
	if err := v.readStart(); err != nil {
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
	for v.cur.Segment <= last {
		if err := v.readSegment(v.cur.Segment == last); err != nil {
			return err
		}
	}
	if v.head.Seq > v.cur.LastSeq {
		return &Fault{File: v.dir, Text: fmt.Sprintf("ends with record %d, and %s is of record %d: records were removed from the end", v.cur.LastSeq, headName, v.head.Seq)}
	}
	v.sum.Erasures = v.erasures
	v.sum.AfterHead = v.cur.LastSeq - v.head.Seq
	if v.opt.ExpectHead != nil && !v.found {
		return &Fault{File: v.dir, Text: fmt.Sprintf("ends with record %d, and the record with hash %s is missing: records were removed from the end", v.cur.LastSeq, v.opt.ExpectHead)}
	}
	return nil
}

// readStart reads the manifest of deleted segments.
func (v *verifier) readStart() error {
	text, err := os.ReadFile(filepath.Join(v.dir, startName))
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	m, err := parseManifest(text, v.opt.Keys)
	if err != nil {
		return &Fault{File: startName, Text: err.Error()}
	}
	if !m.Deleted {
		return &Fault{File: startName, Text: "is no manifest of a deletion"}
	}
	v.sum.DeletedTo = m.LastSeq
	v.cur = Manifest{Segment: m.Segment + 1, FirstSeq: m.LastSeq + 1, LastSeq: m.LastSeq, FirstPrev: m.LastHash, LastHash: m.LastHash, PrevManifest: m.PrevManifest}
	// A crash between the manifest and the deletion leaves the segment.
	return nil
}

// readSegment verifies a segment, then its manifest. Only the last segment can have none.
func (v *verifier) readSegment(isLast bool) error {
	name := segmentName(v.cur.Segment)
	f, err := os.Open(filepath.Join(v.dir, name))
	if errors.Is(err, os.ErrNotExist) {
		return &Fault{File: name, Text: fmt.Sprintf("is missing: records from %d were removed", v.cur.FirstSeq)}
	}
	if err != nil {
		return err
	}
	closing := manifestName(v.cur.Segment) // is read before the records: a writer can close the segment meanwhile
	text, missing := os.ReadFile(filepath.Join(v.dir, closing))
	err = v.readRecords(f, name, isLast)
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
	m, err := parseManifest(text, v.opt.Keys)
	if err != nil {
		return &Fault{File: name, Text: err.Error()}
	}
	want := v.cur
	want.Closed, want.PublicKey, want.Signature = m.Closed, m.PublicKey, m.Signature
	if got, _ := json.Marshal(m); string(got) != string(mustJSON(want)) {
		return &Fault{File: name, Text: "does not match its segment, or the manifest before it"}
	}
	if m.Segment <= v.closed && m.LastSeq > v.head.Seq {
		return &Fault{File: headName, Text: fmt.Sprintf("is older than the closed segment %d: it was replaced by an earlier one", m.Segment)}
	}
	v.sum.Closed++
	v.lastClosed = m.Segment
	if m.PublicKey != nil {
		v.sum.Signed++
		v.sum.Keys[KeyID(m.PublicKey)] = true
	}
	v.cur = nextSegment(&m, text)
	return nil
}

func mustJSON(m Manifest) []byte {
	text, _ := json.Marshal(m)
	return text
}

func (v *verifier) readRecords(f io.Reader, name string, isLast bool) error {
	reader, buffer := bufio.NewReaderSize(f, 1<<16), []byte(nil)
	for line := 1; ; line++ {
		var err error
		buffer, err = readLine(reader, buffer)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if errors.Is(err, io.ErrUnexpectedEOF) && isLast {
			v.sum.Torn = true
			return nil
		}
		if err != nil {
			return &Fault{File: name, Line: line, Text: err.Error()}
		}
		r, err := parseRecord(buffer)
		fault := &Fault{File: name, Line: line, Seq: r.Seq, Time: r.Time}
		switch {
		case err != nil:
			fault.Text = err.Error()
		case r.Seq > v.cur.LastSeq+1:
			fault.Text = fmt.Sprintf("follows record %d: those between were removed", v.cur.LastSeq)
		case r.Seq < v.cur.LastSeq+1:
			fault.Text = fmt.Sprintf("follows record %d: it was inserted or moved", v.cur.LastSeq)
		case r.Prev != v.cur.LastHash:
			fault.Text = "does not continue the chain: it or the record before was replaced"
		case r.Seq == v.head.Seq && r.Hash != v.head.Hash:
			fault.Text = "has another hash than in " + headName + ": it or one before was replaced"
		case r.Payload == nil && !v.opt.Export && !v.isErased(r.Seq):
			fault.Text = "has no payload, and no erasure names it (verify an export with --export)"
		default:
			if err := v.addRecord(&r); err != nil {
				return err
			}
			continue
		}
		return fault
	}
}

// addRecord counts a record, and passes it to Visit.
func (v *verifier) addRecord(r *Record) error {
	if v.sum.FirstSeq == 0 {
		v.sum.FirstSeq, v.sum.First = r.Seq, r.Time
	}
	v.cur.addRecord(r)
	v.sum.LastSeq, v.sum.Last, v.sum.Head = r.Seq, r.Time, r.Hash
	v.sum.Records++
	if r.Kind == KindRestart {
		v.sum.Restarts++
	}
	switch erased := v.erasureOf(r.Seq) != nil; {
	case r.Payload == nil && erased:
		v.sum.Erased++
	case r.Payload == nil:
		v.sum.Omitted++
	case erased:
		v.sum.Erasing++
	}
	v.found = v.found || v.opt.ExpectHead != nil && r.Hash == *v.opt.ExpectHead
	if v.opt.Visit != nil {
		return v.opt.Visit(*r)
	}
	return nil
}

// erasureOf returns the erasure that names a record, or nil.
func (v *verifier) erasureOf(seq uint64) *Erasure {
	for i := range v.erasures {
		if v.erasures[i].contains(seq) {
			return &v.erasures[i]
		}
	}
	return nil
}

// isErased reports whether an erasure names a record. It reads the erasures again, if none
// does: the payload can have been erased meanwhile.
func (v *verifier) isErased(seq uint64) bool {
	if v.erasureOf(seq) != nil {
		return true
	}
	if again, err := readErasures(v.dir, v.opt.Keys); err == nil {
		v.erasures = again
	}
	return v.erasureOf(seq) != nil
}
