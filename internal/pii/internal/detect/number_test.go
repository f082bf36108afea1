package detect

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// TestMayBeSupported checks that no number is a phone number, cut to any of its groups, where the
// text around it was rejected before.
func TestMayBeSupported(t *testing.T) {
	numbers := rapid.SampledFrom([]string{"12 ", "345-", "0171/", "00 ", "011 ", "2345678", "1.", " ", "-", "/", "(", ") ", ", ", "4 / 1", "123 45 67"})
	words := rapid.SampledFrom([]string{"\n", "a", "call ", "phone ", "id ", "office", "cell", "ext. 12", "it is ", "Regards\n", "電話", "é", "wa.me/", "tel:", " --to ", "&from=", "sip:", "twilio "})
	part := rapid.OneOf(numbers, numbers, numbers, numbers, numbers, words)
	rejected := 0
	rapid.Check(t, func(rt *rapid.T) {
		in := strings.Join(rapid.SliceOfN(part, 20, 60).Draw(rt, "parts"), "")
		var r Reader
		r.Reset(text.View{Text: in, Key: rapid.SampledFrom([]string{"", "phone", "de", "id", "from"}).Draw(rt, "key"), Link: text.LinkKey})
		for i := range len(in) {
			if !text.Is(in[i], text.Digit) && in[i] != '(' || i > 0 && text.Is(in[i-1], text.Digit) || !isPhoneStart(&r, i) {
				continue
			}
			p := readPhoneNumber(&r, i)
			if p.n < PhoneLeast || mayBeSupported(&r, &p, i) {
				continue
			}
			rejected++
			var fresh Reader
			fresh.Reset(r.View)
			for ; p.n >= PhoneLeast; p.cutTo(p.groups - 1) {
				require.False(rt, isPlausiblePhone(&fresh, &p, i), "%q: %q", in, in[i:p.ends[p.groups-1]])
			}
		}
	})
	require.Positive(t, rejected)
}

// TestNextLetter checks the next letters of places in any order.
func TestNextLetter(t *testing.T) {
	const in = "a12 b3 c"
	var r Reader
	r.Reset(text.View{Text: in})
	for _, i := range []int{0, 1, 4, 3, 2, 5, 7, 6, 8, 1, 0} {
		want := i + strings.IndexAny(in[i:]+"z", "abcz")
		require.Equal(t, want, r.nextLetter(i), i)
	}
}

// TestHasAnyContextBefore checks that each context, in any script, is one before a number.
func TestHasAnyContextBefore(t *testing.T) {
	for in, want := range map[string]bool{
		"call #": true, "the order id #": true, "12 #": false, "電話 #": true, "xyz #": false, "version" + strings.Repeat(" ", 60) + "#": false,
	} {
		var r Reader
		r.Reset(text.View{Text: in})
		require.Equal(t, want, r.hasAnyContextBefore(strings.IndexByte(in, '#')), in)
	}
}

// TestCutTo checks that a number keeps its first groups, and that it does not grow.
func TestCutTo(t *testing.T) {
	p := numberIn("212 736 4512")
	p.cutTo(4)
	require.Equal(t, 3, p.groups)
	p.cutTo(2)
	require.Equal(t, 2, p.groups)
	require.Equal(t, "212736", string(p.digits[:p.n]))
	p.cutTo(0)
	require.Zero(t, p.n)
}
