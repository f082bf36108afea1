package audit

// This file holds the erasure of payloads: closed segments are written again without them.

import (
	"bufio"
	"bytes"
	"crypto/ed25519"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"time"
)

// EraseSettings configure an erasure.
type EraseSettings struct {
	Name      string
	Key       ed25519.PrivateKey // nil if the segments are not signed
	Selection Selection
	Verify    Options // how the folder is verified before
	DryRun    bool    // counts the records, and changes nothing
}

// Erased is what [Erase] has done.
type Erased struct {
	Records uint64 // payloads that were erased, those of an earlier erasure that was cut included
	Open    uint64 // selected records in the open segment, which are not erased
	Cut     int    // files with incomplete records that were removed
}

// ErrNoKey is the error of an erasure without a key of a folder that is signed.
var ErrNoKey = errors.New("the segments are signed: the erasure must be signed too, with one of their keys")

// Erase verifies a folder, and removes the payloads of selected records from closed segments.
// Their hashes remain, and a signed file names them, so that [Verify] accepts the folder. The
// writer can run meanwhile. Nothing is erased if a selected record is under a hold.
//
// A crash leaves payloads that the file names already: the next erasure removes them.
func Erase(dir string, set EraseSettings, now time.Time) (done Erased, err error) {
	if !isName(set.Name) {
		return done, fmt.Errorf("name: %w", errName)
	}
	if !set.Selection.isOfPerson() {
		return done, errors.New("selection: has neither session nor user")
	}
	lock, err := lockFile(filepath.Join(dir, changeLock))
	if err != nil {
		return done, fmt.Errorf("%s: %w", changeLock, err)
	}
	defer func() { err = errors.Join(err, lock.Close()) }()
	e := eraser{dir: dir, set: set, done: &done, segments: map[uint64][]uint64{}}
	if err := e.plan(); err != nil || set.DryRun {
		return done, err
	}
	if len(e.selected) > 0 {
		if err := e.record(now); err != nil {
			return done, err
		}
	}
	for n, numbers := range e.segments {
		if err := e.rewrite(n, numbers); err != nil {
			return done, err
		}
	}
	return done, e.removeCut()
}

// An eraser is one erasure.
type eraser struct {
	dir      string
	set      EraseSettings
	done     *Erased
	segments map[uint64][]uint64 // numbers of the records to erase by segment, sorted
	selected []uint64            // those of them that no erasure has yet
}

// plan verifies the folder, and finds the records. Holds are compared before and after: one
// can be added meanwhile.
func (e *eraser) plan() error {
	holds, err := Holds(e.dir)
	if err != nil {
		return err
	}
	held := map[string]int{}
	opt, perSegment := e.set.Verify, map[uint64][]uint64{}
	opt.Export = false
	v := newVerifier(e.dir, opt)
	v.opt.Visit = func(r Record) error {
		if opt.Visit != nil {
			if err := opt.Visit(r); err != nil {
				return err
			}
		}
		isPending := r.Payload != nil && v.erasureOf(r.Seq) != nil
		if r.Payload == nil || !isPending && !e.set.Selection.Selects(&r) {
			return nil
		}
		perSegment[v.cur.Segment] = append(perSegment[v.cur.Segment], r.Seq)
		if isPending {
			return nil
		}
		for _, h := range holds {
			if h.Selects(&r) {
				held[h.Name]++
			}
		}
		e.selected = append(e.selected, r.Seq)
		return nil
	}
	if err := v.run(); err != nil {
		return err
	}
	for _, h := range holds {
		if n := held[h.Name]; n > 0 {
			return fmt.Errorf("%d of the records are under the hold %s: nothing was erased (remove the hold, or limit the time)", n, h.Name)
		}
	}
	if after, err := Holds(e.dir); err != nil || !reflect.DeepEqual(holds, after) {
		return errors.Join(err, errors.New("holds were changed meanwhile: nothing was erased (try again)"))
	}
	if len(v.sum.Keys) > 0 && (e.set.Key == nil || !v.sum.Keys[KeyID(e.set.Key.Public().(ed25519.PublicKey))]) {
		return ErrNoKey
	}
	for n, numbers := range perSegment {
		if n > v.lastClosed { // its records are the last ones
			e.done.Open = uint64(len(numbers))
			e.selected = e.selected[:len(e.selected)-len(numbers)]
			continue
		}
		e.segments[n] = numbers
		e.done.Records += uint64(len(numbers))
	}
	return nil
}

// record writes which records are erased. An erasure of the same name is extended.
func (e *eraser) record(now time.Time) error {
	document := Erasure{Name: e.set.Name}
	text, err := os.ReadFile(filepath.Join(e.dir, erasureFile(e.set.Name)))
	if err == nil {
		document, err = parseSigned[*Erasure](text, nil) // was verified in plan
	}
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	document.Erased = now.UTC()
	document.addRecords(e.selected)
	return writeFile(e.dir, erasureFile(document.Name), encodeSigned(&document, e.set.Key))
}

// rewrite replaces a segment by a copy in which records have no payload.
func (e *eraser) rewrite(segment uint64, numbers []uint64) (err error) {
	name := segmentName(segment)
	from, err := os.Open(filepath.Join(e.dir, name))
	if err != nil {
		return err
	}
	defer from.Close()
	temporary := filepath.Join(e.dir, name+".new")
	to, err := createFile(temporary)
	if err != nil {
		return err
	}
	err = copyWithout(to, from, numbers)
	if err = errors.Join(err, to.Sync(), to.Close()); err != nil {
		return errors.Join(err, os.Remove(temporary))
	}
	_ = from.Close() // Windows does not replace an open file
	if err := os.Rename(temporary, filepath.Join(e.dir, name)); err != nil {
		return errors.Join(err, os.Remove(temporary))
	}
	return syncDir(e.dir)
}

// copyWithout copies the lines of a segment, without the payloads of some records.
func copyWithout(to io.Writer, from io.Reader, numbers []uint64) error {
	reader, buffer := bufio.NewReaderSize(from, 1<<16), []byte(nil)
	writer := bufio.NewWriterSize(to, 1<<16)
	for {
		var err error
		if buffer, err = readLine(reader, buffer); errors.Is(err, io.EOF) {
			return writer.Flush()
		}
		if err != nil {
			return err
		}
		r, err := parseRecord(buffer)
		if err != nil {
			return err
		}
		if len(numbers) > 0 && r.Seq == numbers[0] {
			numbers, r.Payload = numbers[1:], nil
			buffer = r.appendLine(buffer[:0])
		}
		if _, err := writer.Write(buffer); err != nil {
			return err
		}
	}
}

// removeCut removes incomplete records that have the person's text: they are not in the
// chain.
func (e *eraser) removeCut() error {
	files, err := filepath.Glob(filepath.Join(e.dir, "cut-*.bin"))
	if err != nil {
		return err
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		for _, value := range []string{e.set.Selection.Session, e.set.Selection.User} {
			if value == "" || !bytes.Contains(text, []byte(value)) {
				continue
			}
			if err := os.Remove(name); err != nil {
				return err
			}
			e.done.Cut++
			break
		}
	}
	return nil
}
