package pii_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/pii"
)

func FuzzScan(f *testing.F) {
	seed(f)
	s := everything(f)
	f.Fuzz(func(t *testing.T, key, text string) {
		checkFindings(t, text, s.Scan(nil, key, text))
	})
}

func FuzzRedact(f *testing.F) {
	seed(f)
	s, odd := everything(f), nasty(f)
	f.Fuzz(func(t *testing.T, key, text string) {
		checkRedact(t, s, key, text)
		checkRedact(t, odd, key, text)
	})
}

func FuzzRedactJSON(f *testing.F) {
	seed(f)
	s := everything(f)
	f.Fuzz(func(t *testing.T, key, text string) {
		if !json.Valid([]byte(text)) {
			quoted, err := json.Marshal(map[string]any{key: []string{text, key}})
			require.NoError(t, err)
			text = string(quoted)
		}
		checkJSON(t, s, key, text)
	})
}

// seed adds the corpora, each case unchanged and as a JSON string.
func seed(f *testing.F) {
	f.Helper()
	for _, cases := range corpora(f) {
		for _, c := range cases {
			f.Add(c.key, c.in)
			quoted, err := json.Marshal(map[string]string{"text": c.in})
			require.NoError(f, err)
			f.Add(c.key, string(quoted))
		}
	}
	for _, m := range masks() {
		for _, value := range values {
			f.Add("", "the card, phone, ssn: "+m.put(value)+"; "+value)
		}
	}
	for _, text := range slices.Concat(pii.Adversaries, disguisedAdversaries) {
		f.Add("password", strings.Repeat(text, 20))
	}
}

// everything returns a scanner with all that settings can have.
func everything(tb testing.TB) *pii.Scanner {
	tb.Helper()
	s, err := pii.New(pii.Settings{
		Custom:  []pii.Custom{{Name: "mrn", Regexp: `\bMRN-\d{8}\b`}, {Name: "code2", Regexp: `(?i)code \w+`}},
		Allowed: []string{"support@example.com", "10.0.0.1"},
		Keys:    []string{"text", "a"},
	})
	require.NoError(tb, err)
	return s
}

// nasty returns a scanner whose custom patterns match within markers, across them and next to them.
func nasty(tb testing.TB) *pii.Scanner {
	tb.Helper()
	s, err := pii.New(pii.Settings{
		Custom:   []pii.Custom{{Name: "caps", Regexp: `[A-Z]{4,}`}, {Name: "line7", Regexp: `user .*`}, {Name: "edge", Regexp: `[\[\]"]x|\By.`}},
		Disabled: []string{"secret", "credit_card"},
	})
	require.NoError(tb, err)
	return s
}

// checkFindings checks what holds for all findings in a text: in bounds, not
// empty, in order, disjoint, on rune boundaries, clear of markers.
func checkFindings(t *testing.T, text string, found []pii.Finding) {
	t.Helper()
	end := 0
	for _, f := range found {
		require.NotNil(t, f.Pattern)
		require.True(t, end <= f.Start && f.Start < f.End && f.End <= len(text), "finding %d:%d of %d after %d", f.Start, f.End, len(text), end)
		require.False(t, splitsRune(text, f.Start) || splitsRune(text, f.End), "finding %d:%d cuts a rune of %q", f.Start, f.End, text)
		// A marker with a digit in its name is one only if it is the scanner's own.
		found := text[f.Start:f.End]
		require.False(t, pii.IsMarker(found) && !strings.ContainsAny(found, "0123456789"), found)
		end = f.End
	}
}

// splitsRune reports whether i is within a valid rune.
func splitsRune(text string, i int) bool {
	for at, r := range text {
		if size := utf8.RuneLen(r); r != utf8.RuneError && at < i && i < at+size {
			return true
		}
	}
	return false
}

func checkRedact(t *testing.T, s *pii.Scanner, key, text string) {
	t.Helper()
	out, found := s.Redact(nil, key, text)
	checkFindings(t, text, found)
	if len(found) == 0 {
		require.Equal(t, text, out)
	}
	again, more := s.Redact(nil, key, out)
	require.Equal(t, out, again)
	require.Empty(t, more)
	if !json.Valid([]byte(text)) {
		require.Equal(t, splice(text, found), out)
		if !json.Valid([]byte(out)) {
			require.Empty(t, s.Scan(nil, key, out))
		}
	}
}

// splice is the obvious way to replace findings, from the last to the first.
func splice(text string, found []pii.Finding) string {
	for _, f := range slices.Backward(found) {
		text = text[:f.Start] + f.Pattern.Marker + text[f.End:]
	}
	return text
}

// checkJSON checks that JSON stays JSON and that nothing but the findings changes.
func checkJSON(t *testing.T, s *pii.Scanner, key, text string) {
	t.Helper()
	out, found := s.RedactJSON(nil, key, text)
	checkFindings(t, text, found)
	require.True(t, json.Valid([]byte(out)), "%q became %q", text, out)
	again, more := s.RedactJSON(nil, key, out)
	require.Equal(t, out, again)
	require.Empty(t, more)
	rest, end := out, 0
	for _, f := range found {
		rest = cut(t, rest, text[end:f.Start])
		quote, _, ok := strings.Cut(rest, "[")
		require.True(t, ok)
		require.True(t, quote == "" || strings.Trim(quote, `\`) == `"`, "%q before a marker", quote)
		rest = cut(t, rest, quote+f.Pattern.Marker+quote)
		end = f.End
	}
	require.Equal(t, text[end:], rest)
}

// cut returns text without the prefix that it has to have.
func cut(t *testing.T, text, prefix string) string {
	t.Helper()
	rest, ok := strings.CutPrefix(text, prefix)
	require.True(t, ok, "%q does not start with %q", text, prefix)
	return rest
}
