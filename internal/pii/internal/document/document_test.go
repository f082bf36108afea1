package document_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cowork-otel/collector/internal/pii/internal/document"
	"github.com/cowork-otel/collector/internal/pii/internal/span"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// A recorder is a Scanner that records the leaves. It knows names with the word password
// and finds each x that they name.
type recorder struct {
	leaves  []string
	scanned int // bytes
}

var linkNames = [...]string{
	text.LinkAttribute: "attribute", text.LinkKey: "key", text.LinkSibling: "sibling", text.LinkColumn: "column", text.LinkArgument: "argument", text.LinkSecretObject: "secret",
}

func (r *recorder) ScanString(v text.View, _ bool) []span.Span {
	r.leaves = append(r.leaves, fmt.Sprintf("%s %q: %q", linkNames[v.Link], v.Key, v.Text))
	r.scanned += len(v.Text)
	if i := strings.Index(v.Text, "x"); i >= 0 && (r.Announces(v.Key) || v.Link == text.LinkSecretObject) {
		return []span.Span{{Start: i, End: i + 1, ID: span.Secret}}
	}
	return nil
}

func (r *recorder) ScanNumber(v text.View) []span.Span {
	r.scanned += len(v.Text)
	if r.Announces(v.Key) {
		return []span.Span{{End: len(v.Text), ID: span.Secret}}
	}
	return nil
}

func (r *recorder) Announces(name string) bool { return strings.Contains(name, "password") }

func (r *recorder) ReplacedBy(key string) (span.ID, bool) { return span.Email, key == "hidden" }

func (r *recorder) IsMarked(value string) bool { return span.IsMarker(value) }

func read(t require.TestingT, in string) (*recorder, []document.Span) {
	var d document.Reader
	r := &recorder{}
	d.Reset(r, false, false)
	require.Equal(t, json.Valid([]byte(in)), d.Read("top", in), "%s", in)
	return r, d.Spans
}

func TestNamesOfLeaves(t *testing.T) {
	for in, want := range map[string][]string{
		`"a"`:                                                     {`attribute "top": "a"`},
		`{"k":"a","":"b"}`:                                        {`key "k": "a"`, `attribute "top": "b"`},
		`{"k":["a",{"l":"b"}]}`:                                   {`key "k": "a"`, `key "l": "b"`},
		`{"a\tb":"c"}`:                                            {`attribute "": "a\tb"`, `key "a\tb": "c"`},
		`{"k":"{\"l\":\"a\"}"}`:                                   {`key "l": "a"`},
		`["--flag","a","b"]`:                                      {`attribute "top": "--flag"`, `argument "flag": "a"`, `attribute "top": "b"`},
		`["-p","a"]`:                                              {`attribute "top": "-p"`, `argument "p": "a"`},
		`{"name":"n","value":1}`:                                  {`key "name": "n"`},
		`{"name":"n","value":"a","text":"b"}`:                     {`key "name": "n"`, `sibling "n": "a"`, `key "text": "b"`},
		`{"id":"password","text":"a"}`:                            {`key "id": "password"`, `sibling "password": "a"`},
		`{"text":"a","id":"password"}`:                            {`key "text": "a"`, `key "id": "password"`, `sibling "password": "a"`},
		`{"text":"a","id":"pass\u0077ord"}`:                       {`key "text": "a"`, `key "id": "password"`, `sibling "password": "a"`},
		`{"password":{"default":"a"}}`:                            {`key "password": "a"`},
		`{"data":{"k":"a"},"kind":"Secret"}`:                      {`key "k": "a"`, `key "kind": "Secret"`, `secret "k": "a"`},
		`{"kind":"Secret","data":{"k":"a"},"k":"b"}`:              {`key "kind": "Secret"`, `secret "k": "a"`, `key "k": "b"`},
		`{"kind":"Config","data":{"k":"a"}}`:                      {`key "kind": "Config"`, `key "k": "a"`},
		`[["n","password"],["a","b"],["c"],[{"k":"d"},"e"]]`:      {`attribute "top": "n"`, `attribute "top": "password"`, `attribute "top": "a"`, `column "password": "b"`, `attribute "top": "c"`, `key "k": "d"`, `column "password": "e"`},
		`[["n","password",[]],["a","b"]]`:                         {`attribute "top": "n"`, `attribute "top": "password"`, `attribute "top": "a"`, `column "password": "b"`},
		`[["password"],["a"]],[["b"]]`:                            {`attribute "top": "password"`, `column "password": "a"`},
		`{"columns":["password"],"rows":[["a"],["b"]]}`:           {`key "columns": "password"`, `column "password": "a"`, `column "password": "b"`},
		`[{"A":"password"},{"A":"a"},["b"]]`:                      {`key "A": "password"`, `column "password": "a"`, `attribute "top": "b"`},
		`{"target":{"role":"box","name":"password"},"input":"a"}`: {`key "role": "box"`, `key "name": "password"`, `sibling "password": "a"`},
		`{"op":"add","path":"/spec/password","value":"a"}`:        {`key "op": "add"`, `key "path": "/spec/password"`, `sibling "password": "a"`},
		`{"secret":true,"data":"a"}`:                              {`sibling "secret": "a"`},
		`[{"name":"password"},{"name":"a"}]`:                      {`key "name": "password"`, `key "name": "a"`},
		`{"order":{"number":"a"},"card":{"number":"b"}}`:          {`key "order number": "a"`, `key "number": "b"`},
	} {
		var d document.Reader
		r := &recorder{}
		d.Reset(r, false, false)
		require.Equal(t, json.Valid([]byte(in)), d.Read("top", in), in)
		require.Equal(t, want, r.leaves, in)
	}
}

func TestSpansAreOffsetsOfTheDocument(t *testing.T) {
	for in, want := range map[string]string{
		`{"password":"\u0041x\u0042"}`:                         `x`,
		`{"text":"a\tx","password":"x","label":"password"}`:    `x|x`,
		`{"k":"{\"password\":\"\\tx\"}"}`:                      `x`,
		`{"hidden":{"password":"x"},"password":"x"}`:           `{"password":"x"}|x`,
		`{"hidden":"a","password":123456}`:                     `a|123456`,
		`{"value":"{\"password\":\"x\"}","name":"password"}`:   `x`,
		`{"data":{"a":"x","b":"\nx"},"z":"x","kind":"Secret"}`: `x|x`,
	} {
		_, spans := read(t, in)
		var got []string
		for _, s := range spans {
			got = append(got, in[s.Start:s.End])
		}
		require.Equal(t, want, strings.Join(got, "|"), in)
	}
}

// TestEachLeafIsScannedTwiceAtMost reads documents whose structure invites reading the
// same values at each level.
func TestEachLeafIsScannedTwiceAtMost(t *testing.T) {
	for _, c := range [][2]string{
		{`{"value":"x1y2","data":{"a":"x","b":`, `},"kind":"Secret","name":"password"}`},
		{`{"data":`, `,"kind":"Secret","value":"a","label":"password"}`},
		{`[["password","x"],`, `]`},
		{`{"rows":[`, `],"columns":["password"]}`},
		{`{"columns":["password"],"rows":[`, `]}`},
		{`[{"A":"password","B":`, `},{"A":"x"}]`},
	} {
		in := strings.Repeat(c[0], 300) + "1" + strings.Repeat(c[1], 300)
		require.True(t, json.Valid([]byte(in)), in)
		r, _ := read(t, in)
		require.LessOrEqual(t, r.scanned, 2*len(in), in)
	}
}

// FuzzRead checks that exactly valid JSON is read, that the spans are in order, disjoint
// and within strings or around values, and that the work is bounded.
func FuzzRead(f *testing.F) {
	for _, in := range []string{
		`{"label":"password","value":"x"}`, `{"value":"x","name":"password","text":12345}`, `[["a","password"],["x","x"],[{"A":"password"}]]`,
		`[{"A":"password"},{"A":"x"}]`, `{"kind":"Secret","data":{"a":"x\u0040"},"stringData":{"b":"x"}}`, `{"data":{"a":"x","b":{}},"kind":"Secret"}`,
		`{"columns":["password","\u0041"],"rows":[["x"],{"":"x"}]}`, `["-p","x","--password","x"]`, `{"hidden":{"a":"x"}}`, `"{\"password\":\"x\"}"`, `[[`, `[{`, `[{}]`, `[[],[]]`, `{"a":`,
	} {
		f.Add(in)
	}
	f.Fuzz(func(t *testing.T, in string) {
		if strings.Count(in, "[")+strings.Count(in, "{") > 900 {
			t.Skip("may be too deep")
		}
		r, spans := read(t, in)
		require.LessOrEqual(t, r.scanned, 2*len(in)+4)
		end := 0
		for _, s := range spans {
			require.True(t, end <= s.Start && s.Start < s.End && s.End <= len(in), "%q: %d:%d after %d", in, s.Start, s.End, end)
			end = s.End
		}
	})
}

// TestReadOfPieces does the same for documents of members and elements with a role.
func TestReadOfPieces(t *testing.T) {
	leaf := rapid.SampledFrom([]string{`"x"`, `"password"`, `"Secret"`, `"a"`, `12345`, `"-p"`, `"--password"`, `null`, `"\u0078"`, `"{\"password\":\"x\"}"`, `"[REDACTED]"`})
	key := rapid.SampledFrom([]string{"name", "label", "value", "text", "data", "kind", "columns", "rows", "A", "B", "hidden", "password", "k", "", `t\u0065xt`})
	var value func(depth int) *rapid.Generator[string]
	value = func(depth int) *rapid.Generator[string] {
		return rapid.Custom(func(t *rapid.T) string {
			kind := rapid.IntRange(0, 3).Draw(t, "kind")
			if depth == 0 || kind < 2 {
				return leaf.Draw(t, "leaf")
			}
			parts := rapid.SliceOfN(value(depth-1), 0, 4).Draw(t, "parts")
			if kind == 2 {
				return "[" + strings.Join(parts, " , ") + "]"
			}
			for i := range parts {
				parts[i] = `"` + key.Draw(t, "key") + `": ` + parts[i]
			}
			return "{" + strings.Join(parts, ",") + "}"
		})
	}
	rapid.Check(t, func(t *rapid.T) {
		in := value(4).Draw(t, "document")
		require.True(t, json.Valid([]byte(in)))
		r, spans := read(t, in)
		require.LessOrEqual(t, r.scanned, 2*len(in))
		end := 0
		for _, s := range spans {
			require.True(t, end <= s.Start && s.Start < s.End && s.End <= len(in), "%s: %d:%d after %d", in, s.Start, s.End, end)
			end = s.End
		}
	})
}
