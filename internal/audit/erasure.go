package audit

// This file holds what is signed at an erasure: which records have no payload since.

import (
	"crypto/ed25519"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// An Erasure names the records whose payloads were erased under one name. It does not have
// the selection, which can be the address of a person.
type Erasure struct {
	Name    string     `json:"name"`
	Erased  time.Time  `json:"erased"`
	Records []SeqRange `json:"records"`
	signature
}

func (*Erasure) noun() string { return "erasure" }

// A SeqRange has the first and the last number of records that follow each other.
type SeqRange [2]uint64

// String returns the numbers, such as 7 or 7-9.
func (r SeqRange) String() string {
	if r[0] == r[1] {
		return fmt.Sprint(r[0])
	}
	return fmt.Sprintf("%d-%d", r[0], r[1])
}

func erasureFile(name string) string { return "erasure-" + name + ".json" }

// Len returns the number of records.
func (e *Erasure) Len() (n uint64) {
	for _, r := range e.Records {
		n += r[1] - r[0] + 1
	}
	return n
}

// contains reports whether a record was erased.
func (e *Erasure) contains(seq uint64) bool {
	_, found := slices.BinarySearchFunc(e.Records, seq, func(r SeqRange, seq uint64) int {
		switch {
		case r[1] < seq:
			return -1
		case r[0] > seq:
			return 1
		}
		return 0
	})
	return found
}

// addRecords adds numbers, which are sorted.
func (e *Erasure) addRecords(numbers []uint64) {
	all := slices.Clone(e.Records)
	for _, n := range numbers {
		all = append(all, SeqRange{n, n})
	}
	slices.SortFunc(all, func(a, b SeqRange) int { return slices.Compare(a[:], b[:]) })
	e.Records = e.Records[:0:0]
	for _, r := range all {
		if n := len(e.Records); n > 0 && r[0] <= e.Records[n-1][1]+1 {
			e.Records[n-1][1] = max(e.Records[n-1][1], r[1])
			continue
		}
		e.Records = append(e.Records, r)
	}
}

// readErasures reads the erasures of a folder.
func readErasures(dir string, keys []ed25519.PublicKey) (list []Erasure, err error) {
	names, err := listNamed(dir, "erasure-")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return nil, err
		}
		e, err := parseSigned[*Erasure](text, keys)
		if err == nil && erasureFile(e.Name) != name {
			err = errors.New("has the name of another erasure")
		}
		if err != nil {
			return nil, &Fault{File: name, Text: err.Error()}
		}
		list = append(list, e)
	}
	return list, nil
}
