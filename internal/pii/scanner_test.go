package pii_test

import (
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/pii"
)

// scanner returns a scanner with these settings.
func scanner(tb testing.TB, set pii.Settings) *pii.Scanner {
	tb.Helper()
	s, err := pii.New(set)
	require.NoError(tb, err)
	return s
}

// redacted returns the text alone.
func redacted(s *pii.Scanner, key, text string) string {
	out, _ := s.Redact(nil, key, text)
	return out
}

func TestPatternsAreInOrderAndCopied(t *testing.T) {
	list := pii.Patterns()
	names := make([]string, len(list))
	for i, p := range list {
		names[i] = p.Name
		require.True(t, pii.IsMarker(p.Marker), p.Marker)
	}
	require.Equal(t, strings.Fields("private_key jwt url_credential secret api_key credit_card ssn iban email phone ip_address"), names)
	list[0].Name = "other"
	require.Equal(t, "private_key", pii.Patterns()[0].Name)
}

func TestCheckName(t *testing.T) {
	require.NoError(t, pii.CheckName("email"))
	require.EqualError(t, pii.CheckName("emial"), `unknown pattern "emial" (have private_key, jwt, url_credential, secret, `+
		`api_key, credit_card, ssn, iban, email, phone, ip_address)`)
}

func TestCheckCustom(t *testing.T) {
	for _, c := range []struct{ name, regexp, want string }{
		{"mrn", `\bMRN-\d{8}\b`, ""},
		{"a1_b", `x+`, ""},
		{"mrn", `\bMRN-(\d{8}\b`, "missing closing ): `\\bMRN-(\\d{8}\\b`"},
		{"mrn", `a*`, "matches the empty text"},
		{"mrn", ``, "the expression is empty"},
		{"", `x`, "the name is empty"},
		{"email", `x`, `name "email": is a built-in pattern's`},
		{"Mrn", `x`, `name "Mrn": want a small letter, then small letters, digits and underscores`},
		{"1a", `x`, `name "1a": want a small letter, then small letters, digits and underscores`},
		{strings.Repeat("a", 65), `x`, `name "` + strings.Repeat("a", 65) + `": too long (at most 64 characters)`},
	} {
		err := pii.CheckCustom(pii.Custom{Name: c.name, Regexp: c.regexp})
		if c.want == "" {
			require.NoError(t, err)
		} else {
			require.EqualError(t, err, c.want)
		}
	}
}

func TestNewReportsAllThatIsWrong(t *testing.T) {
	_, err := pii.New(pii.Settings{
		Custom:   []pii.Custom{{Name: "a", Regexp: "("}, {Name: "b", Regexp: "x"}, {Name: "b", Regexp: "y"}},
		Disabled: []string{"emial"},
	})
	for _, want := range []string{`custom pattern "a": missing closing ): `, `custom pattern "b": the name is used twice`, `unknown pattern "emial"`} {
		require.ErrorContains(t, err, want)
	}
}

func TestSettings(t *testing.T) {
	const text = "jane@example.com, MRN-12345678 and 10.1.2.3"
	for _, c := range []struct {
		name string
		set  pii.Settings
		want string
	}{
		{"none", pii.Settings{}, "[REDACTED_EMAIL], MRN-12345678 and [REDACTED_IP_ADDRESS]"},
		{"custom", pii.Settings{Custom: []pii.Custom{{"mrn", `\bMRN-\d{8}\b`}}}, "[REDACTED_EMAIL], [REDACTED_MRN] and [REDACTED_IP_ADDRESS]"},
		{"disabled", pii.Settings{Disabled: []string{"email"}}, "jane@example.com, MRN-12345678 and [REDACTED_IP_ADDRESS]"},
		{"allowed", pii.Settings{Allowed: []string{"jane@example.com", "and"}}, "jane@example.com, MRN-12345678 and [REDACTED_IP_ADDRESS]"},
		{"not allowed", pii.Settings{Allowed: []string{"jane@example.co", "ane@example.com", "1.2.3"}}, "[REDACTED_EMAIL], MRN-12345678 and [REDACTED_IP_ADDRESS]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.Equal(t, c.want, redacted(scanner(t, c.set), "", text))
		})
	}
}

func TestAllowedCoversWhatIsWithinIt(t *testing.T) {
	s := scanner(t, pii.Settings{Allowed: []string{"4111 1111 1111 1111"}})
	require.Equal(t, "card 4111 1111 1111 1111", redacted(s, "", "card 4111 1111 1111 1111"))
	require.Equal(t, "card [REDACTED_CREDIT_CARD]", redacted(s, "", "card 4111-1111-1111-1111"))
}

func TestExcept(t *testing.T) {
	s := scanner(t, pii.Settings{Custom: []pii.Custom{{"mrn", `MRN-\d+`}, {"code", `C-\d+`}}})
	const text = "jane@example.com MRN-1 C-2 10.1.2.3"
	require.Equal(t, "jane@example.com MRN-1 [REDACTED_CODE] [REDACTED_IP_ADDRESS]", redacted(s.Except("email", "mrn", "unknown"), "", text))
	require.Equal(t, "[REDACTED_EMAIL] [REDACTED_MRN] [REDACTED_CODE] [REDACTED_IP_ADDRESS]", redacted(s, "", text), "the original stays as it is")
}

// TestKeyOfAttribute checks that the key of an attribute keeps no number as an identifier or a version,
// as that of a member of a document does.
func TestKeyOfAttribute(t *testing.T) {
	s := scanner(t, pii.Settings{})
	for _, c := range []struct{ key, text, want string }{
		{"organization.id", "6011134222820699", "[REDACTED_CREDIT_CARD]"},
		{"event.sequence", "370380960196168", "[REDACTED_CREDIT_CARD]"},
		{"model", "212-736-4043", "[REDACTED_PHONE]"},
		{"model", "312.664.8901", "[REDACTED_PHONE]"},
		{"model", "(415) 867-2507", "[REDACTED_PHONE]"},
		{"model", "471-29-5092", "[REDACTED_SSN]"},
		{"service.version", "10.119.226.167", "[REDACTED_IP_ADDRESS]"},
		{"os.version", "10.0.22631.3593", "10.0.22631.3593"},
		{"file_path", "2/1200123456789/1200987654321:ae785a451e0a82bd9c39e92b931799c3", "[REDACTED_API_KEY]"},
		{"", `{"order_id": "6011134222820699"}`, `{"order_id": "6011134222820699"}`},
		{"", `{"version": "10.119.226.167"}`, `{"version": "10.119.226.167"}`},
	} {
		require.Equal(t, c.want, redacted(s, c.key, c.text), "%s: %s", c.key, c.text)
	}
}

func TestOverlaps(t *testing.T) {
	custom := pii.Settings{Custom: []pii.Custom{{"host", `[a-z]+\.example`}, {"any", `x@corp\.example!`}}}
	for _, c := range []struct {
		name      string
		set       pii.Settings
		text, out string
	}{
		{"the earlier custom pattern names the union", custom, "mail x@corp.example! now", "mail [REDACTED_HOST] now"},
		{"a custom pattern covers the built-in one", custom, "jane@corp.example", "[REDACTED_HOST]"},
		{"a disabled pattern hides nothing", pii.Settings{Disabled: []string{"secret"}}, "token=ghp_0123456789abcdefghijABCDEFGHIJ012345", "token=[REDACTED_API_KEY]"},
		{"a password that is an e-mail address", pii.Settings{}, `password="jane@example.com"`, `password="[REDACTED_EMAIL]"`},
		{"a password around an e-mail address", pii.Settings{}, `password="x!jane@example.com!x"`, `password="[REDACTED_EMAIL]"`},
		{"a token within an assignment", pii.Settings{}, "token=ghp_0123456789abcdefghijABCDEFGHIJ012345", "token=[REDACTED_API_KEY]"},
		{"a user and a password are no address", pii.Settings{}, "https://bob:hunter2@mail.example.com/", "https://bob:[REDACTED_API_KEY]@mail.example.com/"},
		{"a key with a card in it", pii.Settings{}, "secret: a4111111111111111b2", "secret: [REDACTED_API_KEY]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.Equal(t, c.out, redacted(scanner(t, c.set), "", c.text))
		})
	}
}

func TestMarkers(t *testing.T) {
	for text, want := range map[string]bool{
		"[REDACTED]": true, "[REDACTED_EMAIL]": true, "[REDACTED_MRN_2]": true,
		"": false, "[REDACTED_]": false, "[REDACTED": false, "[redacted]": false, " [REDACTED]": false, "[REDACTED_EMAIL] ": false, "[REDACTED_e]": false,
	} {
		require.Equal(t, want, pii.IsMarker(text), text)
	}
	s := scanner(t, pii.Settings{Custom: []pii.Custom{{"word", `[A-Z]{4,}|user .*`}, {"card4", `c4`}}})
	for text, want := range map[string]string{
		"[REDACTED_EMAIL]":                "[REDACTED_EMAIL]",
		"[REDACTED] [REDACTED_CARD4]":     "[REDACTED] [REDACTED_CARD4]",
		"user [REDACTED_EMAIL] of ours":   "[REDACTED_WORD][REDACTED_EMAIL][REDACTED_WORD]",
		"[REDACTED_AKIAIOSFODNN7EXAMPLE]": "[[REDACTED_WORD]_[REDACTED_WORD]]",
		"[REDACTED_PHONE] 415 555 0132":   "[REDACTED_PHONE] 415 555 0132",
		"[REDACTED_API_KEY]: hunter2secret, phone of [REDACTED_SSN] 536228726": "[REDACTED_API_KEY]: hunter2secret, phone of [REDACTED_SSN] 536228726",
	} {
		require.Equal(t, want, redacted(s, "", text), text)
	}
}

func TestConcurrentUse(t *testing.T) {
	s := scanner(t, pii.Settings{})
	all := corpora(t)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for name, cases := range all {
				for _, c := range cases {
					if out := redacted(s, c.key, c.in); out != c.want {
						t.Errorf("%s: %q became %q", name, c.in, out)
					}
				}
			}
		})
	}
	wg.Wait()
}

// TestRuneBoundaries checks that a finding that ends at the limit of a value does not cut a rune.
func TestRuneBoundaries(t *testing.T) {
	for _, before := range []string{"a1", "a1b"} {
		out := redacted(scanner(t, pii.Settings{}), "", "PASSWORD="+before+strings.Repeat("é", 600))
		require.Contains(t, out, "PASSWORD=[REDACTED_API_KEY]")
		require.True(t, utf8.ValidString(out), out)
	}
}
