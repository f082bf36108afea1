package audit

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// BenchmarkVerify verifies a folder with records of 3 kB, as a day of coworkctl gen send has
// them.
func BenchmarkVerify(b *testing.B) {
	dir := b.TempDir()
	w, err := Open(Settings{Dir: dir, Key: testKey, MaxSegmentBytes: 8 << 20, MaxSegmentAge: time.Hour}, testTime)
	require.NoError(b, err)
	for i := range 100 {
		var batch [][]byte
		for range 50 {
			batch = append(batch, fmt.Appendf(nil, `{"n":%d,"attributes":[%s{}]}`, i, bytes.Repeat([]byte(`{"key":"session.id","value":{"stringValue":"0123456789"}},`), 44)))
		}
		require.NoError(b, w.Append(testTime, false, batch...))
	}
	size := w.size
	require.NoError(b, w.Close())
	b.ReportAllocs()
	b.SetBytes(size + int64(w.cur.Segment-1)*8<<20)
	for b.Loop() {
		_, err := verify(dir)
		require.NoError(b, err)
	}
}
