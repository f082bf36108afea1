package audit

// This file holds the verification of the records of a segment.

import (
	"bufio"
	"errors"
	"fmt"
	"io"
)

// readRecords verifies the lines of a segment.
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
		}
		if fault.Text == "" && r.Kind == KindKeyChange {
			if err := v.addKeyChange(&r, name); err != nil {
				fault.Text = err.Error()
			}
		}
		if fault.Text != "" {
			return fault
		}
		if err := v.addRecord(&r); err != nil {
			return err
		}
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
