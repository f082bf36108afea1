package pii

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cowork-otel/collector/internal/pii/internal/prefilter"
	"github.com/cowork-otel/collector/internal/pii/internal/secret"

	"github.com/cowork-otel/collector/internal/pii/internal/span"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
	"github.com/cowork-otel/collector/internal/pii/internal/token"
)

// TestFormatsAreCandidates checks what the masks take for granted of the formats:
// that a token is prefilter.TokenLeast bytes long at least, and made of the bytes of tokens.
func TestFormatsAreCandidates(t *testing.T) {
	require.True(t, filter.Fits(), "the sets have too many products for vectors")
	for _, f := range token.Formats() {
		require.GreaterOrEqual(t, len(f.Prefix)+f.Least, prefilter.TokenLeast, f.Prefix)
		require.Empty(t, strings.Trim(f.Prefix[:min(len(f.Prefix), prefilter.TokenLeast)], prefilter.TokenBytes), f.Prefix)
		for c := range byte(0x80) {
			require.False(t, len(f.Prefix) < prefilter.TokenLeast && text.Is(c, f.Body) && strings.IndexByte(prefilter.TokenBytes, c) < 0, "%s: %q", f.Prefix, c)
		}
	}
}

// runByByte is run without masks: it visits every sign that has a detector and every word.
func (w *cursor) runByByte() {
	next := 0
	w.hasForeign, w.hasPair = true, true
	for i := range len(w.Text) {
		if i >= next && (text.Is(w.Text[i], text.Alnum) || signs[w.Text[i]] != nil) {
			next = w.visit(i)
		}
	}
}

// scanWith returns the findings of a scan that visits candidates by the given function.
func (s *Scanner) scanWith(run func(*cursor), key, in string) []span.Span {
	p := newScan(s, in)
	defer p.release()
	w := &p.cursor
	w.reset(s, text.View{Text: in, Key: key})
	if s.protected(in, 0) == len(in) {
		return nil
	}
	if s.gate != nil {
		w.found = w.custom.Append(w.found, s.gate, in)
	}
	secret.Keyed(&w.secrets)
	run(w)
	w.collectSecrets()
	w.resolve()
	return append([]span.Span{}, w.found...)
}

// FuzzCandidates checks that nothing is missed for the masks' sake: made by
// vectors or without, they find what a visit of every byte finds.
func FuzzCandidates(f *testing.F) {
	for _, in := range []string{
		"mail jane.doe@example.com, call (415) 555-0132 or +49 30 901820", "ssn 536-22-8726\\n4111 1111 1111 1111",
		`{"password": "hunter2", "a": "\\nghp_0123456789abcdefghijABCDEFGHIJ012345"}`, "GB82 WEST 1234 5698 7654 32, de89370400440532013000",
		"mysql -pSecret1! --password x1y2z3 Bearer 0123456789abcdef-ABC", "setProperty(\"API_KEY\", \"0123456789abcdef\")",
		"CPF: 618.204.937-50, NI JG123456C, JG 12 34 56 C", "| a | phone |\n| b | 4155550132 |", "work312-555-0142 mob0171 2345678", "konto 53 0433 6617 6081 4824 1755 7077",
		"-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----", "<password>x1y2z3w4</password> 10.1.2.3 2001:db8::1:2",
	} {
		for _, before := range []int{0, 1, 40, 62, 63, 64, 1020} {
			f.Add("", strings.Repeat("x ", before/2)+in)
			f.Add("token", strings.Repeat(" ", before)+in)
		}
	}
	s, err := New(Settings{})
	require.NoError(f, err)
	vectors := filter
	slow := filter.Portable()
	f.Fuzz(func(t *testing.T, key, in string) {
		want := s.scanWith((*cursor).runByByte, key, in)
		for _, m := range []*prefilter.Filter{vectors, slow} {
			filter = m
			got := s.scanWith((*cursor).visitAll, key, in)
			filter = vectors
			require.Equal(t, want, got, "%q", in)
		}
	})
}

// TestCandidatesAtAnyPlace does the same for texts of parts that mean something.
func TestCandidatesAtAnyPlace(t *testing.T) {
	s, err := New(Settings{})
	require.NoError(t, err)
	words := rapid.SampledFrom([]string{
		"a", "é", " ", "\n", `\n`, `\u0040`, "\"", "'", "-", "--", "-----BEGIN PRIVATE KEY-----", "(", ")", ",", "4111111111111111", "4111 1111 1111 1111",
		"jane@example.com", "+1", "415", "555-0132", "10.1.2.3", "::1", "fe80::1ff:fe23:4567:890a", "password", "=", ":", "hunter2x", "is", "Bearer", "AKIAIOSFODNN7EXAMPLE",
		"GB82WEST12345698765432", "GB82 WEST 1234 5698 7654 32", "http://", "u:p@h", "eyJhbGciOiJIUzI1NiJ9.e30.abcdefghijkl", ">", "<token>", "~", "_", "0", "b", "P",
		"cpf", "JG", "12", "34", "JG123456C", "618.204.937-50", "mobile", "|", "account", "sort code", "values", "482913706",
	})
	rapid.Check(t, func(t *rapid.T) {
		in := strings.Repeat(" ", rapid.IntRange(0, 130).Draw(t, "before")) + strings.Join(rapid.SliceOfN(words, 1, 30).Draw(t, "words"), "")
		require.Equal(t, s.scanWith((*cursor).runByByte, "", in), s.scanWith((*cursor).visitAll, "", in), "%q", in)
	})
}
