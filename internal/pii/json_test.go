package pii_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/pii"
)

func TestRedactJSON(t *testing.T) {
	s := scanner(t, pii.Settings{})
	for _, c := range []struct{ name, in, want string }{
		{
			"what is no finding stays byte for byte",
			"{ \"b\" : 1.50e+2 ,\t\"a\":\"\\u0041\\/ jane@example.com \\u00e9\" ,\n\"b\":[ ] }",
			"{ \"b\" : 1.50e+2 ,\t\"a\":\"\\u0041\\/ [REDACTED_EMAIL] \\u00e9\" ,\n\"b\":[ ] }",
		},
		{"an escaped @", `{"to":"jane\u0040example.com!"}`, `{"to":"[REDACTED_EMAIL]!"}`},
		{"an escape right before", `"\njane@example.com\n"`, `"\n[REDACTED_EMAIL]\n"`},
		{"a surrogate pair beside", `["\ud83d\ude00jane@example.com\ud83d\ude00"]`, `["\ud83d\ude00[REDACTED_EMAIL]\ud83d\ude00"]`},
		{"half a surrogate pair", `["\ud83d 10.1.2.3 \ude00\ud83d"]`, `["\ud83d [REDACTED_IP_ADDRESS] \ude00\ud83d"]`},
		{"a number", `{"card":4111111111111111,"n":4111111111111112}`, `{"card":"[REDACTED_CREDIT_CARD]","n":4111111111111112}`},
		{"a number under a telling key", `{"phone": 4155550132, "ssn": 536228726}`, `{"phone": "[REDACTED_PHONE]", "ssn": "[REDACTED_SSN]"}`},
		{"a number in JSON in a string", `{"x":"{\"card\":4111111111111111}"}`, `{"x":"{\"card\":\"[REDACTED_CREDIT_CARD]\"}"}`},
		{
			"a number two strings deep",
			`"{\"x\":\"{\\\"card\\\":4111111111111111}\"}"`, `"{\"x\":\"{\\\"card\\\":\\\"[REDACTED_CREDIT_CARD]\\\"}\"}"`,
		},
		{"a key", `{"jane@example.com":{"jane\u0040example.com":1}}`, `{"[REDACTED_EMAIL]":{"[REDACTED_EMAIL]":1}}`},
		{"the key as context", `{"password":"hunter","note":"hunter"}`, `{"password":"[REDACTED_API_KEY]","note":"hunter"}`},
		{"an escaped key as context", `{"pass\u0077ord":"hunter"}`, `{"pass\u0077ord":"[REDACTED_API_KEY]"}`},
		{"the key of a list", `{"tokens":1,"password":["hunter","<none>"]}`, `{"tokens":1,"password":["[REDACTED_API_KEY]","<none>"]}`},
		{"a name beside its value", `[{"name":"DB_PASSWORD","value":"hunter"},{"name":"PORT","value":"hunter"}]`, `[{"name":"DB_PASSWORD","value":"[REDACTED_API_KEY]"},{"name":"PORT","value":"hunter"}]`},
		{"code in a string", `{"content":"password = \"hunter2secret\"\n"}`, `{"content":"password = \"[REDACTED_API_KEY]\"\n"}`},
		{"a header in a string", `{"command":"curl -H \"Authorization: Bearer abc123def456\" x"}`, `{"command":"curl -H \"Authorization: Bearer [REDACTED_API_KEY]\" x"}`},
		{"counters", `{"input_tokens": 321, "max_tokens": 4096, "password_length": 12}`, `{"input_tokens": 321, "max_tokens": 4096, "password_length": 12}`},
		{"a number alone", ` 4111111111111111 `, ` "[REDACTED_CREDIT_CARD]" `},
		{"a string alone", ` "jane@example.com" `, ` "[REDACTED_EMAIL]" `},
		{"a key in PEM", `{"key":"-----BEGIN EC PRIVATE KEY-----\nMHcCAQEE\n-----END EC PRIVATE KEY-----\n"}`, `{"key":"[REDACTED_API_KEY]\n"}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.True(t, json.Valid([]byte(c.in)))
			out, found := s.RedactJSON(nil, "", c.in)
			require.Equal(t, c.want, out)
			require.Equal(t, c.in == c.want, len(found) == 0)
			checkJSON(t, s, "", c.in)
		})
	}
}

func TestCutJSONIsText(t *testing.T) {
	s := scanner(t, pii.Settings{})
	for in, want := range map[string]string{
		`{"password":"hunter2secret!","x":"…`:                           `{"password":"[REDACTED_API_KEY]","x":"…`,
		`{"x":"{\"password\":\"hunter2secret!\",\"y`:                    `{"x":"{\"password\":\"[REDACTED_API_KEY]\",\"y`,
		`{"x":"{\"y\":\"{\\\"password\\\":\\\"hunter2secret!\\\",\\\"y`: `{"x":"{\"y\":\"{\\\"password\\\":\\\"[REDACTED_API_KEY]\\\",\\\"y`,
		`{"to":"\njane@example.com\n`:                                   `{"to":"\n[REDACTED_EMAIL]\n`,
		`{"to":"say \"jane@example.com\" and`:                           `{"to":"say \"[REDACTED_EMAIL]\" and`,
		`{"c":"curl -H \"X-Api-Key: fa183c6c476693feb68207726fc11c00\"`: `{"c":"curl -H \"X-Api-Key: [REDACTED_API_KEY]\"`,
		`{"password":"hunter2sec`:                                       `{"password":"[REDACTED_API_KEY]`,
		`{"a":1}{"to":"jane@example.com"}`:                              `{"a":1}{"to":"[REDACTED_EMAIL]"}`,
	} {
		require.Equal(t, want, redacted(s, "", in))
	}
}

func TestJSONDepth(t *testing.T) {
	s := scanner(t, pii.Settings{})
	for _, depth := range []int{10, 999, 1000, 1001, 100000} {
		in := strings.Repeat("[", depth) + `"jane\u0040example.com jane@example.com"` + strings.Repeat("]", depth)
		out := redacted(s, "", in)
		require.Contains(t, out, "[REDACTED_EMAIL]")
		require.NotContains(t, out, " jane@")
		require.NotContains(t, out, "u0040", depth)
		require.True(t, json.Valid([]byte(out)) || depth > 10000)
	}
}

func TestNestingDepth(t *testing.T) {
	s := scanner(t, pii.Settings{})
	in := `{"card":4111111111111111}`
	for depth := range 8 {
		out := redacted(s, "", in)
		require.Contains(t, out, "[REDACTED_CREDIT_CARD]", depth)
		for range depth {
			require.NoError(t, json.Unmarshal([]byte(out), &out))
		}
		if depth <= 4 {
			require.Equal(t, `{"card":"[REDACTED_CREDIT_CARD]"}`, out) //nolint:testifylint // byte for byte
		}
		quoted, err := json.Marshal(in)
		require.NoError(t, err)
		in = string(quoted)
	}
}

func TestTextThatDoesNotSettleIsReplacedWhole(t *testing.T) {
	// Each round takes one x, the one next to the marker of the previous round.
	s := scanner(t, pii.Settings{Custom: []pii.Custom{{Name: "eater", Regexp: `]x`}}})
	for in, want := range map[string]string{
		"a [REDACTED]xxx b":                  "a [REDACTED][REDACTED_EATER][REDACTED_EATER][REDACTED_EATER] b",
		"a [REDACTED]xxxxxxxxxxxxxxxxx b":    "[REDACTED_EATER]",
		`{"a":"[REDACTED]xxxxxxxxxxxxxxxx"}`: `"[REDACTED_EATER]"`,
	} {
		out, found := s.Redact(nil, "", in)
		require.Equal(t, want, out)
		checkFindings(t, in, found)
		require.Equal(t, want, redacted(s, "", want))
	}
}

func TestKeys(t *testing.T) {
	s := scanner(t, pii.Settings{Keys: []string{"name", "salary"}})
	check := func(text, want string) {
		t.Helper()
		require.Equal(t, want, redacted(s, "", text))
		require.Equal(t, want, redacted(s, "", want), "a second time changes nothing")
	}
	check(`{"name":"Jane Doe","city":"Bonn"}`, `{"name":"[REDACTED]","city":"Bonn"}`)
	check(`{"name": {"first":"Jane","mail":"jane@example.com"}, "b":1}`, `{"name": "[REDACTED]", "b":1}`)
	check(`{"list":[{"salary":95000.5},{"salary":[1,2]},{"salary":true}]}`,
		`{"list":[{"salary":"[REDACTED]"},{"salary":"[REDACTED]"},{"salary":"[REDACTED]"}]}`)
	check(`{"name":"","salary":null}`, `{"name":"","salary":null}`)
	check(`{"n\u0061me":"Jane \"D\""}`, `{"n\u0061me":"[REDACTED]"}`)
	check(`{"body":"{\"salary\":95000,\"name\":\"Jane\"}"}`, `{"body":"{\"salary\":\"[REDACTED]\",\"name\":\"[REDACTED]\"}"}`)
	check(`{"first name":"Jane"}`, `{"first name":"Jane"}`)
}
