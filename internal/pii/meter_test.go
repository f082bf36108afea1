package pii

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/pii/internal/document"
	"github.com/cowork-otel/collector/internal/pii/internal/secret"
	"github.com/cowork-otel/collector/internal/pii/internal/span"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// newDefault returns a scanner with the default settings.
func newDefault(t *testing.T) *Scanner {
	t.Helper()
	s, err := New(Settings{})
	require.NoError(t, err)
	return s
}

// meterOf returns the meter after one round of a text.
func meterOf(s *Scanner, in string) secret.Meter {
	p := newScan(s, in)
	defer p.release()
	p.find("", in, document.LikelyJSON, given)
	return p.cursor.secrets.Meter
}

// exhausted returns the findings of a text where the budget is used up from the beginning.
func exhausted(s *Scanner, key, in string) []document.Span {
	p := newScan(s, in)
	defer p.release()
	p.cursor.secrets.Meter.Work = 1 << 40
	spans, _ := p.find(key, in, document.LikelyJSON, given)
	return append([]document.Span(nil), spans...)
}

// repeated returns copies of a text of about size bytes.
func repeated(unit string, size int) string { return strings.Repeat(unit, size/len(unit)) }

// TestWorkIsBounded checks that the counted work of hostile texts is at most the budget and the
// work of the link that uses it up, whatever their length is.
func TestWorkIsBounded(t *testing.T) {
	const oneLink = 1 << 16
	s, cut := newDefault(t), 0
	for _, unit := range Adversaries {
		for _, size := range []int{16 << 10, 256 << 10} {
			m := meterOf(s, repeated(unit, size))
			require.LessOrEqual(t, m.Work, 2*secret.WorkAtOnce+2*secret.WorkPerByte*size+oneLink, "%q: %d bytes", unit, size) // the plain form is read too
			cut += m.Cuts
		}
	}
	require.Greater(t, cut, 30, "the texts that reach the bound")
}

// TestRestIsReplacedAfterEachLink checks for each kind of link that a text without a secret is
// replaced from the link on where the budget is used up.
func TestRestIsReplacedAfterEachLink(t *testing.T) {
	s := newDefault(t)
	for _, row := range []string{
		"see xpassword«: x here", `("xpassword"«, "x")`, "<xpassword«>x</xpassword>", "a «$6$x", "tool «--xpassword x", "tool «-p x",
		"a «password x", "a «jelszavam x", "«login a", `«setpassword("x")`, `field.«send_keys("x")`, "«echo x", "«cat <<E\nx\nE", "«wifi:S:x",
		"«identified by x", "«form-data; x", "«ENV X y", "«cookie: x", "«mnemonic x", "«data:\n  x: y", "«bearer x", "/«reset/x", "«mysql -u x", "a п«ароль x", "«密码 x", "a« pw x",
	} {
		before, after, _ := strings.Cut(row, "«")
		in := before + after
		require.Empty(t, s.Scan(nil, "", in), in)
		spans := exhausted(s, "", in)
		require.Len(t, spans, 1, in)
		require.Equal(t, document.Span{Start: len(before), End: len(in), ID: span.Secret}, spans[0], in)
	}
	require.Empty(t, s.Scan(nil, "password", "ok"))
	require.Len(t, exhausted(s, "password", "ok"), 1)
	require.Empty(t, exhausted(s, "note", "ok"))
}

// TestEachWordIsBounded checks that no word of a link is read where the budget is used up.
func TestEachWordIsBounded(t *testing.T) {
	s := newDefault(t)
	for _, w := range secret.Words() {
		if text.RunEnd(w.Word, 0, 3, text.Alnum) < 3 {
			continue // no candidate
		}
		follows := strings.TrimLeft(w.After+" ", "*\x00")[:1]
		in := "- " + w.Word + follows + " x"
		require.Len(t, exhausted(s, "", in), 1, "%q", in)
	}
}

// TestOthersAfterTheBound checks that the other patterns are found where the budget is used up and
// secrets are disabled.
func TestOthersAfterTheBound(t *testing.T) {
	s := newDefault(t).Except("secret")
	const in = "password x jane.doe@example.com --password x password: x"
	spans := exhausted(s, "", in)
	require.Len(t, spans, 1)
	require.Equal(t, "jane.doe@example.com", in[spans[0].Start:spans[0].End])
}

// TestReplacedRest checks that hostile texts are redacted once, that JSON stays valid, and that no
// secret after the bound stays.
func TestReplacedRest(t *testing.T) {
	const value = "Mosspond#204"
	s := newDefault(t)
	for _, unit := range Adversaries {
		in := repeated(unit, 24<<10)
		out, _ := s.Redact(nil, "", in)
		again, _ := s.Redact(nil, "", out)
		require.Equal(t, out, again, unit)
		in = repeated(unit, 8<<10)
		whole, err := json.Marshal([]any{in, in, map[string]string{"password": value, "text": in}, in, "mysql -u a -p" + value})
		require.NoError(t, err)
		out, _ = s.RedactJSON(nil, "", string(whole))
		require.True(t, json.Valid([]byte(out)), unit)
		require.NotContains(t, out, value, unit)
		again, _ = s.RedactJSON(nil, "", out)
		require.Equal(t, out, again, unit)
	}
	in := repeated("jelszav is ", 64<<10) + "\nfield,pass\nx," + value + "\n"
	out, found := s.Redact(nil, "", in)
	require.Len(t, found, 1)
	require.NotContains(t, out, value)
	require.Less(t, len(out), len(in)/2)
}

// TestStrainedRounds checks that a text whose findings shrink it is redacted once although it is
// near the bound.
func TestStrainedRounds(t *testing.T) {
	s := newDefault(t)
	for copies := range 12 {
		in := strings.Repeat("key: "+strings.Repeat("a1B2c3D4", 60)+"\n", 10*copies) + repeated("the pin is a, ", 9<<10+copies<<10) + repeated("jelszav is ", 1<<10*copies)
		out, _ := s.Redact(nil, "", in)
		again, _ := s.Redact(nil, "", out)
		require.Equal(t, out, again, copies)
	}
}

// ordinaryTexts returns the lines of the corpora and of the cases, and the captures and the
// documentation of the repository.
func ordinaryTexts(t *testing.T) (texts []string) {
	t.Helper()
	for _, pattern := range []string{"testdata/*.txt", "testdata/corpus/*.jsonl", "testdata/cases/*.jsonl"} {
		files, err := filepath.Glob(pattern)
		require.NoError(t, err)
		require.NotEmpty(t, files)
		for _, file := range files {
			in, err := os.ReadFile(file)
			require.NoError(t, err)
			texts = append(texts, strings.Split(strings.NewReplacer("«", "", "»", "", "⏎", "\n", "¦", "").Replace(string(in)), "\n")...)
		}
	}
	require.NoError(t, fs.WalkDir(os.DirFS("../.."), ".", func(path string, _ fs.DirEntry, err error) error {
		if ext := filepath.Ext(path); err == nil && (ext == ".md" || ext == ".yaml" || ext == ".json" && strings.HasPrefix(path, "testdata/captures")) {
			in, err := os.ReadFile(filepath.Join("../..", path))
			texts = append(texts, string(in))
			return err
		}
		return err
	}))
	return texts
}

// TestOrdinaryTextsAreFarFromTheBound checks that no corpus, case, capture or document uses more
// than a small part of the budget.
func TestOrdinaryTextsAreFarFromTheBound(t *testing.T) {
	s, highest := newDefault(t), 0
	texts := ordinaryTexts(t)
	require.Greater(t, len(texts), 5000)
	for _, in := range texts {
		m := meterOf(s, in)
		highest = max(highest, m.Peak)
		require.LessOrEqual(t, m.Peak, secret.WorkAtOnce/8, "%.200s", in)
		require.Zero(t, m.Cuts)
	}
	t.Logf("%d texts use at most %d of %d", len(texts), highest, secret.WorkAtOnce)
}
