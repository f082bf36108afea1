package pii_test

import (
	"encoding/json"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cowork-otel/collector/internal/pii"
)

// TestForms checks values in forms and queries, whose spaces are plus signs.
func TestForms(t *testing.T) {
	s := scanner(t, pii.Settings{})
	for in, want := range map[string]string{
		"GET /x?q=4111+1111+1111+1111":                       "GET /x?q=[REDACTED_CREDIT_CARD]",
		"GET /x?card=3782+822463+10005&n=1":                  "GET /x?card=[REDACTED_CREDIT_CARD]&n=1",
		"POST name=Jane+Doe&phone=212+736+4512 200":          "POST name=Jane+Doe&phone=[REDACTED_PHONE] 200",
		"POST name=Jane+Doe&phone=%28212%29+736-4512":        "POST name=Jane+Doe&phone=[REDACTED_PHONE]",
		"tel=%2B49+30+901820&x=1":                            "tel=[REDACTED_PHONE]&x=1",
		"card=4111+1111+1111+1111":                           "card=[REDACTED_CREDIT_CARD]",
		"paid with 4111+1111+1111+1111 today":                "paid with [REDACTED_CREDIT_CARD] today",
		"/x?iban=DE89+3704+0044+0532+0130+00":                "/x?iban=[REDACTED_IBAN]",
		"/x?to=Jane+%3Cjane%2Btag%40corp.example%3E+now":     "/x?to=Jane+%3C[REDACTED_EMAIL]%3E+now",
		"/x?to=jane+tag@corp.example&n=1":                    "/x?to=[REDACTED_EMAIL]&n=1",
		"/x?q=4111+1111+1111+1111+and+5555+5555+5555+4444+!": "/x?q=[REDACTED_CREDIT_CARD]+and+[REDACTED_CREDIT_CARD]+!",
	} {
		require.Equal(t, want, redacted(s, "", in), in)
		checkRedact(t, s, "", in)
		quoted, err := json.Marshal(map[string]string{"text": in})
		require.NoError(t, err)
		checkJSON(t, s, "", string(quoted))
		wanted, err := json.Marshal(map[string]string{"text": want})
		require.NoError(t, err)
		require.Equal(t, string(wanted), redacted(s, "", string(quoted)))
	}
}

// TestEncodedKey checks a private key in a query.
func TestEncodedKey(t *testing.T) {
	s := scanner(t, pii.Settings{})
	key := "-----BEGIN RSA PRIVATE¦ KEY-----\n" + strings.Repeat(strings.Repeat("MIIEow+BAAKCAQ/A", 4)+"\n", 24) + "-----END RSA PRIVATE¦ KEY-----"
	in := "GET /x?key=" + url.QueryEscape(strings.ReplaceAll(key, "¦", "")) + "&n=1"
	require.Equal(t, "GET /x?key=[REDACTED_API_KEY]&n=1", redacted(s, "", in))
	checkRedact(t, s, "", in)
}

// TestFormInLongText checks a form in a text of which only parts are read again.
func TestFormInLongText(t *testing.T) {
	s := scanner(t, pii.Settings{})
	filler := strings.Repeat("lorem ipsum ", 2000)
	in := filler + "/x?q=4111+1111+1111+1111 " + filler + "/x?phone=212+736+4512 " + filler + "total=212+736+4512 " + filler + "n=4111+1111+1111+1111"
	want := filler + "/x?q=[REDACTED_CREDIT_CARD] " + filler + "/x?phone=[REDACTED_PHONE] " + filler + "total=212+736+4512 " + filler + "n=[REDACTED_CREDIT_CARD]"
	require.Equal(t, want, redacted(s, "", in))
	checkRedact(t, s, "", in)
}

// TestCleanForms checks that plus signs that are no spaces, and harmless forms, stay.
func TestCleanForms(t *testing.T) {
	s := scanner(t, pii.Settings{})
	text, err := os.ReadFile("testdata/forms.txt")
	require.NoError(t, err)
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSuffix(line, "\n")
		if !strings.HasPrefix(line, "# ") {
			require.Equal(t, line, redacted(s, "", line))
		}
	}
}

// TestAllocNothingInForms checks that decoding a clean form allocates nothing.
func TestAllocNothingInForms(t *testing.T) {
	if poolForgets() {
		t.Skip("the race detector makes sync.Pool forget at random; this test runs without it")
	}
	s := scanner(t, pii.Settings{})
	text := cleanText + "GET /search?q=how+to+round+a+time+delta&lang=en%2Dus&page=2, total=212+736+4512"
	require.Equal(t, text, redacted(s, "", text))
	require.Zero(t, testing.AllocsPerRun(100, func() { s.Redact(nil, "", text) }))
}

// TestRedactForms checks that redacted forms stay the same when they are redacted again.
func TestRedactForms(t *testing.T) {
	s := scanner(t, pii.Settings{})
	pieces := []string{
		"+", "4111+1111+1111+1111", "212+736+4512", "536-22-8726", "phone", "card", "password", "is", "token=", "curl+-u+", "a:hunter2Xy", "jane+tag@corp.example",
		"=", "&", "?", "%20", "%2B", "%0A", "%22", " ", "\"", "x", "7", "49+30", "Bearer+", "Kq8vN2mX7pL4wR9tB3cZ6yH1", "-----BEGIN+", "[REDACTED]", "é", "--password+",
	}
	rapid.Check(t, func(r *rapid.T) {
		in := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 24).Draw(r, "pieces"), "")
		once := redacted(s, "", in)
		require.Equal(t, once, redacted(s, "", once), "%q", in)
		quoted, err := json.Marshal(in)
		require.NoError(t, err)
		out := redacted(s, "", string(quoted))
		require.True(t, json.Valid([]byte(out)), "%q", in)
		require.Equal(t, out, redacted(s, "", out), "%q", in)
	})
}
