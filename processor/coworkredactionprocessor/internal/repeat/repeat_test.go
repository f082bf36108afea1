package repeat

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const source = "Summarise the numbers of the northern branch, then write to the board about layoffs."

func indexOf(sources ...string) *Index {
	x := new(Index)
	x.Reset(sources)
	return x
}

func TestFind(t *testing.T) {
	x := indexOf(source, `C:\new\reports\of the northern branch`, "Größe und Ärger über die Zahlen")
	check := func(text string, want ...string) {
		t.Helper()
		var got []string
		for _, r := range x.Find(nil, text) {
			got = append(got, text[r.Start:r.End])
		}
		require.Equal(t, want, got)
	}
	check("nothing of it")
	check(source, source)
	check("x "+source[:Least]+"x", source[:Least])
	check("x" + source[:Least-1])
	check(source[3:40]+" and "+source[50:], source[3:40], source[50:])
	check(strings.ToUpper(source), strings.ToUpper(source))
	check(`{"a":"`+source+`"}`, source)
	check(`cut {"a":"C:\\new\\reports\\of the northern`, `C:\\new\\reports\\of the northern`)
	check(`in JSON in JSON: C:\\\\new\\\\reports\\\\of the northern`, `C:\\\\new\\\\reports\\\\of the northern`)
	check(`gr\u00f6\u00dfe und \u00c4rger \u00fcber`, `gr\u00f6\u00dfe und \u00c4rger \u00fcber`)
	check("GRÖßE UND ÄRGER ÜBER DIE", "GRÖßE UND ÄRGER ÜBER DIE")
	check("")
}

// TestFindEscapes checks that escapes of JSON in a text do not hide a repetition.
func TestFindEscapes(t *testing.T) {
	prompt := "first line of it\n\t\"quoted\" words \\ and a path C:\\temp\\new 😀 end"
	x := indexOf(prompt)
	for range 3 {
		raw, err := json.Marshal(prompt)
		require.NoError(t, err)
		prompt = string(raw[1 : len(raw)-1])
		require.Equal(t, []Range{{4, 4 + len(prompt)}}, x.Find(nil, "  : "+prompt+" ."), prompt)
	}
}

// TestEmpty checks sources that have no window.
func TestEmpty(t *testing.T) {
	x := indexOf()
	require.True(t, x.Empty())
	require.Empty(t, x.Find(nil, source))
	x.Reset([]string{source[:Least-1]})
	require.True(t, x.Empty())
	x.Reset([]string{source})
	require.False(t, x.Empty())
	x.Reset(nil)
	require.Empty(t, x.Find(nil, source), "the sources before are forgotten")
}

// naive returns which bytes of a text belong to a window of a source.
func naive(sources []string, text string) []bool {
	covered := make([]bool, len(text))
	fold := func(s string) []byte {
		b := []byte(s)
		for i := range b {
			b[i] |= 0x20
		}
		return b
	}
	for _, s := range sources {
		for i := 0; i+Least <= len(text); i++ {
			if bytes.Contains(fold(s), fold(text[i:i+Least])) {
				for j := range Least {
					covered[i+j] = true
				}
			}
		}
	}
	return covered
}

func requireNaive(t *testing.T, sources []string, text string) {
	t.Helper()
	x := indexOf(sources...)
	got := make([]bool, len(text))
	last := -1
	for _, r := range x.Find(nil, text) {
		require.Greater(t, r.Start, last, "in order, disjoint: %q in %q", sources, text)
		require.LessOrEqual(t, r.End, len(text))
		last = r.End
		for i := r.Start; i < r.End; i++ {
			got[i] = true
		}
	}
	for i, covered := range naive(sources, text) {
		require.False(t, covered && !got[i], "byte %d of %q is repeated from %q", i, text, sources)
	}
	if !strings.Contains(text+strings.Join(sources, ""), `\`) && isASCII(text) {
		require.Equal(t, naive(sources, text), got, "%q of %q", sources, text)
	}
}

func isASCII(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool { return r >= 0x80 }) < 0
}

// TestNaive compares with a search of every window, on texts of few letters and on texts
// that consist of parts of the source.
func TestNaive(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	letters := func(n, kinds int) string {
		b := make([]byte, n)
		for i := range b {
			b[i] = "abcdefghijklmnop"[random.IntN(kinds)]
		}
		return string(b)
	}
	for range 3000 {
		sources := []string{letters(random.IntN(120), 1+random.IntN(16)), letters(random.IntN(60), 2)}
		var text strings.Builder
		for range random.IntN(8) {
			from := sources[random.IntN(2)]
			start := random.IntN(len(from) + 1)
			text.WriteString(from[start : start+random.IntN(len(from)-start+1)])
			text.WriteString(letters(random.IntN(20), 3))
		}
		requireNaive(t, sources, text.String())
	}
}

func FuzzFind(f *testing.F) {
	f.Add(source, "x "+source)
	f.Add(`C:\new\table of the north`, `{"a":"C:\\new\\table of the north\u00e9"}`)
	f.Add(strings.Repeat("ab", 30), strings.Repeat("ba", 40))
	f.Fuzz(func(t *testing.T, source, text string) {
		if len(source) > 1<<10 || len(text) > 1<<10 {
			t.Skip("the comparison takes the product of both lengths")
		}
		requireNaive(t, []string{source}, text)
	})
}

// TestAllocFind checks that a text without a repetition allocates nothing.
func TestAllocFind(t *testing.T) {
	x := indexOf(source)
	text := strings.Repeat(`{"command":"grep -rn \"northern branch\" ."}`, 20)
	found := x.Find(nil, text)
	require.Empty(t, found)
	require.Zero(t, testing.AllocsPerRun(100, func() { found = x.Find(found[:0], text) }))
}

func BenchmarkFind(b *testing.B) {
	x := indexOf(strings.Repeat(source, 10), "and a second prompt about other things of the day")
	for _, c := range []struct{ name, text string }{
		{"other text", strings.Repeat(`Run "python -m pytest tests/test_fields.py -k timedelta" in /srv/app; 3 of 41 tests fail. `, 50)},
		{"escapes", strings.Repeat(`{\"a\":\"b\", \"command\":\"go test ./...\"}`, 100)},
		{"repeated", strings.Repeat(source, 50)},
		{"every group", strings.Repeat("branch, then the northern write the board ", 100)},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(c.text)))
			var found []Range
			for b.Loop() {
				found = x.Find(found[:0], c.text)
			}
		})
	}
}
