package deobfuscate_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cowork-otel/collector/internal/pii/internal/deobfuscate"
)

// decoded returns the plain form of a text, however often it has to be decoded.
func decoded(text string) string {
	for range 4 {
		if !deobfuscate.Of(text).Decodes {
			break
		}
		var t deobfuscate.Text
		t.Decode(text)
		text = string(t.Plain())
	}
	return text
}

func regrouped(text string) string {
	var t deobfuscate.Text
	t.Regroup(text)
	return string(t.Plain())
}

func TestDecode(t *testing.T) {
	const plain = "jane@example.com"
	for name, text := range map[string]string{
		"percent":                    "jane%40example%2Ecom",
		"percent, three times":       "jane%252540example.com",
		"percent of an entity":       "jane%26%2364%3Bexample.com",
		"percent of a script":        "jane%u0040example.com",
		"percent of what is unseen":  "jane%E2%80%8B@example.com",
		"entity, decimal":            "jane&#64;example&#46;com",
		"entity, hexadecimal":        "jane&#x40;example.com",
		"entity, named":              "jane&commat;example&period;com",
		"entity of an entity":        "jane&amp;#64;example.com",
		"unicode escape":             `jane\u0040example.com`,
		"unicode escape, escaped":    `jane\\\\u0040example.com`,
		"unicode escape in braces":   `jane\u{40}example.com`,
		"unicode escape, long":       `jane\U00000040example.com`,
		"surrogates":                 `\ud835\udc23ane@example.com`,
		"hexadecimal escape":         `jane\x40example.com`,
		"octal escape":               `jane\100example.com`,
		"markdown":                   `jane@example\.com`,
		"quoted-printable":           "jane=40example=2Ecom",
		"colour":                     "\x1b[31mjane@\x1b[1;32mexample.com\x1b[0m",
		"colour, escaped":            `\x1b[31mjane@\033[1;32mexample.com\u001b[0m\e[0m`,
		"colour without its escape":  "[31mjane@example.com[0m",
		"colour, as a caret":         "^[[31mjane@example.com^[[0m",
		"link of a terminal":         "\x1b]8;;x\x1b\\jane@example.com\x1b]8;;\a",
		"zero-width":                 "ja\u200bne\u2060@\u200d\u200c\ufeffexam\u00adple.com",
		"variation selectors":        "j\ufe0fa\U000e0101ne@example.com",
		"tags":                       "jane@\U000e0061\U000e0062example.com",
		"full-width":                 "ｊａｎｅ＠ｅｘａｍｐｌｅ．ｃｏｍ",
		"small forms":                "jane﹫example﹒com",
		"mathematical":               "𝐣𝒶𝓃𝕖@𝖾𝘅𝚊𝗺𝑝𝔩𝙚.com",
		"circled":                    "ⓙⓐⓝⓔ@ⓔⓧⓐⓜⓟⓛⓔ.com",
		"full stops":                 "jane@example。com",
		"Cyrillic":                   "j\u0430n\u0435@\u0435\u0445\u0430mple.\u0441om",
		"Greek":                      "j\u03b1ne@example.c\u03bfm",
		"small capitals":             "ja\u0274\u1d07@example.com",
		"two bytes a character":      "j\x00a\x00n\x00e\x00@\x00e\x00x\x00a\x00m\x00p\x00l\x00e\x00.\x00c\x00o\x00m\x00",
		"printed twice":              "j\bja\ban\bne@_\bexample.com",
		"a line through each letter": "j\u0336a\u0336n\u0336e\u0336@\u0336example.com",
	} {
		require.Equal(t, plain, decoded(text), name)
	}
	for text, want := range map[string]string{
		"４１１１":                     "4111",
		"٤١١١":                     "4111",
		"𝟜𝟏𝟣𝟷":                     "4111",
		"①⓪②":                      "102",
		"⁴¹¹¹₁₁":                   "411111",
		"4️⃣1️⃣1️⃣":                "411",
		"4̲1̲1̲":                   "411",
		"415\u00a0555\u20090132":   "415 555 0132",
		"415‑555–0132":             "415-555-0132",
		"415 – 555 — 0132":         "415 - 555 - 0132",
		"415·555•0132":             "415.555.0132",
		"１０．１．２．３":                 "10.1.2.3",
		"gh\u0440_abc":             "ghp_abc",
		"\u0440\u0430ssw\u043erd=": "password=",
	} {
		require.Equal(t, want, decoded(text), text)
	}
}

func TestRegroup(t *testing.T) {
	for text, want := range map[string]string{
		"jane [at] example [dot] com":           "jane@example.com",
		"jane(AT)example(DOT)com":               "jane@example.com",
		"jane{at}example{.}com":                 "jane@example.com",
		"jane <at> example <dot> com":           "jane@example.com",
		"jane [ at ] example [ dot ] com":       "jane@example.com",
		"jane[@]example[.]com":                  "jane@example.com",
		"jane dot doe at example dot co dot uk": "jane.doe@example.co.uk",
		"jane_at_example_dot_com":               "jane@example.com",
		"mail j a n e @ e x a m p l e . c o m":  "mail jane@example.com",
		"jane @ mail . example . com":           "jane@mail.example.com",
		"IBAN DE89-3704-0044-0532-0130-00 x":    "IBAN DE89370400440532013000 x",
		"GB82.WEST.1234.5698.7654.32":           "GB82WEST12345698765432",
		"jane @ example.com":                    "jane@example.com",
		"10[.]1[.]2(.)3":                        "10.1.2.3",
		"4111  1111\t1111\n    1111":            "4111 1111 1111 1111",
		"536 - 22 -- 8726":                      "536-22-8726",
		"4111.1111.1111.1111":                   "4111-1111-1111-1111",
		"4111_1111_1111_1111":                   "4111-1111-1111-1111",
		"536/22/8726":                           "536-22-8726",
		"4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1":       "4111111111111111",
		"4-1-1-1-1-1-1-1-1-1-1-1-1-1-1-1":       "4111111111111111",
		"5 3 6 - 2 2 - 8 7 2 6":                 "536-22-8726",
		strings.Repeat("x", 50) + " ja=\nne":    strings.Repeat("x", 50) + " jane",
	} {
		require.Equal(t, want, regrouped(text), text)
	}
}

func TestPlainTextStays(t *testing.T) {
	for _, text := range []string{
		"", "plain text, 3 of 41 (75%)", `a\nb\tc "quoted" C:\dir\new`, "a & b && c; f(x) & y", "x[0] = arr[at] + y(at)",
		"Grüße aus Köln, café, naïve", "日本語の文章です。次の文。", "русский текст, и ещё", "ελληνικά και άλλα", "→ ✓ “quoted” … don’t",
		"├── src\n│   └── main.go", "⚠️ careful 🎉 👩‍👩‍👧", "a sentence — with a dash – and another", "x² + y³, see note¹",
		"2026-11-21 10:00:00", "415-555-0132", "4111 1111 1111 1111", "1. one", "matrix: 1 0 1", "v1.2.3-rc.1", "a @b c@ d",
	} {
		require.Equal(t, text, decoded(text))
		require.False(t, deobfuscate.Of(text).Regroups, text)
	}
}

func TestRuns(t *testing.T) {
	find := func(text string) (all []string) {
		for i := 0; ; {
			run, plain := deobfuscate.NextRun(nil, text, i)
			if run.End == 0 {
				return all
			}
			all = append(all, text[run.Start:run.End]+" "+string(plain))
			i = run.End
		}
	}
	for text, want := range map[string][]string{
		"data: amFuZUBleGFtcGxlLmNvbQ== x":                                 {"amFuZUBleGFtcGxlLmNvbQ== jane@example.com"},
		"/u/amFuZUBleGFtcGxlLmNvbQ/x":                                      {"amFuZUBleGFtcGxlLmNvbQ jane@example.com"},
		`"amFuZUBleGFtcGxlLmNvbQ"`:                                         {"amFuZUBleGFtcGxlLmNvbQ jane@example.com"},
		"0x6a616e65406578616d706c652e636f6d":                               {"0x6a616e65406578616d706c652e636f6d jane@example.com"},
		"6A616E65406578616D706C652E636F6D":                                 {"6A616E65406578616D706C652E636F6D jane@example.com"},
		"sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=":              nil,
		"7ca19e7e77ab51b1e9d1f99f818886950229109d4808f246ba790ecc1661122f": nil,
		"1e3575bc-8d60-45c1-87e2-567bb7bd5008":                             nil,
		"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==": nil,
		"internal/pii/internal/deobfuscate/text_test.go":                                                   nil,
	} {
		require.Equal(t, want, find(text), text)
	}
}

// TestRange checks the way back on texts that are put together from disguises.
func TestRange(t *testing.T) {
	pieces := []string{
		"a", "1", " ", "@", ".", "-", "é", "%40", "%", "&#64;", "&", `\u0040`, `\`, "\x1b[31m", "\x1b", "\u200b", "４", "ａ", "\u0430", "—", "\u00a0", "\xff",
		"[at]", " (dot) ", "4 1 1 1 ", "  ", "\n", "=40", "1 - 1", "[31m",
	}
	rapid.Check(t, func(r *rapid.T) {
		checkRange(t, strings.Join(rapid.SliceOf(rapid.SampledFrom(pieces)).Draw(r, "pieces"), ""))
	})
}

func FuzzRange(f *testing.F) {
	f.Add("jane%40example.com \x1b[31m４１１１ [at] 1 - 1 \u200b\u200b")
	f.Fuzz(func(t *testing.T, text string) {
		checkRange(t, text)
		run, plain := deobfuscate.NextRun(nil, text, 0)
		require.LessOrEqual(t, len(plain), len(text))
		require.True(t, run.End == 0 && len(plain) == 0 || run.Start < run.End && run.End <= len(text))
	})
}

// checkRange checks that each byte of the plain text has its place: in bounds, in
// order, on rune boundaries, and the byte itself where it was not changed.
func checkRange(t *testing.T, text string) {
	t.Helper()
	var plain deobfuscate.Text
	for _, fill := range []func(string){plain.Decode, plain.Regroup} {
		fill(text)
		out := string(plain.Plain())
		require.LessOrEqual(t, len(out), len(text))
		before := 0
		for i := range len(out) {
			start, end := plain.Range(i, i+1)
			require.True(t, before <= start && start < end && end <= len(text), "%q: byte %d is %d:%d after %d", text, i, start, end, before)
			if utf8.ValidString(text) {
				require.True(t, utf8.ValidString(text[start:end]) || !utf8.ValidString(out[i:i+1]), "%q: %d:%d", text, start, end)
			}
			if _, touched := plain.Doubt(i, i+1); end-start == 1 && !touched {
				require.Equal(t, out[i], text[start], "%q: byte %d", text, i)
			}
			before = start
		}
		start, end := plain.Range(0, len(out))
		require.True(t, len(out) == 0 || start <= end && end <= len(text))
	}
	if !deobfuscate.Of(text).Decodes {
		plain.Decode(text)
		require.Equal(t, text, string(plain.Plain()))
	}
}

func TestWindow(t *testing.T) {
	var plain deobfuscate.Text
	plain.Regroup(strings.Repeat("x", 1000) + " 1  2 3  4 " + strings.Repeat("y", 1000) + " " + strings.Repeat("z ", 1000) + "5  6")
	var windows []deobfuscate.Window
	for w := plain.Window(0, 100); w.End > 0; w = plain.Window(w.Next, 100) {
		windows = append(windows, w)
	}
	require.Equal(t, []deobfuscate.Window{{802, 1207, 2}, {3910, 4013, 3}}, windows)
	require.Equal(t, deobfuscate.Window{0, len(plain.Plain()), 3}, plain.Window(0, 5000))
}
