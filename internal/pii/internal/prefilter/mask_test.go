package prefilter_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cowork-otel/collector/internal/pii/internal/prefilter"
)

var sets = [prefilter.Foreign]string{
	"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789", "@%+(:=>~,-", " -./()", `\`, "bBpP", "_\x00\x7f",
}

// obvious makes masks the obvious way.
func obvious(text string) []prefilter.Block {
	blocks := make([]prefilter.Block, (len(text)+prefilter.Size-1)/prefilter.Size)
	for i := range len(text) {
		b := &blocks[i/prefilter.Size]
		for set, members := range sets {
			if strings.IndexByte(members, text[i]) >= 0 {
				b[set] |= 1 << (i % prefilter.Size)
			}
		}
		if text[i] >= 0x80 {
			b[prefilter.Foreign] |= 1 << (i % prefilter.Size)
		}
	}
	return blocks
}

func check(t require.TestingT, table *prefilter.Table, text string) {
	want := obvious(text)
	got := make([]prefilter.Block, len(want))
	table.Make(got, text)
	require.Equal(t, want, got, "%q", text)
	portable := make([]prefilter.Block, len(want))
	table.Portable().Make(portable, text)
	require.Equal(t, want, portable, "%q", text)
}

func TestMasksAreThoseOfTheSets(t *testing.T) {
	table := prefilter.NewTable(sets)
	require.True(t, table.Fits())
	var all [256]byte
	for i := range all {
		all[i] = byte(i)
	}
	for n := range len(all) + 1 {
		check(t, table, string(all[:n]))
		check(t, table, string(all[n:]))
	}
	rapid.Check(t, func(t *rapid.T) {
		check(t, table, string(rapid.SliceOfN(rapid.Byte(), 0, 300).Draw(t, "text")))
	})
}

func TestTooManyProductsAreMadeTheSlowWay(t *testing.T) {
	odd := [prefilter.Foreign]string{
		"\x01\x12\x23\x34\x45\x56\x67", "\x02\x13\x24\x35\x46\x57\x68", "\x03\x14\x25\x36\x47\x58\x69",
	}
	table := prefilter.NewTable(odd)
	require.False(t, table.Fits())
	text := strings.Repeat("\x01\x13\x36é", 40)
	got, want := make([]prefilter.Block, 4), make([]prefilter.Block, 4)
	table.Make(got, text)
	table.Portable().Make(want, text)
	require.Equal(t, want, got)
	require.Equal(t, uint64(1), got[0][0]&0xf)
	require.Equal(t, uint64(1)<<prefilter.Foreign>>prefilter.Foreign, got[0][0]&1)
}

func FuzzMasks(f *testing.F) {
	table := prefilter.NewTable(sets)
	f.Add("jane.doe@example.com é \\n 4111 1111")
	f.Add(strings.Repeat("a", 129))
	f.Fuzz(func(t *testing.T, text string) { check(t, table, text) })
}

func BenchmarkMake(b *testing.B) {
	table := prefilter.NewTable(sets)
	text := strings.Repeat("let x = f(a, 'b'); // see https://example.com/a?b=c 2026-11-21\n", 64)
	blocks := make([]prefilter.Block, len(text)/prefilter.Size+1)
	for _, n := range []int{36, len(text)} {
		for name, fill := range map[string]func([]prefilter.Block, string){"best": table.Make, "portable": table.Portable().Make} {
			b.Run(strconv.Itoa(n)+"/"+name, func(b *testing.B) {
				b.SetBytes(int64(n))
				for b.Loop() {
					fill(blocks, text[:n])
				}
			})
		}
	}
}
