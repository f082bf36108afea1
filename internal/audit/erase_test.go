package audit

import (
	"crypto/ed25519"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

var (
	testKeys = Options{Keys: []ed25519.PublicKey{testKey.Public().(ed25519.PublicKey)}}
	userOne  = Selection{User: "p1@example.com"}
)

func eraseUser(dir string, selection Selection) (Erased, error) {
	return Erase(dir, EraseSettings{Name: "request-1", Key: testKey, Selection: selection, Verify: testKeys}, testTime)
}

// folderText returns the text of all files of a folder.
func folderText(t *testing.T, dir string) string {
	t.Helper()
	files, err := os.ReadDir(dir)
	require.NoError(t, err)
	var text strings.Builder
	for _, f := range files {
		one, err := os.ReadFile(filepath.Join(dir, f.Name()))
		require.NoError(t, err)
		text.Write(one)
	}
	return text.String()
}

// TestErase erases a user's records while the writer runs. No file has them any more, the
// folder verifies, and the writer continues it. What is in the open segment remains until it
// is closed, and a second erasure of the same name has both.
func TestErase(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a")
	fillUsers(t, dir, 19)
	w, err := Open(settings(dir), testTime)
	require.NoError(t, err)
	require.NoError(t, w.Append(testTime, true, payload(0), payload(1), payload(2)))
	before, err := verify(dir)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "cut-9.bin"), payload(1)[:185], 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "cut-12.bin"), payload(2)[:185], 0o600))

	dry, err := Erase(dir, EraseSettings{Name: "request-1", Key: testKey, Selection: userOne, DryRun: true}, testTime)
	require.NoError(t, err)
	require.Equal(t, Erased{Records: 6, Open: 1}, dry)
	require.Contains(t, folderText(t, dir), "p1@example.com")
	done, err := eraseUser(dir, userOne)
	require.NoError(t, err)
	require.Equal(t, Erased{Records: 6, Open: 1, Cut: 1}, done)
	require.Equal(t, 1, strings.Count(folderText(t, dir), "p1@example.com"))

	require.NoError(t, w.Rotate(testTime))
	done, err = eraseUser(dir, userOne)
	require.NoError(t, err)
	require.Equal(t, Erased{Records: 1}, done)
	require.NotContains(t, folderText(t, dir), "p1@example.com")
	require.Contains(t, folderText(t, dir), "p2@example.com")

	require.NoError(t, w.Append(testTime, true, payload(1)))
	require.NoError(t, w.Close())
	sum, err := verify(dir)
	require.NoError(t, err)
	require.EqualValues(t, 7, sum.Erased)
	require.Zero(t, sum.Omitted+sum.Erasing)
	require.Equal(t, before.Records+1, sum.Records)
	require.Len(t, sum.Erasures, 1)
	require.EqualValues(t, 7, sum.Erasures[0].Len())
	require.Equal(t, SeqRange{2, 2}, sum.Erasures[0].Records[0])

	out := filepath.Join(t.TempDir(), "out")
	_, all, err := Export(dir, out, testKeys, Selection{})
	require.NoError(t, err)
	exported, err := verify(out)
	require.NoError(t, err, "an export of all records has those that were erased")
	require.Equal(t, all, exported)
}

// TestEraseIsRefused checks that nothing is changed if a record is under a hold, if the key is
// missing or another one, if another erasure runs, and in a folder that was changed.
func TestEraseIsRefused(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a")
	fillUsers(t, dir, 12)
	before := folderText(t, dir)
	refused := func(want string, set EraseSettings) {
		t.Helper()
		_, err := Erase(dir, set, testTime)
		require.ErrorContains(t, err, want)
	}
	all := EraseSettings{Name: "a", Key: testKey, Selection: userOne}
	refused("name: the name is invalid", EraseSettings{Name: "../a", Key: testKey, Selection: userOne})
	refused("neither session nor user", EraseSettings{Name: "a", Key: testKey, Selection: Selection{From: testTime}})
	refused(ErrNoKey.Error(), EraseSettings{Name: "a", Selection: userOne})
	refused(ErrNoKey.Error(), EraseSettings{Name: "a", Key: ed25519.NewKeyFromSeed([]byte(strings.Repeat("x", 32))), Selection: userOne})
	lock, err := lockFile(filepath.Join(dir, changeLock))
	require.NoError(t, err)
	refused("change.lock: is in use", all)
	require.NoError(t, lock.Close())
	for name, hold := range map[string]Selection{
		"time":    {From: testTime, To: testTime.Add(2 * time.Minute)},
		"session": {Session: "s4"},
		"user":    userOne,
	} {
		require.NoError(t, AddHold(dir, Hold{name, hold}))
		refused("of the records are under the hold "+name+": nothing was erased", all)
		require.NoError(t, RemoveHold(dir, name))
	}
	require.Equal(t, before, folderText(t, dir))

	require.NoError(t, AddHold(dir, Hold{"case", Selection{Session: "s4"}}))
	done, err := eraseUser(dir, Selection{User: userOne.User, To: testTime.Add(2 * time.Minute)})
	require.NoError(t, err, "the hold is of a later record")
	require.EqualValues(t, 1, done.Records)

	require.NoError(t, os.Remove(filepath.Join(dir, segmentName(2))))
	_, err = eraseUser(dir, userOne)
	var fault *Fault
	require.ErrorAs(t, err, &fault)
}

// TestErasureIsSigned checks that a payload cannot be removed without the key: without the
// erasure, with one of another key, and with one that names more records.
func TestErasureIsSigned(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a")
	fillUsers(t, dir, 12)
	_, err := eraseUser(dir, userOne)
	require.NoError(t, err)
	path := filepath.Join(dir, erasureFile("request-1"))
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	e, err := parseSigned[*Erasure](text, nil)
	require.NoError(t, err)
	wider := e
	wider.Records = []SeqRange{{1, 12}}
	for want, changed := range map[string]string{
		"erasure-request-1.json: is no erasure":               "x",
		"erasure-request-1.json: was changed":                 string(text) + "\n",
		"erasure-request-1.json: has no valid signature":      strings.Replace(string(text), "[2,2]", "[2,3]", 1),
		"erasure-request-1.json: is signed with another key":  string(encodeSigned(&e, ed25519.NewKeyFromSeed([]byte(strings.Repeat("x", 32))))),
		"erasure-request-1.json: has the name of another":     string(encodeSigned(&Erasure{Name: "b"}, testKey)),
		"record 2 of 2026-11-30T12:01:00Z: has no payload":    "",
		"record 5 of 2026-11-30T12:04:00Z: has no payload, a": string(encodeSigned(&Erasure{Name: "request-1", Records: []SeqRange{{2, 2}}}, testKey)),
	} {
		require.NoError(t, os.WriteFile(path, []byte(changed), 0o600))
		if changed == "" {
			require.NoError(t, os.Remove(path))
		}
		_, err := verify(dir)
		require.ErrorContains(t, err, want)
	}
	require.NoError(t, os.WriteFile(path, encodeSigned(&wider, testKey), 0o600))
	sum, err := verify(dir)
	require.NoError(t, err)
	require.EqualValues(t, 9, sum.Erasing)
}

// TestEraseContinues checks that an erasure which was cut after its file was written is
// completed by the next one.
func TestEraseContinues(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a")
	fillUsers(t, dir, 12)
	blocked := filepath.Join(dir, segmentName(2)+".new")
	require.NoError(t, os.MkdirAll(filepath.Join(blocked, "full"), 0o700))
	_, err := eraseUser(dir, userOne)
	require.Error(t, err)
	sum, err := verify(dir)
	require.NoError(t, err)
	require.Positive(t, sum.Erasing)
	require.NoError(t, os.RemoveAll(blocked))
	_, err = Erase(dir, EraseSettings{Name: "request-2", Key: testKey, Selection: Selection{User: "unknown"}}, testTime)
	require.NoError(t, err)
	sum, err = verify(dir)
	require.NoError(t, err)
	require.Zero(t, sum.Erasing)
	require.EqualValues(t, 3, sum.Erased)
	require.Equal(t, 1, strings.Count(folderText(t, dir), "p1@example.com"), "of the open segment")
}

// TestHoldOfPerson checks that the retention stops at a segment with a record of a held user,
// and that it waits for an erasure.
func TestHoldOfPerson(t *testing.T) {
	dir := t.TempDir()
	set := settings(dir)
	set.Retention = 24 * time.Hour
	w, err := Open(set, testTime)
	require.NoError(t, err)
	for i := range 7 {
		require.NoError(t, w.Append(testTime, true, payload(i)))
		require.NoError(t, w.Rotate(testTime))
	}
	later := testTime.AddDate(0, 0, 2)
	deletes := func(want int) {
		t.Helper()
		deleted, err := w.Tick(later)
		require.NoError(t, err)
		require.Equal(t, want, deleted)
	}
	require.NoError(t, AddHold(dir, Hold{"later", Selection{User: "p0@example.com", From: testTime.Add(time.Hour)}}))
	require.NoError(t, AddHold(dir, Hold{"user", Selection{User: "p2@example.com"}}))
	require.NoError(t, AddHold(dir, Hold{"session", Selection{Session: "s4"}}))
	lock, err := lockFile(filepath.Join(dir, changeLock))
	require.NoError(t, err)
	deletes(0)
	require.NoError(t, lock.Close())
	deletes(2)
	deletes(0)
	require.NoError(t, RemoveHold(dir, "user"))
	deletes(2)
	require.NoError(t, os.WriteFile(filepath.Join(dir, holdFile("session")), []byte("x"), 0o600))
	_, err = w.Tick(later)
	require.EqualError(t, err, "hold-session.json: is no hold (write it again with coworkctl audit hold add)")
	require.NoError(t, RemoveHold(dir, "session"))
	deletes(2)
	require.NoError(t, w.Close())
	_, err = verify(dir)
	require.NoError(t, err)
}

// TestErasedPayloadIsNotGuessed checks that the hash that remains of an erased payload does
// not confirm what it was: its salt is erased too, and no two salts are the same.
func TestErasedPayloadIsNotGuessed(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a")
	fillUsers(t, dir, 12)
	salts := map[Salt]bool{}
	opt := testKeys
	opt.Visit = func(r Record) error {
		require.NotEqual(t, hashOf(r.Payload), r.PayloadHash)
		salts[r.Salt] = true
		return nil
	}
	sum, err := Verify(dir, opt)
	require.NoError(t, err)
	require.Len(t, salts, int(sum.Records))
	_, err = eraseUser(dir, userOne)
	require.NoError(t, err)
	erased := 0
	opt.Visit = func(r Record) error {
		if r.Payload == nil {
			erased++
			require.Zero(t, r.Salt)
		}
		return nil
	}
	_, err = Verify(dir, opt)
	require.NoError(t, err)
	require.Equal(t, 3, erased)
	text := folderText(t, dir)
	left := 0
	for salt := range salts {
		if strings.Contains(text, hex.EncodeToString(salt[:])) {
			left++
		}
	}
	require.Equal(t, len(salts)-erased, left)
}
