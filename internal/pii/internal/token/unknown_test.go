package token_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/pii/internal/span"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
	"github.com/cowork-otel/collector/internal/pii/internal/token"
)

// TestUnprefixed checks tokens whose mark is in the middle, at the place of the mark.
func TestUnprefixed(t *testing.T) {
	type detector func(*token.Reader, int) (span.Span, bool)
	for _, c := range []struct {
		detect          detector
		head, mark, end string
		ok              bool
	}{
		{token.AzureSecret, "abC8Q", "~", "defGHI0123jklmNOP456qrsTUV789wxyZ0", true},
		{token.AzureSecret, "abC8Q", "~", "short", false},
		{token.AzureSecret, "abCdQ", "~", "defGHI0123jklmNOP456qrsTUV789wxyZ0", false},
		{token.TerraformToken, "aB3dE6gH9jK2mN.", "atlasv1", "." + strings.Repeat("aB3dE6gH9j", 6), true},
		{token.TerraformToken, "aB3dE6.", "atlasv1", "." + strings.Repeat("aB3dE6gH9j", 6), false},
		{token.PipedToken, "123456789012345", "|", "aB3dE6gH9jK2mN5pQ8rS1tU4vW7", true},
		{token.PipedToken, "12", "|", "aB3dE6gH9jK2mN5pQ8rS1tU4vW7xY0zA3bC6dE9fG2h", true},
		{token.PipedToken, "123456789012345", "|", "another column of a table", false},
	} {
		in := c.head + c.mark + c.end
		r := token.NewReader(text.View{Text: in})
		found, ok := c.detect(&r, len(c.head))
		require.Equal(t, c.ok, ok, in)
		if ok {
			require.Equal(t, in, in[found.Start:found.End])
		}
	}
}

// TestUnknown checks that the words before a long random word decide.
func TestUnknown(t *testing.T) {
	const long = "aB3dE6gH9jK2mN5pQ8rS1tU4vW7xY0z"
	for _, c := range []struct {
		before string
		ok     bool
	}{
		{"our cloudinary key is ", true},
		{"token: ", true},
		{"commit ", false},
		{"the token of the commit ", false},
		{"plain words before ", false},
		{"Sec-WebSocket-Key: ", false},
	} {
		r := token.NewReader(text.View{Text: c.before + long})
		found, ok := token.Unknown(&r, len(c.before), len(c.before+long))
		require.Equal(t, c.ok, ok, c.before)
		if ok {
			require.Equal(t, len(c.before), found.Start)
		}
	}
}

// TestUnknownWords checks texts, each with the long word at which the reader starts.
func TestUnknownWords(t *testing.T) {
	const (
		hex  = "9f86d081884c7d659a2feaa0c55ad015"
		uuid = "3f2a9cd8-1b7e-4455-aa90-bb12cc34dd56"
		long = "7cu22ov7halMBLUpG97Wg4y7fibQi3CW19VJiZcCu746zgCs0mdDdTCoOcpgEucg"
	)
	for _, c := range []struct{ in, word, want string }{
		// Two parts.
		{"key 8-" + long, long, "8-" + long},
		{"of v1-8-" + long, long, ""},
		{"of 3f2a9cd81b7e4455aa90bb12:" + hex + hex, hex + hex, "3f2a9cd81b7e4455aa90bb12:" + hex + hex},
		{"of sha256:" + hex + hex, hex + hex, ""},
		{"of " + hex + ".4JpTp0dQHmf0nb89xIqwgPqZ", hex, hex + ".4JpTp0dQHmf0nb89xIqwgPqZ"},
		{"of " + hex + ".bundle.js", hex, ""},
		{"of " + hex + "-us14", hex, hex + "-us14"},
		{"of " + hex + "-user", hex, ""},
		{"of " + hex + "-1a2b3c4d-5e6f7a8b", hex, hex + "-1a2b3c4d-5e6f7a8b"},
		{"of " + hex + "-1a2b3c4d", hex, ""},
		{"of " + uuid + ":" + hex, hex, uuid + ":" + hex},
		{"of x:" + hex, hex, ""},
		// A noun directly before.
		{"apollo.io api_key " + hex, hex, hex},
		{"eventbrite secretKey is `" + hex + "`", hex, hex},
		{"the monkey " + hex, hex, ""},
		{"the sort key " + hex, hex, ""},
		{"gpg key " + hex, hex, ""},
		{"keys " + hex, hex, ""},
		// Checksums in a lock file and of a commit.
		{`"https://example.org/rules_license/MODULE.bazel": "` + hex + `"`, hex, ""},
		{`get("github.com/acme/app", "` + hex + `")`, hex, ""},
		{`twilio = "` + hex + `"`, hex, hex},
		// Names in code.
		{"sort(keysForInt64)\nmapStringForNonnullInt64", "mapStringForNonnullInt64", ""},
		{"PrivateKey *Key\njwtTestEC256PublicKey", "jwtTestEC256PublicKey", ""},
		// Identifiers of objects.
		{"openai thread_abC123dEf456gHi789jKl012", "abC123dEf456gHi789jKl012", ""},
		{"anthropic key toolu_01CSHoEeqs5C35K2UUqR7Fy", "01CSHoEeqs5C35K2UUqR7Fy", ""},
		{"stripe key is zq_01CSHoEeqs5C35K2UUqR7Fy9", "01CSHoEeqs5C35K2UUqR7Fy9", "zq_01CSHoEeqs5C35K2UUqR7Fy9"},
		// Paths.
		{"slack in /private/var/folders/q4/x8vn2k5s7wz1d0pblfgr3mhc0000gn/T", "x8vn2k5s7wz1d0pblfgr3mhc0000gn", ""},
		{"gemini dir=/var/folders/q4/x8vn2k5s7wz1d0pblfgr3mhc0000gn/T", "x8vn2k5s7wz1d0pblfgr3mhc0000gn", ""},
		{"github in ./build/aB3/x8vn2k5S7wz1d0pbLfgr3mhc0000gn", "x8vn2k5S7wz1d0pbLfgr3mhc0000gn", ""},
		{"aws secret key = aB3+/x8vn2k5S7wz1d0pbLfgr3mhc0000gn", "x8vn2k5S7wz1d0pbLfgr3mhc0000gn", "aB3+/x8vn2k5S7wz1d0pbLfgr3mhc0000gn"},
		// One-time tokens of links.
		{"GET /reset-password/" + hex + " 200", hex, hex},
		{"https://app.example.com/auth/reset/confirm/" + hex, hex, hex},
		{"https://app.example.com/join/inv_sD4FIS0Xzm41PB2qs353f2", "sD4FIS0Xzm41PB2qs353f2", "inv_sD4FIS0Xzm41PB2qs353f2"},
		{"https://app.example.com/verify/" + hex + ".js", hex, ""},
		{"https://app.example.com/commit/" + hex, hex, ""},
	} {
		start := strings.Index(c.in, c.word)
		r := token.NewReader(text.View{Text: c.in})
		found, ok := token.Unknown(&r, start, text.RunEnd(c.in, start, len(c.in), text.Alnum))
		require.Equal(t, c.want != "", ok, c.in)
		if ok {
			require.Equal(t, c.want, c.in[found.Start:found.End])
			require.Equal(t, span.APIKey, found.ID)
		}
	}
}
