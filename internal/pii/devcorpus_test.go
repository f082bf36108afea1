package pii_test

import (
	"bufio"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/pii"
)

// A labelled record of the second corpus, which is no part of the repository.
type labelled struct {
	Text          string
	Spans, Ignore []label
	Partial       bool
	Tags          []string
}

type label struct {
	Start, End int
	Type       string
}

// TestDevCorpus is a compass: it logs how much of the labelled text is found, and
// fails where that falls far below what it was. The corpus is not part of the repository.
func TestDevCorpus(t *testing.T) {
	f, err := os.Open("../../../shared/corpus/dev.jsonl")
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the labelled corpus is not beside the repository")
	}
	require.NoError(t, err)
	defer f.Close()
	s := scanner(t, pii.Settings{})
	wanted, hit := map[string]int{}, map[string]int{}
	right, wrong := map[string]int{}, map[string]int{}
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 64<<20)
	for lines.Scan() {
		var r labelled
		require.NoError(t, json.Unmarshal(lines.Bytes(), &r))
		if slices.Contains(r.Tags, "evasion") {
			continue
		}
		_, found := s.Redact(nil, "", r.Text)
		for _, l := range r.Spans {
			wanted[l.Type]++
			if covered(l, found)*10 >= (l.End-l.Start)*9 {
				hit[l.Type]++
			}
		}
		for _, f := range found {
			if r.Partial || touches(f, r.Spans) || touches(f, r.Ignore) {
				right[f.Pattern.Name]++
			} else {
				wrong[f.Pattern.Name]++
			}
		}
	}
	require.NoError(t, lines.Err())
	for _, kind := range sorted(wanted) {
		t.Logf("%-15s recall    %5.1f %% of %d", kind, percent(hit[kind], wanted[kind]), wanted[kind])
	}
	for _, p := range pii.Patterns() {
		t.Logf("%-15s precision %5.1f %% of %d", p.Name, percent(right[p.Name], right[p.Name]+wrong[p.Name]), right[p.Name]+wrong[p.Name])
	}
	recall, precision := percent(sum(hit), sum(wanted)), percent(sum(right), sum(right)+sum(wrong))
	t.Logf("%-15s recall %.1f %%, precision %.1f %%", "all", recall, precision)
	require.Greater(t, recall, 95.0)
	require.Greater(t, precision, 98.0)
}

// covered counts the bytes of a label that findings cover.
func covered(l label, found []pii.Finding) (n int) {
	for _, f := range found {
		n += max(0, min(l.End, f.End)-max(l.Start, f.Start))
	}
	return n
}

// touches reports whether a finding shares half of itself, or of a label, with a label.
func touches(f pii.Finding, labels []label) bool {
	return slices.ContainsFunc(labels, func(l label) bool {
		shared := min(l.End, f.End) - max(l.Start, f.Start)
		return shared*2 >= f.End-f.Start || shared*2 >= l.End-l.Start
	})
}

func sorted(m map[string]int) (keys []string) {
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func sum(m map[string]int) (n int) {
	for _, v := range m {
		n += v
	}
	return n
}

func percent(part, of int) float64 { return 100 * float64(part) / float64(max(1, of)) }
