package secret

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cowork-otel/collector/internal/pii/internal/span"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// fragments are parts of texts that, in any order, lead to every link.
var fragments = []string{
	"password", "Password", "DB_PASSWORD", "token", "api key", "PIN", "code", "codes", "пароль", "密码", "contraseña", "secret", "session", "key", "username",
	"Mosspond#204", "4f9d2c7be1a85630", "heron", "482133", "${X}", "<x>", "null", "a", "value", "text", "ops", "ops/Moss#204", "ops:Moss#204",
	"=", ":", ": ", " = ", "=>", "->", ",", ";", " ", "\n", "\t", "|", "\"", "'", "`", `\"`, `\\\"`, "“", "”", "「", "」", "(", ")", "{", "}", "<", ">", "</", "[", "]", "-", "--", "-p", "-u ", "$", "$6$",
	"mysql -p", "sshpass -p ", "echo ", " | ", "<<< ", "--password-stdin", "net user ", "set ", "vault kv put ", "is ", "as the ", "from ", " to ", "login ", "cookie: ", "bearer ", "identified by ",
	"data:\n", "kind: Secret\n", "---\n", "mnemonic ", "able acid also arch ", "<td>", "<th>", "<tr>", "setPassword(", ".fill(", "send ", "/reset/", "ENV ", "values (", "insert into t (", "[REDACTED_API_KEY]", "\xff", "é", "\x00",
}

// places are how a text can get its key.
var places = []text.Link{text.LinkKey, text.LinkSibling, text.LinkColumn, text.LinkArgument, text.LinkSecretObject}

// checkReader checks what holds for any text: the spans are within the text and not empty, each
// decision has its features, and a reader that is used again finds the same.
func checkReader(t require.TestingT, v text.View) {
	var r Reader
	for _, d := range read(&r, v) {
		require.True(t, 0 <= d.Start && d.Start < d.End && d.End <= len(v.Text), "decision %d:%d of %d", d.Start, d.End, len(v.Text))
		require.NotEmpty(t, d.Noun)
		require.NotEmpty(t, d.Link)
		require.Equal(t, d.Refused != "", len(d.Weights) == 0)
		require.Equal(t, d.Accepted, d.Refused == "" && d.Score >= 0)
	}
	found := append([]span.Span{}, r.Found...)
	for _, f := range found {
		require.True(t, 0 <= f.Start && f.Start < f.End && f.End <= len(v.Text), "span %d:%d of %d", f.Start, f.End, len(v.Text))
		require.Equal(t, span.Secret, f.ID)
		value := v.Text[f.Start:f.End]
		require.False(t, span.IsMarker(value), value)
	}
	read(&r, v)
	require.Equal(t, found, append([]span.Span{}, r.Found...))
}

func TestAnyText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := strings.Join(rapid.SliceOfN(rapid.SampledFrom(fragments), 1, 24).Draw(t, "fragments"), rapid.SampledFrom([]string{"", " "}).Draw(t, "between"))
		in = in[rapid.IntRange(0, len(in)-1).Draw(t, "from"):]
		key := rapid.SampledFrom([]string{"", "password", "api_key", "note", "Password field"}).Draw(t, "key")
		checkReader(t, text.View{Text: in, Key: key, Link: rapid.SampledFrom(places).Draw(t, "link")})
	})
}

// FuzzReader reads any text under any key, and each link at any place, whether a word of the
// link is there or not.
func FuzzReader(f *testing.F) {
	for _, fragment := range fragments {
		f.Add("", fragment+" password: Mosspond#204", uint8(0), uint16(0))
	}
	for i, adversary := range adversaries {
		f.Add("password", strings.Repeat(adversary, 20), uint8(i), uint16(i))
	}
	for _, example := range commandExamples {
		in, _ := marked(example)
		f.Add("note", in, uint8(1), uint16(4))
	}
	f.Fuzz(func(t *testing.T, key, in string, link uint8, place uint16) {
		checkReader(t, text.View{Text: in, Key: key, Link: places[int(link)%len(places)]})
		if in == "" {
			return
		}
		i := int(place) % len(in)
		r := new(Reader)
		r.Reset(text.View{Text: in, Key: key})
		for _, end := range []int{Operator(r, i), Comma(r, i), TagEnd(r, i), Dollar(r, i), Flag(r, i, min(len(in), i+2))} {
			require.LessOrEqual(t, end, len(in)+len("=>="))
		}
		for _, w := range allWords {
			if end := i + len(w.Word); text.HasFold(in, i, w.Word) {
				require.LessOrEqual(t, w.At(r, i, end), len(in))
			}
		}
		for _, f := range r.Found {
			require.True(t, 0 <= f.Start && f.Start < f.End && f.End <= len(in))
		}
	})
}
