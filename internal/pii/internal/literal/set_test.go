package literal

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

type hit struct{ owner, end int }

func hits(s *Set, text string) (found []hit) {
	s.Find(text, func(owner, end int) { found = append(found, hit{owner, end}) })
	return found
}

// naive finds literals the obvious way.
func naive(literals [][]string, text string) (found []hit) {
	folded := strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, text)
	for end := range len(text) + 1 {
		for owner, own := range literals {
			if slices.ContainsFunc(own, func(lit string) bool { return strings.HasSuffix(folded[:end], lit) }) {
				found = append(found, hit{owner, end})
			}
		}
	}
	return found
}

func TestSet(t *testing.T) {
	literals := [][]string{{"mrn-"}, {"emp-", "ctr-"}, nil, {"rn", "mp-c"}}
	for _, text := range []string{"", "m", "MRN-", "mrn", "xxMrn-EMP-CTR-rn", "mrmrn-", strings.Repeat("em", 9) + "emp-c"} {
		require.ElementsMatch(t, naive(literals, text), hits(NewSet(literals), text), text)
	}
}

func TestSetFindsAll(t *testing.T) {
	word := rapid.StringMatching(`[abcé-]{2,7}`)
	rapid.Check(t, func(t *rapid.T) {
		literals := rapid.SliceOfN(rapid.SliceOfN(word, 0, 4), 1, 6).Draw(t, "literals")
		text := strings.Join(rapid.SliceOfN(rapid.StringMatching(`[abcABCé -]{0,9}`), 0, 5).Draw(t, "text"), "")
		got := hits(NewSet(literals), text)
		require.True(t, slices.IsSortedFunc(got, func(a, b hit) int { return cmp.Compare(a.end, b.end) }))
		require.ElementsMatch(t, naive(literals, text), got)
	})
}

// many returns the literals of that many owners.
func many(n int) (literals [][]string) {
	for i := range n {
		literals = append(literals, []string{fmt.Sprintf("%c%c%c-id-%d", 'a'+i%26, 'a'+i*7%26, 'a'+i*11%26, i)})
	}
	return literals
}

func BenchmarkFind(b *testing.B) {
	prose := strings.Repeat("Let's fix the rounding in src/marshmallow/fields.py, line 1474: it uses integer division. ", 100)
	for _, n := range []int{1, 10, 100} {
		s := NewSet(many(n))
		worst := strings.Repeat(many(n)[0][0][:6], len(prose)/6)
		for name, text := range map[string]string{"prose": prose, "worst": worst} {
			b.Run(fmt.Sprintf("%d/%s", n, name), func(b *testing.B) {
				b.SetBytes(int64(len(text)))
				for b.Loop() {
					s.Find(text, func(int, int) {})
				}
			})
		}
	}
}
