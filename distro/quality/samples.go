package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"github.com/cowork-otel/collector/distro/quality/scoring"
	"github.com/cowork-otel/collector/internal/pii"
)

// A keyedRecord is a record and the key of its text.
type keyedRecord struct {
	scoring.Record
	key string
}

// readSamples returns the values that are judged in the corpora, in the tests of the
// patterns and in files of cases. It prints how many there are in each, or that a file is absent.
func readSamples(out io.Writer, root string, files []string, table *weightTable) (all []sample, err error) {
	scanner, err := pii.New(pii.Settings{})
	if err != nil {
		return nil, err
	}
	addRecords := func(name string, records []keyedRecord, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			fmt.Fprintf(out, "%s: not found\n", name)
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		more, err := table.samplesOf(scanner, records)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		fmt.Fprintf(out, "%s: %d values in %d texts\n", name, len(more), len(records))
		all = append(all, more...)
		return nil
	}
	for _, c := range corpora {
		records, err := corpusRecords(c, root)
		if err := addRecords(c.name, records, err); err != nil {
			return nil, err
		}
	}
	records, err := patternTests(filepath.Join(root, "internal/pii/testdata/*.txt"))
	if err := addRecords("tests of the patterns", records, err); err != nil {
		return nil, err
	}
	own, err := filepath.Glob(filepath.Join(root, caseFiles))
	if err != nil {
		return nil, err
	}
	for _, file := range append(own, files...) {
		records, err := readCases(file)
		if err := addRecords(filepath.Base(file), records, err); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// samplesOf returns the values that are judged in records, without those of disguised text,
// those that are neither right nor wrong, and those of unknown label. Values that are refused
// under any noun are no samples.
func (t *weightTable) samplesOf(scanner *pii.Scanner, records []keyedRecord) (all []sample, err error) {
	for _, r := range records {
		if r.Evasion() {
			continue
		}
		secrets, others := valuesOf(r.Record)
		scanner.Explain(r.key, r.Text, func(value string, d pii.Decision) {
			s := sample{secret: overlaps(value, secrets), source: r.Source}
			if d.Refused != "" || !s.secret && (r.Partial || overlaps(value, others)) {
				return
			}
			for _, w := range d.Weights {
				i, found := t.index[w.Name]
				if !found {
					err = fmt.Errorf("feature %q has no row in %s", w.Name, weightsFile)
				}
				s.features = append(s.features, i)
			}
			all = append(all, s)
		})
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

// otherTypes are the types of values that other patterns than secret find.
var otherTypes = []string{"email", "phone", "ssn", "credit_card", "ip", "ip_address", "iban"}

// valuesOf returns the labelled values of a record without the escapes of JSON: the secrets,
// and those that are neither right nor wrong for the pattern secret.
func valuesOf(r scoring.Record) (secrets, others []string) {
	for _, s := range r.Spans {
		value := withoutEscapes(r.Text[s.Start:s.End])
		if slices.Contains(otherTypes, s.Type) {
			others = append(others, value)
		} else {
			secrets = append(secrets, value)
		}
	}
	for _, s := range r.Ignore {
		others = append(others, withoutEscapes(r.Text[s.Start:s.End]))
	}
	return secrets, others
}

// overlaps reports whether a value contains one of others, or is at least half of one.
func overlaps(value string, others []string) bool {
	for _, other := range others {
		if strings.Contains(value, other) || strings.Contains(other, value) && 2*len(value) >= len(other) {
			return true
		}
	}
	return false
}
