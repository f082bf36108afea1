package prefilter_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/pii/internal/prefilter"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

func TestEndsName(t *testing.T) {
	names := prefilter.NewNames([]string{"password", "apikey", "production", "pw", "пароль"})
	for _, in := range []string{"password", "DB_PASSWORD", "the Password", "api_key", "API-KEY", "x api key", "in production", "db_pw", "пароль"} {
		require.True(t, names.EndsName(in, len(in)), in)
	}
	for _, in := range []string{"passwords", "keyboard", "monkey", "action", "description", "word", "upward", "rapikex"} {
		require.False(t, names.EndsName(in, len(in)), in)
	}
	require.True(t, names.EndsName("password = x", len("password")))
	require.True(t, names.EndsName(strings.Repeat("_", 70)+"key", 73), "the rest of the name was not read")
}

func TestNameEnd(t *testing.T) {
	for in, want := range map[string]string{
		"password =":                        "password",
		`"password" :`:                      `"password`,
		`\"password\" :`:                    `\"password`,
		"password: String =":                "password: String",
		"password ?. |:] =":                 "password",
		"=":                                 "",
		"a" + strings.Repeat(" ", 20) + "=": "a    ",
	} {
		require.Equal(t, want, in[:prefilter.NameEnd(in, len(in)-1)], in)
	}
	require.Equal(t, len("token"), prefilter.WordEnd("token_12", len("token_12")))
	require.Equal(t, len("token"), prefilter.WordEnd("token 1.2", len("token 1.2")))
	require.Equal(t, len("token"), prefilter.WordEnd("token", len("token")))
}

// candidates returns the bytes at the candidates of a text.
func candidates(f *prefilter.Filter, in string) (found string) {
	w := new(prefilter.Window)
	w.Forget()
	for base := 0; base < len(in); base += prefilter.WindowSize {
		for _, k := range f.Candidates(w, &text.View{Text: in}, base, 0) {
			found += string(in[base+int(k)])
		}
	}
	return found
}

func TestCandidates(t *testing.T) {
	f := prefilter.New(prefilter.Settings{
		Keywords:    []prefilter.Keyword{{Word: "bearer"}, {Word: "setpassword", After: "("}},
		Prefixes:    []prefilter.Prefix{{Text: "ghp_", Body: text.Alnum}, {Text: "sk-", Body: text.KeyChars}, {Text: "1a", Body: text.Alnum}},
		Names:       prefilter.NewNames([]string{"password", "token"}),
		NumberLeast: 7,
	})
	require.True(t, f.Fits())
	for in, want := range map[string]string{
		"plain words, and a sentence: nothing":      "",
		"password: x":                               ":",
		"password=x, user=y":                        "=",
		`{"token" : "x", "name" : "y"}`:             ":",
		`("password", "x")`:                         ",",
		"<password>x</password>":                    ">>",
		"call setPassword(x) or SetPassport(y)":     "s",
		"Bearer x, bear y":                          "B",
		"ghp_abcdefghijklmnop ghq_abcdefghijklmnop": "g",
		"sk-abcdefghijklmnop":                       "s",
		"a@b.c":                                     "@",
		"--flag -f a-b":                             "---",
		"12, 123. 12 34 1234567":                    "1131",
		"std::vector a::b":                          ":",
		"http://x 10:20":                            ":",
		"1a0123456789abcdefghijkl":                  "1",
		"aWordOfTwentyLetters1 aShortWord":          "a",
	} {
		for _, filter := range []*prefilter.Filter{f, f.Portable()} {
			require.Equal(t, want, candidates(filter, in), in)
			require.Equal(t, want, candidates(filter, strings.Repeat(" ", 1020)+in), in)
		}
	}
}
