package audit

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// files are the texts of a folder's files.
type files map[string][]byte

// A trail is a folder with all its earlier states.
type trail struct {
	states  []files // the last one is the newest
	records map[uint64]Hash
	head    Hash
	// leftover is the manifest of the last deleted segment. A kill can leave it.
	leftover string
}

// newTrail writes segments, of which the retention deletes the oldest, and erases a person's
// records.
func newTrail(t *testing.T) *trail {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "a")
	set := settings(dir)
	set.Retention, set.MaxSegmentBytes = 24*time.Hour, 1500
	tr := &trail{records: map[uint64]Hash{}}
	w, err := Open(set, testTime)
	require.NoError(t, err)
	for i := range 12 {
		at := testTime.Add(time.Duration(i) * 4 * time.Hour)
		require.NoError(t, w.Append(at, true, payload(2*i), payload(2*i+1)))
		_, err := w.Tick(at)
		require.NoError(t, err)
		tr.states = append(tr.states, readFiles(t, dir))
	}
	_, err = Erase(dir, EraseSettings{Name: "a", Key: testKey, Selection: userOne}, testTime)
	require.NoError(t, err)
	require.NoError(t, w.Close())
	tr.states = append(tr.states, readFiles(t, dir))
	opt := testKeys
	opt.Visit = func(r Record) error { tr.records[r.Seq] = r.Hash; return nil }
	sum, err := Verify(dir, opt)
	require.NoError(t, err)
	require.Positive(t, sum.DeletedTo)
	require.Positive(t, sum.Erased)
	require.Greater(t, sum.Closed, 3)
	tr.head = sum.Head
	start, err := parseSigned[*Manifest](tr.states[len(tr.states)-1][startName], nil)
	require.NoError(t, err)
	tr.leftover = manifestName(start.Segment)
	return tr
}

func readFiles(t *testing.T, dir string) files {
	t.Helper()
	all := files{}
	names, err := filepath.Glob(filepath.Join(dir, "*.json*"))
	require.NoError(t, err)
	for _, name := range names {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		all[filepath.Base(name)] = text
	}
	return all
}

// write writes the files to a new folder.
func (f files) write(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range f {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), text, 0o600))
	}
	return dir
}

// choose returns a file whose name has the ending.
func (f files) choose(r *rand.Rand, ending string) string {
	names := slices.DeleteFunc(slices.Sorted(maps.Keys(f)), func(n string) bool { return !strings.HasSuffix(n, ending) })
	return names[r.IntN(len(names))]
}

// editLines changes the lines of a segment.
func (f files) editLines(r *rand.Rand, edit func([][]byte) [][]byte) {
	name := f.choose(r, ".jsonl")
	lines := bytes.SplitAfter(bytes.Clone(f[name]), []byte("\n"))
	f[name] = bytes.Join(edit(lines[:len(lines)-1]), nil)
}

// forged returns the line of a record that continues the chain after another one, as someone
// without the key can compute it.
func forged(line []byte) []byte {
	r, err := parseRecord(line)
	if err != nil {
		return []byte("{}\n")
	}
	r.Prev, r.Payload = r.Hash, []byte(`{"forged":true}`)
	r.Seq++
	r.PayloadHash = r.Salt.hashPayload(r.Payload)
	r.Hash = r.computeHash()
	return r.appendLine(nil)
}

// tamperings are what someone without the key can do to a folder.
var tamperings = map[string]func(*rand.Rand, files, *trail){
	"change": func(r *rand.Rand, f files, _ *trail) {
		name := f.choose(r, "")
		f[name] = bytes.Clone(f[name])
		f[name][r.IntN(len(f[name]))] ^= byte(1 + r.IntN(255))
	},
	"drop": func(r *rand.Rand, f files, _ *trail) {
		f.editLines(r, func(l [][]byte) [][]byte { i := r.IntN(len(l)); return slices.Delete(l, i, i+1) })
	},
	"reorder": func(r *rand.Rand, f files, _ *trail) {
		f.editLines(r, func(l [][]byte) [][]byte {
			i, j := r.IntN(len(l)), r.IntN(len(l))
			l[i], l[j] = l[j], l[i]
			return l
		})
	},
	"duplicate": func(r *rand.Rand, f files, _ *trail) {
		f.editLines(r, func(l [][]byte) [][]byte { return slices.Insert(l, r.IntN(len(l)+1), l[r.IntN(len(l))]) })
	},
	"insert": func(r *rand.Rand, f files, _ *trail) {
		f.editLines(r, func(l [][]byte) [][]byte {
			i := r.IntN(len(l))
			return slices.Insert(l, i+1, forged(l[i]))
		})
	},
	"replace the rest": func(r *rand.Rand, f files, _ *trail) {
		f.editLines(r, func(l [][]byte) [][]byte {
			for i := r.IntN(len(l)); i+1 < len(l); i++ {
				l[i+1] = forged(l[i])
			}
			return l
		})
	},
	"erase": func(r *rand.Rand, f files, _ *trail) {
		f.editLines(r, func(l [][]byte) [][]byte {
			i := r.IntN(len(l))
			if record, err := parseRecord(l[i]); err == nil {
				record.Payload = nil
				l[i] = record.appendLine(nil)
			}
			return l
		})
	},
	"truncate": func(r *rand.Rand, f files, _ *trail) {
		name := f.choose(r, "")
		f[name] = f[name][:r.IntN(len(f[name]))]
	},
	"append": func(r *rand.Rand, f files, _ *trail) {
		name := f.choose(r, "")
		f[name] = append(bytes.Clone(f[name]), " \n\x00x"[r.IntN(4)])
	},
	"remove": func(r *rand.Rand, f files, _ *trail) { delete(f, f.choose(r, "")) },
	"swap": func(r *rand.Rand, f files, _ *trail) {
		a, b := f.choose(r, ".jsonl"), f.choose(r, ".jsonl")
		f[a], f[b] = f[b], f[a]
		a, b = strings.Replace(a, ".jsonl", ".manifest.json", 1), strings.Replace(b, ".jsonl", ".manifest.json", 1)
		if f[a] != nil && f[b] != nil {
			f[a], f[b] = f[b], f[a]
		}
	},
	"renumber": func(r *rand.Rand, f files, _ *trail) {
		name := f.choose(r, ".jsonl")
		f[segmentName(uint64(1+r.IntN(20)))] = f[name]
		delete(f, name)
	},
	"an older file": func(r *rand.Rand, f files, tr *trail) {
		state := tr.states[r.IntN(len(tr.states)-1)]
		if name := state.choose(r, ""); name != tr.leftover {
			f[name] = state[name]
		}
	},
	// The state before the erasure has the same chain: it is no older one.
	"an older folder": func(r *rand.Rand, f files, tr *trail) {
		clear(f)
		maps.Copy(f, tr.states[r.IntN(len(tr.states)-2)])
	},
}

// verifyTampered verifies files, and requires that each record up to the signed head is one
// that was written. It returns whether the folder is accepted without a remark.
func (tr *trail) verifyTampered(t *testing.T, f files, expectHead *Hash, what string) bool {
	t.Helper()
	opt := testKeys
	opt.ExpectHead = expectHead
	seen := map[uint64]Hash{}
	opt.Visit = func(r Record) error { seen[r.Seq] = r.Hash; return nil }
	sum, err := Verify(f.write(t), opt)
	if err != nil {
		return false
	}
	for seq, hash := range seen {
		if written, ok := tr.records[seq]; ok && seq <= sum.LastSeq-sum.AfterHead {
			require.Equal(t, written, hash, "%s: record %d", what, seq)
		}
	}
	return !sum.Torn && sum.AfterHead == 0 && sum.Erasing == 0
}

// TestEachTampering does each of the tamperings alone, many times: each is found.
func TestEachTampering(t *testing.T) {
	tr := newTrail(t)
	newest := tr.states[len(tr.states)-1]
	require.True(t, tr.verifyTampered(t, newest, &tr.head, "nothing"))
	for name, tamper := range tamperings {
		t.Run(name, func(t *testing.T) {
			r := rand.New(rand.NewPCG(1, uint64(len(name))))
			done := 0
			for range 30 {
				f := maps.Clone(newest)
				if tamper(r, f, tr); maps.EqualFunc(f, newest, bytes.Equal) {
					continue
				}
				done++
				require.False(t, tr.verifyTampered(t, f, &tr.head, name), "%s was not found: %s", name, difference(f, newest))
			}
			require.Greater(t, done, 8)
		})
	}
}

// TestTamperingsTogether does several tamperings at once. Without a head from elsewhere, a
// folder can be an earlier state of itself. Its records are those that were written all the
// same.
func TestTamperingsTogether(t *testing.T) {
	tr := newTrail(t)
	names := slices.Sorted(maps.Keys(tamperings))
	accepted := 0
	for seed := range uint64(250) {
		r := rand.New(rand.NewPCG(2, seed))
		f := maps.Clone(tr.states[r.IntN(len(tr.states))])
		var what []string
		for range 1 + r.IntN(3) {
			name := names[r.IntN(len(names))]
			what = append(what, name)
			if len(f) > 3 {
				tamperings[name](r, f, tr)
			}
		}
		if tr.verifyTampered(t, f, nil, fmt.Sprint(seed, what)) {
			accepted++
		}
	}
	require.Positive(t, accepted, "an earlier folder as a whole is accepted")
	require.Less(t, accepted, 80)
}

// difference names the files that differ.
func difference(f, from files) (names []string) {
	for name, text := range f {
		if !bytes.Equal(text, from[name]) {
			names = append(names, name)
		}
	}
	for name := range from {
		if f[name] == nil {
			names = append(names, "-"+name)
		}
	}
	return names
}

// TestForgedTail appends a record to the open segment, as anyone can who can write to it: it is
// after the head.
func TestForgedTail(t *testing.T) {
	dir := t.TempDir()
	fill(t, dir, 2)
	path := filepath.Join(dir, segmentName(1))
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	lines := bytes.SplitAfter(text, []byte("\n"))
	require.NoError(t, os.WriteFile(path, append(text, forged(lines[1])...), 0o600))
	sum, err := verify(dir)
	require.NoError(t, err)
	require.EqualValues(t, 1, sum.AfterHead)
}
