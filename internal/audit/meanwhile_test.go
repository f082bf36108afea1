package audit

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// once returns a Visit that calls a function at the first record.
func once(f func()) func(Record) error {
	return func(r Record) error {
		if r.Seq == 1 {
			f()
		}
		return nil
	}
}

// TestErasedMeanwhile checks that a verification accepts what is erased after it has begun.
func TestErasedMeanwhile(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a")
	fillUsers(t, dir, 12)
	opt := testKeys
	opt.Visit = once(func() {
		_, err := eraseUser(dir, userOne)
		require.NoError(t, err)
	})
	sum, err := Verify(dir, opt)
	require.NoError(t, err)
	require.Positive(t, sum.Erased)
}

// TestHeldMeanwhile checks that nothing is erased if a hold is added while the records are
// read.
func TestHeldMeanwhile(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a")
	fillUsers(t, dir, 12)
	opt := testKeys
	opt.Visit = once(func() { require.NoError(t, AddHold(dir, Hold{"case", userOne})) })
	_, err := Erase(dir, EraseSettings{Name: "a", Key: testKey, Selection: userOne, Verify: opt}, testTime)
	require.EqualError(t, err, "holds were changed meanwhile: nothing was erased (try again)")
	sum, err := verify(dir)
	require.NoError(t, err)
	require.Zero(t, sum.Erased+sum.Erasing)
}
