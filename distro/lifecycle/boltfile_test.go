package lifecycle

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.etcd.io/bbolt"
)

// newBolt writes a database as file_storage does: values of several sizes, some deleted.
func newBolt(t *testing.T, path string, keys int) {
	t.Helper()
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{NoSync: true, NoFreelistSync: true, FreelistType: bbolt.FreelistMapType})
	require.NoError(t, err)
	defer func() { require.NoError(t, db.Close()) }()
	for from := 0; from < keys; from += 100 {
		require.NoError(t, db.Update(func(tx *bbolt.Tx) error {
			bucket, err := tx.CreateBucketIfNotExists([]byte("default"))
			if err != nil {
				return err
			}
			for i := from; i < min(from+100, keys); i++ {
				if err := bucket.Put(fmt.Appendf(nil, "key %d", i), bytes.Repeat([]byte("value "), i*i%200)); err != nil {
					return err
				}
			}
			return bucket.Delete(fmt.Appendf(nil, "key %d", from/2))
		}))
	}
}

// TestCheckBoltIntact checks that databases of all sizes are intact.
func TestCheckBoltIntact(t *testing.T) {
	for _, keys := range []int{0, 1, 3, 50, 100, 1000, 3000} {
		path := filepath.Join(t.TempDir(), "state")
		newBolt(t, path, keys)
		require.NoError(t, checkBolt(path), "%d keys", keys)
	}
}

// TestCheckBoltDamage damages databases. A database that is not reported can be opened and
// read by bbolt, in this process.
func TestCheckBoltDamage(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "state")
	newBolt(t, path, 600)
	intact, err := os.ReadFile(path)
	require.NoError(t, err)
	random := rand.New(rand.NewPCG(1, 2))
	flip := func(n int) []byte {
		data := bytes.Clone(intact)
		for range n {
			data[random.IntN(len(data))] ^= byte(1 + random.IntN(255))
		}
		return data
	}
	reported := 0
	for i := range 300 {
		data := flip(1 + i%40)
		switch i % 10 {
		case 0:
			data = bytes.Clone(intact[:random.IntN(len(intact))])
		case 1: // a page is that of another
			to, from := random.IntN(len(intact)/4096)*4096, random.IntN(len(intact)/4096)*4096
			data = bytes.Clone(intact)
			copy(data[to:to+4096], intact[from:from+4096])
		case 2: // bytes of the begin of a page
			data = bytes.Clone(intact)
			data[random.IntN(len(intact)/4096)*4096+random.IntN(64)] ^= byte(1 << random.IntN(8))
		}
		require.NoError(t, os.WriteFile(path, data, 0o600))
		if openBolt(path, time.Second) != nil || checkBolt(path) != nil {
			reported++
			continue
		}
		readAll(t, path)
	}
	require.Greater(t, reported, 50)
	require.Less(t, reported, 300, "damage of values is not seen")
}

// readAll opens a database for writing, and reads all keys.
func readAll(t *testing.T, path string) {
	t.Helper()
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{NoSync: true, NoFreelistSync: true, FreelistType: bbolt.FreelistMapType})
	require.NoError(t, err)
	defer func() { require.NoError(t, db.Close()) }()
	require.NoError(t, db.Update(func(tx *bbolt.Tx) error {
		bucket, err := tx.CreateBucketIfNotExists([]byte("default"))
		if err != nil {
			return err
		}
		return bucket.ForEach(func(_, value []byte) error {
			if len(value) > 1<<30 {
				return fmt.Errorf("a value of %d bytes", len(value))
			}
			return nil
		})
	}))
}

// FuzzCheckBolt checks that no content makes the check end the process.
func FuzzCheckBolt(f *testing.F) {
	path := filepath.Join(f.TempDir(), "state")
	db, err := bbolt.Open(path, 0o600, nil)
	require.NoError(f, err)
	require.NoError(f, db.Close())
	intact, err := os.ReadFile(path)
	require.NoError(f, err)
	f.Add(intact)
	f.Add([]byte("this is no database"))
	f.Fuzz(func(t *testing.T, data []byte) {
		path := filepath.Join(t.TempDir(), "state")
		require.NoError(t, os.WriteFile(path, data, 0o600))
		_ = checkBolt(path)
	})
}
