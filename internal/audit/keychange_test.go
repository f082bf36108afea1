package audit

import (
	"bytes"
	"crypto/ed25519"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"
)

// numberedKey returns a key; each number has its own.
func numberedKey(n byte) ed25519.PrivateKey {
	return ed25519.NewKeyFromSeed(bytes.Repeat([]byte{n}, ed25519.SeedSize))
}

// publicKeys returns options with public keys.
func publicKeys(keys ...ed25519.PrivateKey) (opt Options) {
	for _, key := range keys {
		opt.Keys = append(opt.Keys, key.Public().(ed25519.PublicKey))
	}
	return opt
}

// openWith opens a folder with a key.
func openWith(t *testing.T, dir string, key ed25519.PrivateKey) *Writer {
	t.Helper()
	set := settings(dir)
	set.Key, set.MaxSegmentBytes = key, 1<<20
	w, err := Open(set, testTime)
	require.NoError(t, err)
	return w
}

// runWith appends a record with a key, and stops.
func runWith(t *testing.T, dir string, key ed25519.PrivateKey) (changed *KeyChange) {
	t.Helper()
	w := openWith(t, dir, key)
	require.NoError(t, w.Append(testTime, true, []byte(`{}`)))
	require.NoError(t, w.Close())
	return w.KeyChanged
}

// TestKeyChange starts with another key while no segment is closed: what is written from then
// on has its signature, and the folder verifies with both public keys only.
func TestKeyChange(t *testing.T) {
	dir, one, two := t.TempDir(), numberedKey(1), numberedKey(2)
	require.Nil(t, runWith(t, dir, one))
	want := &KeyChange{Seq: 2, Time: testTime, From: KeyID(one.Public().(ed25519.PublicKey)), To: KeyID(two.Public().(ed25519.PublicKey)), SignedTo: 1}
	require.Equal(t, want, runWith(t, dir, two))
	require.Nil(t, runWith(t, dir, two), "is recorded once")

	sum, err := Verify(dir, publicKeys(one, two))
	require.NoError(t, err)
	require.Equal(t, []KeyChange{*want}, sum.KeyChanges)
	require.Equal(t, map[string]bool{want.From: true, want.To: true}, sum.Keys)
	require.Equal(t, 1, sum.Closed, "the segment of the key before")
	require.EqualValues(t, 6, sum.Records)
	_, err = Verify(dir, publicKeys(two))
	require.EqualError(t, err, "audit-00000001.jsonl:2: record 2 of 2026-11-30T12:00:00Z: changes the key, and its head is signed with another key (pass the public keys from before and after)")
	_, err = Verify(dir, publicKeys(one))
	require.ErrorContains(t, err, "is signed with another key")

	require.NotNil(t, runWith(t, dir, one), "and back")
	require.NotNil(t, runWith(t, dir, nil), "from a key to none")
	sum, err = Verify(dir, Options{})
	require.NoError(t, err)
	require.Len(t, sum.KeyChanges, 3)
	require.Empty(t, sum.KeyChanges[2].To)
}

// TestKeyChangeAfterKill changes the key of a folder with records that the killed writer did
// not sign.
func TestKeyChangeAfterKill(t *testing.T) {
	dir := openSegmentFolder(t, numberedKey(1))
	changed := runWith(t, dir, numberedKey(2))
	require.EqualValues(t, 4, changed.SignedTo)
	require.EqualValues(t, 7, changed.Seq)
	sum, err := Verify(dir, publicKeys(numberedKey(1), numberedKey(2)))
	require.NoError(t, err)
	require.Equal(t, []KeyChange{*changed}, sum.KeyChanges)
	text, err := os.ReadFile(filepath.Join(dir, segmentName(2)))
	require.NoError(t, err)
	require.Contains(t, string(text), `"payload":{"after_head":2,"cut_bytes":0}`)
}

// TestKilledKeyChange kills the writer at each step of a change, and starts it with each of
// three keys.
func TestKilledKeyChange(t *testing.T) {
	dir, one, two := t.TempDir(), numberedKey(1), numberedKey(2)
	runWith(t, dir, one)
	unchanged := readFiles(t, dir)
	runWith(t, dir, two)
	changed := readFiles(t, dir)

	steps := map[string]files{
		"the record is stored": {segmentName(1): changed[segmentName(1)], headName: unchanged[headName]},
		"the head is stored":   {segmentName(1): changed[segmentName(1)], headName: headOf(changed[segmentName(1)], two)},
		"the segment is closed": {
			segmentName(1): changed[segmentName(1)], manifestName(1): changed[manifestName(1)],
			headName: headOf(changed[segmentName(1)], two),
		},
	}
	for step, state := range steps {
		for n := byte(1); n <= 3; n++ {
			killed := state.write(t)
			_, err := Verify(killed, publicKeys(one, two))
			require.NoError(t, err, step)
			runWith(t, killed, numberedKey(n))
			runWith(t, killed, numberedKey(n))
			sum, err := Verify(killed, publicKeys(one, two, numberedKey(n)))
			require.NoError(t, err, "%s, then key %d", step, n)
			require.NotEmpty(t, sum.KeyChanges)
			require.Equal(t, KeyID(numberedKey(n).Public().(ed25519.PublicKey)), sum.KeyChanges[len(sum.KeyChanges)-1].To)
		}
	}
}

// headOf returns the head of the last line of a segment.
func headOf(segment []byte, key ed25519.PrivateKey) []byte {
	lines := bytes.SplitAfter(segment, []byte("\n"))
	r, _ := parseRecord(lines[len(lines)-2])
	return encodeSigned(&head{Segment: 1, Seq: r.Seq, Hash: r.Hash}, key)
}

// TestForgedKeyChange checks that someone without the keys cannot change records and have the
// next start sign them, nor sign a segment after a change with the key before.
func TestForgedKeyChange(t *testing.T) {
	one, two, forger := numberedKey(1), numberedKey(2), numberedKey(9)
	dir := t.TempDir()
	runWith(t, dir, forger) // who wrote the first segment again
	runWith(t, dir, one)
	_, err := Verify(dir, publicKeys(one, two))
	require.ErrorContains(t, err, "record 2 of 2026-11-30T12:00:00Z: changes the key, and its head is signed with another key")

	dir = t.TempDir()
	runWith(t, dir, one)
	w := openWith(t, dir, two)
	require.NoError(t, w.Append(testTime, true, []byte(`{}`)))
	require.NoError(t, w.Rotate(testTime))
	require.NoError(t, w.Close())
	closed := readFiles(t, dir)
	m, err := parseSigned[*Manifest](closed[manifestName(2)], nil)
	require.NoError(t, err)
	h, err := parseSigned[*head](closed[headName], nil)
	require.NoError(t, err)
	for name, text := range map[string][]byte{manifestName(2): encodeSigned(&m, one), headName: encodeSigned(&h, one)} {
		bad := closed.write(t)
		require.NoError(t, os.WriteFile(filepath.Join(bad, name), text, 0o600))
		_, err = Verify(bad, publicKeys(one, two))
		require.EqualError(t, err, name+": is signed with another key than that of the last key_change record")
	}
	hash := regexp.MustCompile(`"hash\\?":\\?"[0-9a-f]{64}`)
	line := bytes.SplitAfter(closed[segmentName(1)], []byte("\n"))[1]
	r, err := parseRecord(line)
	require.NoError(t, err)
	c, err := parseKeyChange(r.Payload)
	require.NoError(t, err)
	require.True(t, hash.Match(c.Head))
	for what, forged := range map[string]head{
		"another hash": {Segment: 1, Seq: 1},
		"a later one":  {Segment: 1, Seq: 5, Hash: r.Hash},
	} {
		text := encodeSigned(&forged, one)
		require.Error(t, checkForgedChange(t, r, text), what)
	}
}

// checkForgedChange verifies a change of the key with another head.
func checkForgedChange(t *testing.T, r Record, headText []byte) error {
	t.Helper()
	r.Payload = append(append([]byte(`{"head":`), bytes.TrimSpace(headText)...), '}')
	v := newVerifier(t.TempDir(), publicKeys(numberedKey(1)))
	return v.addKeyChange(&r, segmentName(1))
}
