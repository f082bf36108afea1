package digest_test

import (
	"encoding/binary"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cowork-otel/collector/internal/digest"
)

// TestStored pins the values of digests: they are compared with stored ones after an
// upgrade.
func TestStored(t *testing.T) {
	require.Equal(t, digest.Digest(0xe330ab59973e4ec0), digest.Digest(1).Text("f4e2b124-f977-4412-8b09-da2871d3f914").Sum())
	require.Equal(t, digest.Digest(0x6e9e80a1adba2adc), digest.Digest(2).Text("").Word(7))
}

func TestFieldsAreSeparate(t *testing.T) {
	check := func(a, b digest.Digest) {
		t.Helper()
		require.NotEqual(t, a, b)
		require.NotEqual(t, a.Sum(), b.Sum())
	}
	var d digest.Digest
	check(d.Text("ab").Text("c"), d.Text("a").Text("bc"))
	check(d.Text("ab").Text("c"), d.Text("c").Text("ab"))
	check(d.Text("a"), d.Text("a\x00"))
	check(d.Text(""), d)
	check(d.Word(1).Word(2), d.Word(2).Word(1))
	check(digest.Digest(1).Text("a"), digest.Digest(2).Text("a"))
	require.NotZero(t, d.Sum())
}

// TestText compares Text with the words of the padded string.
func TestText(t *testing.T) {
	text := "abcdefghijklmnopqrstuvwxyz"
	for n := range len(text) {
		want := digest.Digest(5).Word(uint64(n))
		for i := 0; i < n; i += 8 {
			var word [8]byte
			copy(word[:], text[i:min(n, i+8)])
			want = want.Word(binary.LittleEndian.Uint64(word[:]))
		}
		require.Equal(t, want, digest.Digest(5).Text(text[:n]))
	}
}

// TestSet checks that the latest digests are remembered, as many as a generation
// holds, and that all others are either remembered or counted as dropped.
func TestSet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var s digest.Set
		var all []digest.Digest
		maxSlots := rapid.SampledFrom([]int{0, 8, 16, 256}).Draw(t, "max_slots")
		room := 7 * max(maxSlots, 8) / 8
		dropped := 0
		for _, n := range rapid.SliceOfN(rapid.Uint64Range(1, 600), 0, 1000).Draw(t, "numbers") {
			d := digest.Digest(n).Sum()
			if s.Contains(d) {
				require.Contains(t, all, d)
				continue
			}
			dropped += s.Insert(d, maxSlots)
			all = append(all, d)
			for _, latest := range all[max(0, len(all)-room):] {
				require.True(t, s.Contains(latest))
			}
			require.LessOrEqual(t, s.Slots(), 2*max(maxSlots, 8))
			require.Len(t, slices.Collect(s.All()), s.Len())
			require.Len(t, all, s.Len()+dropped)
		}
	})
}

// TestSetInOrder checks that [digest.Set.All] returns the older generation first, so
// that a set which is inserted into another one stays in its order.
func TestSetInOrder(t *testing.T) {
	var s digest.Set
	for n := range 20 {
		s.Insert(digest.Digest(n+1).Sum(), 8)
	}
	var again digest.Set
	for d := range s.All() {
		again.Insert(d, 8)
	}
	require.True(t, again.Contains(digest.Digest(20).Sum()))
	for range s.All() {
		break
	}
}

func TestSlotsFor(t *testing.T) {
	check := func(n, want int) {
		t.Helper()
		require.Equal(t, want, digest.SlotsFor(n))
	}
	check(0, 8)
	check(7, 8)
	check(8, 16)
	check(14336, 1<<14)
	check(14337, 1<<15)
	check(98304, 1<<17)
	check(98305, 1<<18)
}

func TestAlloc(t *testing.T) {
	var s digest.Set
	n := digest.Digest(0)
	insert := func() {
		n++
		s.Insert(n.Text("f4e2b124-f977-4412-8b09-da2871d3f914").Sum(), 64)
	}
	for range 200 {
		insert()
	}
	require.Zero(t, testing.AllocsPerRun(1000, insert))
}
