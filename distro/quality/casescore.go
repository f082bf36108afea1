package main

import (
	"context"
	"path/filepath"
	"strings"

	"github.com/cowork-otel/collector/distro/quality/scoring"
)

// A caseScore counts the cases of a file that are right: of leak.jsonl those whose values are
// replaced, of keep.jsonl those that stay unchanged.
type caseScore struct {
	name  string
	cases int
	wrong []string // their ids
}

// measureCases sends the cases of the repository through the processor.
func measureCases(ctx context.Context, root string) (scores []caseScore, err error) {
	files, err := filepath.Glob(filepath.Join(root, caseFiles))
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		cases, err := readCases(file)
		if err != nil {
			return nil, err
		}
		var records []scoring.Record
		for _, c := range cases {
			if strings.HasPrefix(c.Text, "{") {
				c.Tags = append(c.Tags, "json-wrapped")
			}
			records = append(records, c.Record)
		}
		texts, err := redact(ctx, records)
		if err != nil {
			return nil, err
		}
		s := caseScore{name: filepath.Base(file), cases: len(records)}
		for i, r := range records {
			if !isRight(r, texts[i]) {
				s.wrong = append(s.wrong, r.ID)
			}
		}
		scores = append(scores, s)
	}
	return scores, nil
}

// isRight reports whether the values of a case are not in its redacted text, or whether a
// case without values is unchanged.
func isRight(r scoring.Record, redacted string) bool {
	if len(r.Spans) == 0 {
		return redacted == r.Text
	}
	for _, s := range r.Spans {
		if strings.Contains(redacted, r.Text[s.Start:s.End]) {
			return false
		}
	}
	return true
}
