package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/cowork-otel/collector/distro/quality/scoring"
)

// A corpus is labelled text in files.
type corpus struct {
	name  string
	files string // a pattern, from the repository's root
	read  func(io.Reader) ([]scoring.Record, error)
	blind bool // its texts are not printed, so that no rule is written for one of them
}

var corpora = []corpus{
	{"own corpus", "internal/pii/testdata/corpus/*.jsonl", scoring.ReadMarked, true},
	{"dev.jsonl", "../shared/corpus/dev.jsonl", scoring.ReadLabelled, false},
	{"dev2.jsonl", "../shared/corpus/dev2.jsonl", scoring.ReadLabelled, false},
}

// loadRecords returns the records of a corpus, fs.ErrNotExist if there are none.
func (c corpus) loadRecords(root string) (records []scoring.Record, err error) {
	files, err := filepath.Glob(filepath.Join(root, c.files))
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		more, err := c.loadFile(file)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		records = append(records, more...)
	}
	if len(records) == 0 {
		return nil, fs.ErrNotExist
	}
	return records, checkUnique(records)
}

func (c corpus) loadFile(file string) (records []scoring.Record, err error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return c.read(f)
}

// checkUnique checks that no two records have the same id.
func checkUnique(records []scoring.Record) error {
	seen := map[string]bool{}
	for _, r := range records {
		if seen[r.ID] {
			return fmt.Errorf("record %s: the id is used twice", r.ID)
		}
		seen[r.ID] = true
	}
	return nil
}
