package pii_test

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/pii"
)

// values has one of each kind that people and programs disguise.
var values = map[string]string{
	"email":       "jane.doe@example.com",
	"credit_card": "4111-1111-1111-1111",
	"ssn":         "536-22-8726",
	"phone":       "415-555-0132",
	"ip_address":  "203.0.113.77",
	"iban":        "DE89-3704-0044-0532-0130-00",
	"api_key":     strings.ReplaceAll("gh¦p_0123456789abcdefghijABCDEFGHIJ012345", "¦", ""),
}

// A mask disguises a value. Those in except have nothing that it could change, or
// become something else by it.
type mask struct {
	name   string
	put    func(string) string
	except string
}

func masks() []mask {
	list := []mask{
		{"percent", each(func(r rune) string { return fmt.Sprintf("%%%02X", r) }), ""},
		{"percent, twice", each(func(r rune) string { return fmt.Sprintf("%%25%02x", r) }), ""},
		{"percent, signs only", onSigns(func(r rune) string { return fmt.Sprintf("%%%02x", r) }), ""},
		{"entities, decimal", each(func(r rune) string { return fmt.Sprintf("&#%d;", r) }), ""},
		{"entities, hexadecimal", each(func(r rune) string { return fmt.Sprintf("&#x%X;", r) }), ""},
		{"entities, twice", onSigns(func(r rune) string { return fmt.Sprintf("&amp;#%d;", r) }), ""},
		{"unicode escapes", each(func(r rune) string { return fmt.Sprintf(`\u%04x`, r) }), ""},
		{"unicode escapes, escaped", onSigns(func(r rune) string { return fmt.Sprintf(`\\u%04x`, r) }), ""},
		{"unicode escapes in braces", each(func(r rune) string { return fmt.Sprintf(`\u{%x}`, r) }), ""},
		{"hexadecimal escapes", each(func(r rune) string { return fmt.Sprintf(`\x%02x`, r) }), ""},
		{"octal escapes", onSigns(func(r rune) string { return fmt.Sprintf(`\%03o`, r) }), "credit_card ssn phone ip_address"},
		{"colours", func(v string) string { return "\x1b[31m" + v + "\x1b[0m" }, ""},
		{"colours within", afterHalf("\x1b[1;31m"), ""},
		{"colours, escaped", afterHalf(`\x1b[1;31m`), ""},
		{"zero-width space", afterHalf("\u200b"), ""},
		{"zero-width everywhere", each(func(r rune) string { return string(r) + "\u2060" }), ""},
		{"soft hyphen", afterHalf("\u00ad"), ""},
		{"tags", afterHalf("\U000e0020\U000e0041"), ""},
		{"full-width", each(func(r rune) string { return string(r + 0xfee0) }), ""},
		{"mathematical", each(mathematical), ""},
		{"circled", each(circled), "api_key"},
		{"struck through", each(func(r rune) string { return string(r) + "\u0336" }), "api_key"},
		{"Arabic digits", eachDigit(0x660), "email"},
		{"Devanagari digits", eachDigit(0x966), "email"},
		{"subscript digits", eachDigit(0x2080), "email ssn api_key"},
		{"non-breaking hyphen", strings.NewReplacer("-", "\u2011").Replace, "email ip_address api_key"},
		{"en dash", strings.NewReplacer("-", "\u2013").Replace, "email ip_address api_key"},
		{"minus", strings.NewReplacer("-", "\u2212").Replace, "email ip_address api_key"},
		{"dashes with spaces", strings.NewReplacer("-", " - ").Replace, "email ip_address api_key"},
		{"dashes twice", strings.NewReplacer("-", "--").Replace, "email ip_address api_key phone"},
		{"digits one by one", each(func(r rune) string { return string(r) + " " }), "email phone ip_address api_key iban"},
		{"Cyrillic", strings.NewReplacer("a", "\u0430", "e", "\u0435", "o", "\u043e", "p", "\u0440").Replace, "credit_card ssn phone ip_address iban"},
		{"Greek", strings.NewReplacer("o", "\u03bf", "p", "\u03c1").Replace, "credit_card ssn phone ip_address iban"},
		{"brackets", strings.NewReplacer("@", " [at] ", ".", " [dot] ").Replace, "credit_card ssn phone api_key iban"},
		{"parentheses", strings.NewReplacer("@", "(AT)", ".", "(DOT)").Replace, "credit_card ssn phone api_key iban"},
		{"signs in brackets", strings.NewReplacer("@", "[@]", ".", "[.]").Replace, "credit_card ssn phone api_key iban"},
		{"words", strings.NewReplacer("@", " at ", ".", " dot ").Replace, "credit_card ssn phone ip_address api_key iban"},
		{"quoted-printable", strings.NewReplacer("@", "=40", ".", "=2E").Replace, "credit_card ssn phone ip_address api_key iban"},
		{"base64", func(v string) string { return base64.StdEncoding.EncodeToString([]byte(v)) }, ""},
		{"base64 for URLs", func(v string) string { return base64.RawURLEncoding.EncodeToString([]byte("<" + v + ">?")) }, ""},
		{"base64 of base64", twice, ""},
		{"base64 of percent", func(v string) string {
			return base64.StdEncoding.EncodeToString([]byte(strings.ReplaceAll(v, v[4:5], fmt.Sprintf("%%%02X", v[4]))))
		}, ""},
		{"plus signs in a query", func(v string) string { return "?v=" + strings.ReplaceAll(v, "-", "+") }, "email ip_address api_key"},
		{"hexadecimal", func(v string) string { return hex.EncodeToString([]byte(v)) }, ""},
	}
	return list
}

func each(put func(rune) string) func(string) string {
	return func(v string) string {
		var b strings.Builder
		for _, r := range v {
			b.WriteString(put(r))
		}
		return b.String()
	}
}

// onSigns disguises each sign and each fifth character.
func onSigns(put func(rune) string) func(string) string {
	return func(v string) string {
		var b strings.Builder
		for i, r := range v {
			if strings.ContainsRune("@.-_", r) || i%5 == 3 {
				b.WriteString(put(r))
			} else {
				b.WriteRune(r)
			}
		}
		return b.String()
	}
}

func afterHalf(what string) func(string) string {
	return func(v string) string { return v[:len(v)/2] + what + v[len(v)/2:] }
}

func eachDigit(zero rune) func(string) string {
	return each(func(r rune) string {
		if r >= '0' && r <= '9' {
			return string(zero + r - '0')
		}
		return string(r)
	})
}

func mathematical(r rune) string {
	switch {
	case r >= 'a' && r <= 'z':
		return string(0x1d41a + r - 'a')
	case r >= 'A' && r <= 'Z':
		return string(0x1d400 + r - 'A')
	case r >= '0' && r <= '9':
		return string(0x1d7ce + r - '0')
	}
	return string(r)
}

func circled(r rune) string {
	switch {
	case r >= 'a' && r <= 'z':
		return string(0x24d0 + r - 'a')
	case r >= '1' && r <= '9':
		return string(0x2460 + r - '1')
	case r == '0':
		return "\u24ea"
	}
	return string(r)
}

func twice(v string) string {
	return base64.StdEncoding.EncodeToString([]byte(base64.StdEncoding.EncodeToString([]byte(v))))
}

// TestDisguises applies each mask to each value, in a sentence and in JSON.
func TestDisguises(t *testing.T) {
	s := scanner(t, pii.Settings{})
	for _, m := range masks() {
		for kind, value := range values {
			worn := m.put(value)
			if slices.Contains(strings.Fields(m.except), kind) {
				continue
			}
			t.Run(m.name+"/"+kind, func(t *testing.T) {
				require.NotEqual(t, value, worn, "the mask does nothing: name the exception")
				topic := map[string]string{"credit_card": "card", "ssn": "ssn", "phone": "phone"}[kind]
				in := "the " + topic + ": " + worn + " (see above)"
				out := redacted(s, "", in)
				require.Contains(t, out, "[REDACTED_")
				require.Equal(t, "the "+topic+": ", out[:len("the "+topic+": ")])
				require.Less(t, len(out), len("the "+topic+": [REDACTED_CREDIT_CARD] (see above)")+12, "only a part was found: %s", out)
				checkRedact(t, s, "", in)
				quoted, err := json.Marshal(map[string]string{"text": in})
				require.NoError(t, err)
				checkJSON(t, s, "", string(quoted))
				require.Contains(t, redacted(s, "", string(quoted)), "[REDACTED_")
			})
		}
	}
}

// TestLongText hides one of each in a text of which only parts are read again.
func TestLongText(t *testing.T) {
	s := scanner(t, pii.Settings{})
	filler := strings.Repeat("lorem ipsum ", 2000)
	want := filler + "card: [REDACTED_CREDIT_CARD] " + filler + "[REDACTED_EMAIL] " + filler + "[REDACTED_IBAN]"
	in := filler + "card: 4111  1111  1111  1111 " + filler + "jane [at] example [dot] com " + filler + "DE89-3704-0044-0532-0130-00"
	require.Equal(t, want, redacted(s, "", in))
}

// TestPlainTexts checks that what only looks disguised stays, in JSON too.
func TestPlainTexts(t *testing.T) {
	s := scanner(t, pii.Settings{})
	text, err := os.ReadFile("testdata/plain.txt")
	require.NoError(t, err)
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(line, "# ") {
			continue
		}
		line = strings.ReplaceAll(strings.TrimSuffix(line, "\n"), "⏎", "\n")
		require.Equal(t, line, redacted(s, "", line))
		quoted, err := json.Marshal([]string{line})
		require.NoError(t, err)
		require.Equal(t, string(quoted), redacted(s, "", string(quoted)))
	}
}

// TestAllocNothingBehindDisguises checks that undoing the disguises of a clean text
// allocates nothing.
func TestAllocNothingBehindDisguises(t *testing.T) {
	if poolForgets() {
		t.Skip("the race detector makes sync.Pool forget at random; this test runs without it")
	}
	s := scanner(t, pii.Settings{})
	text := cleanText + "pages 10–12 of ２０２６, a%20b &amp; c, \x1b[31mred\x1b[0m, jane [at] home, 1  2  3, d\u00e9j\u00e0 vu: " +
		"SGVsbG8sIHdvcmxkISBUaGlzIGlzIGEgdGVzdC4= 48656c6c6f2c20776f726c6421205468697320697320612074657374"
	require.Equal(t, text, redacted(s, "", text))
	require.Zero(t, testing.AllocsPerRun(100, func() { s.Redact(nil, "", text) }))
}

// disguisedAdversaries are texts that, repeated, make a careless decoder read the same bytes over and over.
var disguisedAdversaries = []string{
	"%", "%25", "%2525", "%40", "&", "&amp;", "&#", "&#64;", "&#x", `\\`, `\u`, `\u0040`, `\ud835`, `\\u`, "\x1b", "\x1b[", "\x1b]", "\x1b[31m", "[1;1", "[31m", "=", "=40", "=\n",
	"\u200b", "a\u200b", "\u0430", "a\u0430", "\u0336", "1\u0336", "a\u0336", "\u00a0", "1\u00a0", "1\u2013", "1 \u2013 ", "\u2014", "\u0661", "\uff11", "\u2460", "\U0001d7ce", "\U000e0041",
	"[at]", "(at) ", "[dot]a", " at ", "a at b dot ", "a dot ", "at", "dot", "1 ", "1  ", "1 1 1  ", "1 - ", "1\n", "1111.", "111/22/", "12 ", " @ ", "a @ ",
	"QUFB", "QUFB/", "amFuZUBleGFtcGxlLmNvbQ==", "YW1GdVpVQmxlR0Z0Y0d4bExtTnZiUT09", "4142", "0x41", "6a616e65406578616d706c652e636f6d ", "aaaaaaaa", "Aaaaaaaa.", "UUFCQkFB/",
	"\x00", "a\b", "j a n e ", "+", "a+", "1+", "?a=+", "?a=b+c&", "%20+", "?a=1+2 ", "1+2+3 ", "a=\\u0026+", "?a=QUFB+",
}
