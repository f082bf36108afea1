package audit

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// payload returns an event as OTLP/JSON, of one of three users.
func payload(n int) []byte {
	return fmt.Appendf(nil, `{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"attributes":[`+
		`{"key":"session.id","value":{"stringValue":"s%d"}},{"key":"user.email","value":{"stringValue":"p%d@example.com"}}]}]}]}]}`, n, n%3)
}

// fillUsers writes n events, one a minute, each stored durably.
func fillUsers(t *testing.T, dir string, n int) {
	t.Helper()
	w, err := Open(settings(dir), testTime)
	require.NoError(t, err)
	for i := range n {
		require.NoError(t, w.Append(testTime.Add(time.Duration(i)*time.Minute), true, payload(i)))
	}
	require.NoError(t, w.Close())
}

// TestSelection checks by which attributes and times records are selected.
func TestSelection(t *testing.T) {
	attribute := func(key, value string) []byte {
		return fmt.Appendf(nil, `{"resourceLogs":[{"resource":{"attributes":[{"key":"%s","value":%s}]}}]}`, key, value)
	}
	body := `{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":{"kvlistValue":{"values":[{"key":"user","value":{"stringValue":"a"}}]}}}]}]}]}`
	at := func(minute int) time.Time { return testTime.Add(time.Duration(minute) * time.Minute) }
	for name, test := range map[string]struct {
		selection Selection
		payload   []byte
		want      bool
	}{
		"session":                   {Selection{Session: "s1"}, payload(1), true},
		"another session":           {Selection{Session: "s"}, payload(1), false},
		"user":                      {Selection{User: "p1@example.com"}, payload(1), true},
		"user as session":           {Selection{Session: "p1@example.com"}, payload(1), false},
		"both":                      {Selection{Session: "s4", User: "p1@example.com"}, payload(4), true},
		"one of both":               {Selection{Session: "s4", User: "p2@example.com"}, payload(4), false},
		"everything":                {Selection{}, payload(4), true},
		"from":                      {Selection{From: at(0), To: at(0)}, payload(1), true},
		"after":                     {Selection{From: at(1)}, payload(1), false},
		"before":                    {Selection{To: at(-1)}, payload(1), false},
		"user at another time":      {Selection{User: "p1@example.com", From: at(1)}, payload(1), false},
		"of a resource":             {Selection{User: "a"}, attribute("enduser.id", `{"stringValue":"a"}`), true},
		"a number":                  {Selection{User: "17"}, attribute("user.id", `{"intValue":"17"}`), true},
		"in a list":                 {Selection{User: "b"}, attribute("users", `{"arrayValue":{"values":[{"stringValue":"a"},{"stringValue":"b"}]}}`), true},
		"in a body":                 {Selection{User: "a"}, []byte(body), true},
		"escaped":                   {Selection{User: `ä"<`}, attribute("user.name", `{"stringValue":"\u00e4\"\u003c"}`), true},
		"another key":               {Selection{User: "a"}, attribute("username", `{"stringValue":"a"}`), false},
		"no payload":                {Selection{User: "a"}, nil, false},
		"a payload that is no JSON": {Selection{User: "a"}, []byte(`{"user":"a"`), false},
	} {
		t.Run(name, func(t *testing.T) {
			require.Equal(t, test.want, test.selection.Selects(&Record{Kind: KindRecord, Time: testTime, Payload: test.payload}))
			require.False(t, test.selection.Selects(&Record{Kind: KindRestart, Time: testTime, Payload: test.payload}))
		})
	}
}
