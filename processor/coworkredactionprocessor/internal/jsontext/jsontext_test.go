package jsontext

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestValid(t *testing.T) {
	for text, want := range map[string]bool{
		`{"a":1}`: true, ` [ "x" ]`: true, `"text"`: true, `12`: false, `true`: false, ``: false, ` `: false,
		`{"a":`: false, `{"a":1} x`: false, `text`: false,
	} {
		require.Equal(t, want, Valid(text), text)
	}
}

func TestStrings(t *testing.T) {
	var got []string
	text := ` {"a" : "1", "list":["2",{"b":"3"},[],"4"], "n\u00e4":{"c":"5","\"":{}}, "d":"6"} `
	for s := range Strings(text) {
		role := "="
		if s.IsKey {
			role = "<"
		}
		got = append(got, s.Key+role+text[s.Start:s.End])
	}
	require.Equal(t, []string{
		"<a", "a=1", "<list", "list=2", "list<b", "b=3", "list=4", `<n\u00e4`, "nä<c", "c=5", `nä<\"`, "<d", "d=6",
	}, got)
	for s := range Strings(`["a","b"]`) {
		require.Equal(t, String{2, 3, "", false}, s)
		break
	}
}

func TestReplace(t *testing.T) {
	upper := func(s String, text string) string {
		if s.IsKey || text == "stay" {
			return text
		}
		return strings.ToUpper(text)
	}
	for in, want := range map[string]string{
		`{ "a\n":"a\n\"\u003c\u00e4" , "b":["stay", 1.50] }`: `{ "a\n":"A\n\"<Ä" , "b":["stay", 1.50] }`,
		`{"a":"\u0053TAY"}`: `{"a":"\u0053TAY"}`, // a string that does not change keeps its escapes
		`"x"`:               `"X"`,
	} {
		require.Equal(t, want, Replace(in, upper))
	}
}

func TestEscapeEnd(t *testing.T) {
	raw := `a\n\u00e4\"b`
	var ends []int
	for i := 0; i < len(raw); i = EscapeEnd(raw, i) {
		ends = append(ends, EscapeEnd(raw, i))
	}
	require.Equal(t, []int{1, 3, 9, 11, 12}, ends)
}

func FuzzReplace(f *testing.F) {
	f.Add(`{"a":["b\n",{"c":null}],"d":"\ud83d\ude00"}`)
	f.Add(`"x"`)
	f.Fuzz(func(t *testing.T, text string) {
		if !Valid(text) {
			return
		}
		require.Equal(t, text, Replace(text, func(_ String, decoded string) string { return decoded }))
		clean := Replace(text, func(String, string) string { return "\"\\\n" })
		require.True(t, json.Valid([]byte(clean)), "%q became %q", text, clean)
		for s := range Strings(clean) {
			require.Equal(t, `\"\\\n`, clean[s.Start:s.End])
		}
	})
}
