package audit

import (
	"bytes"
	"crypto/ed25519"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// openSegmentFolder writes four records that are stored durably, and two that are not, and
// returns the folder as a killed writer leaves it.
func openSegmentFolder(t *testing.T, key ed25519.PrivateKey) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "a")
	set := settings(dir)
	set.Key, set.MaxSegmentBytes = key, 1<<20
	w, err := Open(set, testTime)
	require.NoError(t, err)
	for i := range 6 {
		require.NoError(t, w.Append(testTime, i < 4, fmt.Appendf(nil, `{"n":%d}`, i)))
	}
	killed := copyDir(t, dir)
	require.NoError(t, w.Close())
	return killed
}

// keepLines keeps the first lines of a segment.
func keepLines(t *testing.T, dir string, n int) {
	t.Helper()
	path := filepath.Join(dir, segmentName(1))
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(path, bytes.Join(bytes.SplitAfter(text, []byte("\n"))[:n], nil), 0o600))
}

// TestEndOfOpenSegment removes records from the end of a segment without a manifest. Those
// that were stored durably are missed, by a verification and by a start.
func TestEndOfOpenSegment(t *testing.T) {
	dir := openSegmentFolder(t, testKey)
	for kept := 6; kept >= 0; kept-- {
		cut := copyDir(t, dir)
		keepLines(t, cut, kept)
		sum, err := verify(cut)
		set := settings(cut)
		set.MaxSegmentBytes = 1 << 20
		w, openErr := Open(set, testTime)
		if kept < 4 {
			require.EqualError(t, err, fmt.Sprintf("%s: ends with record %d, and head.json is of record 4: records were removed from the end", cut, kept))
			require.EqualError(t, openErr, fmt.Sprintf("head.json: is of record 4, and the segments end with %d: records were removed from the end (see coworkctl audit verify)", kept))
			continue
		}
		require.NoError(t, err)
		require.EqualValues(t, kept-4, sum.AfterHead)
		require.NoError(t, openErr)
		require.NoError(t, w.Close())
		restarted, err := os.ReadFile(filepath.Join(cut, segmentName(1)))
		require.NoError(t, err)
		require.Contains(t, string(restarted), fmt.Sprintf(`"payload":{"after_head":%d,"cut_bytes":0}}`, kept-4))
		sum, err = verify(cut)
		require.NoError(t, err)
		require.Zero(t, sum.AfterHead)
	}
	require.NoError(t, os.Remove(filepath.Join(dir, segmentName(1))))
	_, err := verify(dir)
	require.ErrorContains(t, err, "audit-00000001.jsonl: is missing: records from 1 were removed")
	_, err = Open(settings(dir), testTime)
	require.ErrorContains(t, err, "records were removed from the end")
}

// TestChangedHead removes and changes head.json: a verification and a start fail.
func TestChangedHead(t *testing.T) {
	dir := openSegmentFolder(t, testKey)
	text, err := os.ReadFile(filepath.Join(dir, headName))
	require.NoError(t, err)
	otherKey := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{1}, 32))
	h, err := parseSigned[*head](text, nil)
	require.NoError(t, err)
	wrongHash := h
	wrongHash.Hash[0] ^= 1
	for what, changed := range map[string][]byte{
		"is missing":                       nil,
		"is no head":                       []byte("x"),
		"has another form":                 append(slices.Clip(text), ' '),
		"has no valid signature":           bytes.Replace(text, []byte(`"seq":4`), []byte(`"seq":3`), 1),
		"is signed with another key":       encodeSigned(&h, otherKey),
		"has another hash":                 encodeSigned(&wrongHash, testKey),
		"is of record 7":                   encodeSigned(&head{Segment: 1, Seq: 7}, testKey),
		"unsigned: has no valid signature": encodeSigned(&h, nil),
	} {
		t.Run(what, func(t *testing.T) {
			bad := copyDir(t, dir)
			if changed == nil {
				require.NoError(t, os.Remove(filepath.Join(bad, headName)))
			} else {
				require.NoError(t, os.WriteFile(filepath.Join(bad, headName), changed, 0o600))
			}
			_, err := verify(bad)
			require.Error(t, err)
			_, openErr := Open(settings(bad), testTime)
			if bytes.Equal(changed, encodeSigned(&h, nil)) || bytes.Equal(changed, encodeSigned(&h, otherKey)) {
				require.NoError(t, openErr, "the key can have been changed")
				_, err = verify(bad)
				require.ErrorContains(t, err, "changes the key, and its head "+strings.TrimPrefix(what, "unsigned: "))
				return
			}
			require.ErrorContains(t, err, what)
			require.ErrorContains(t, openErr, what)
		})
	}
}

// TestOlderHead replaces head.json by an earlier one. It is found if a segment was closed
// since, and by --expect-head.
func TestOlderHead(t *testing.T) {
	dir := t.TempDir()
	w, err := Open(settings(dir), testTime)
	require.NoError(t, err)
	require.NoError(t, w.Append(testTime, true, []byte(`{"n":1}`)))
	old, err := os.ReadFile(filepath.Join(dir, headName))
	require.NoError(t, err)
	require.NoError(t, w.Append(testTime, true, []byte(`{"n":2}`)))
	_, newest := w.Head()
	require.NoError(t, w.Close())

	rolledBack := copyDir(t, dir)
	require.NoError(t, os.WriteFile(filepath.Join(rolledBack, headName), old, 0o600))
	keepLines(t, rolledBack, 1)
	_, err = verify(rolledBack)
	require.NoError(t, err, "nothing in the folder shows it")
	_, err = Verify(rolledBack, Options{ExpectHead: &newest})
	require.ErrorContains(t, err, "records were removed from the end")

	w, err = Open(settings(dir), testTime)
	require.NoError(t, err)
	require.NoError(t, w.Rotate(testTime))
	require.NoError(t, w.Close())
	require.NoError(t, os.WriteFile(filepath.Join(dir, headName), old, 0o600))
	_, err = verify(dir)
	require.EqualError(t, err, "head.json: is older than the closed segment 1: it was replaced by an earlier one")
	_, err = Open(settings(dir), testTime)
	require.EqualError(t, err, "head.json: is older than the newest closed segment (see coworkctl audit verify)")
}

// TestHeadFails checks that a batch whose head cannot be written is not stored, and that it is
// once the head can be written.
func TestHeadFails(t *testing.T) {
	dir := t.TempDir()
	w, err := Open(settings(dir), testTime)
	require.NoError(t, err)
	blocked := filepath.Join(dir, headName+".new")
	require.NoError(t, os.MkdirAll(filepath.Join(blocked, "full"), 0o700))
	require.ErrorContains(t, w.Append(testTime, true, []byte(`{"n":1}`)), "head.json")
	require.NoError(t, os.RemoveAll(blocked))
	require.NoError(t, w.Append(testTime, true, []byte(`{"n":1}`)))
	require.NoError(t, w.Close())
	sum, err := verify(dir)
	require.NoError(t, err)
	require.EqualValues(t, 1, sum.Records)
}

// TestMissingPayload checks that a start and a verification refuse an open segment in which a
// payload was removed.
func TestMissingPayload(t *testing.T) {
	dir := t.TempDir()
	fill(t, dir, 2)
	path := filepath.Join(dir, segmentName(1))
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	text = regexp.MustCompile(`,"salt":"[0-9a-f]+","payload":\{"n":1\}`).ReplaceAll(text, nil)
	require.NoError(t, os.WriteFile(path, text, 0o600))
	_, err = Open(settings(dir), testTime)
	require.EqualError(t, err, "audit-00000001.jsonl: the record after number 1 was changed (see coworkctl audit verify)")
	_, err = verify(dir)
	require.ErrorContains(t, err, "record 2 of 2026-11-30T12:00:00Z: has no payload, and no erasure names it")
}
