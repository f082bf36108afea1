package scoring

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestReadMarked(t *testing.T) {
	records, err := ReadMarked(strings.NewReader(
		`{"id":"a","kind":"shell","text":"é «gh¦p_1» and «x»","types":["api_key","secret"],"tags":["evasion"]}` + "\n" +
			`{"id":"b","text":"clean","types":[],"tags":["json-wrapped"]}`))
	require.NoError(t, err)
	require.Equal(t, []Record{
		{ID: "a", Text: "é ghp_1 and x", Spans: []Span{{3, 8, "api_key"}, {13, 14, "secret"}}, Tags: []string{"evasion"}},
		{ID: "b", Text: "clean", Tags: []string{"json-wrapped"}},
	}, records)
	require.True(t, records[0].Evasion())
	require.False(t, records[0].JSON())
	require.False(t, records[0].Field())
	require.True(t, Record{Tags: []string{"field"}}.Field())
	require.True(t, records[1].JSON())
}

func TestReadLabelled(t *testing.T) {
	records, err := ReadLabelled(strings.NewReader(
		`{"id":"a","text":"mail x@y.z","spans":[{"start":5,"end":10,"type":"email"}],"ignore":[{"start":0,"end":4}],"partial":true}`))
	require.NoError(t, err)
	require.Equal(t, []Record{{ID: "a", Text: "mail x@y.z", Spans: []Span{{5, 10, "email"}}, Ignore: []Span{{0, 4, ""}}, Partial: true}}, records)
}

func TestReadRefuses(t *testing.T) {
	for line, want := range map[string]string{
		`{"id":"a","text":"«x"}`:                      "line 1: record a: more values than types (want a type for each «…»)",
		`{"id":"a","text":"«x","types":["ssn"]}`:      "line 1: record a: fewer values than types (want «…» for each of 1)",
		`{"id":"a","text":"«x» «y»","types":["ssn"]}`: "line 1: record a: more values than types (want a type for each «…»)",
		`{"id":"a","text":"«»","types":["ssn"]}`:      "line 1: record a: span 0 to 0 is not within the text of 0 bytes",
		`{"text":"x"}`: "line 1: has no id",
		"{\"id\":\"a\"}\n{\"id\":\"b\",\"text\":1}": "line 2: json:",
		`{"id":"a","text":"«x»","types":["name"]}`:  `line 1: record a: unknown type "name" (have email,`,
	} {
		_, err := ReadMarked(strings.NewReader(line))
		require.ErrorContains(t, err, want)
	}
}
