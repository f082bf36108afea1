package deobfuscate_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cowork-otel/collector/internal/pii/internal/deobfuscate"
)

// ofForm returns the text with its forms decoded, and the doubt about it.
func ofForm(text string) (string, deobfuscate.Doubt) {
	var t deobfuscate.Text
	t.DecodeForm(text)
	doubt, _ := t.Doubt(0, len(t.Plain()))
	return string(t.Plain()), doubt
}

func TestForms(t *testing.T) {
	for text, want := range map[string]string{
		"GET /x?q=4111+1111+1111+1111":             "GET /x?q=4111 1111 1111 1111",
		"GET /x?q=a+b HTTP/1.1":                    "GET /x?q=a b HTTP/1.1",
		"name=Jane+Doe&tel=212+736+4512":           "name=Jane Doe&tel=212 736 4512",
		"tel=%2B49+30+1234567&x=1":                 "tel=+49 30 1234567&x=1",
		"?tel=+49+30+1234567":                      "?tel=+49 30 1234567",
		"-----BEGIN+RSA+PRIVATE+KEY-----%0AMI%2Bx": "-----BEGIN RSA PRIVATE KEY-----\nMI+x",
		"curl -d 'a=1+2&b=3+4' https://h/":         "curl -d 'a=1 2&b=3 4' https://h/",
		`{"url":"/x?q=a+b\u0026r=c+d"}`:            `{"url":"/x?q=a b&r=c d"}`,
		"/a?x[]=1+2;y=3+4":                         "/a?x[]=1 2;y=3 4",
		"a + b, then /x?q=a+b, then c + d":         "a + b, then /x?q=a b, then c + d",
		"git+ssh://h/r+s?ref=a+b":                  "git+ssh://h/r+s?ref=a b",
	} {
		require.True(t, deobfuscate.HasForms(text), text)
		plain, doubt := ofForm(text)
		require.Equal(t, want, plain, text)
		require.Equal(t, deobfuscate.None, doubt, text)
	}
}

// TestSums checks that groups of digits with plus signs and no other sign of a form are
// decoded with a doubt.
func TestSums(t *testing.T) {
	for text, want := range map[string]string{
		"4111+1111+1111+1111":      "4111 1111 1111 1111",
		"card=4111+1111+1111+1111": "card=4111 1111 1111 1111",
		"total=212+736+4512":       "total=212 736 4512",
	} {
		require.True(t, deobfuscate.HasForms(text), text)
		plain, doubt := ofForm(text)
		require.Equal(t, want, plain, text)
		require.Equal(t, deobfuscate.Added, doubt, text)
	}
}

func TestNoForms(t *testing.T) {
	for _, text := range []string{
		"", "+", "C++", "i++", "a+b", "x = a + b", "x=a+b", "total=1+2", "x=a+b&mask", "f(a+b)*c+d", "+49 30 1234567", "+49+30", "call +1-212-736-4512",
		"jane+tag@corp.example", "2026-11-21T02:43:59.722+0100", "v4.2.0+ffed7bc3", "git+ssh://git@github.com/corp/auth.git", "mongodb+srv://h/shop?retryWrites=true",
		"sha512-U6/xliJce05bOMLt30KCVG9WLkop+jJc9S84scbxFInWF69KnVgMnE9JsxdmsgnvKYYnLzzcAzCTutyijTCNMm==", "date +%Y%m%d", "100%+20%+3%", "+++ b/x?y=1", "a=b",
		"[a-z]+=x+", "/x?q=%2B49", "/x?q=a%20b",
	} {
		require.False(t, deobfuscate.HasForms(text), text)
		plain, _ := ofForm(text)
		var decoded deobfuscate.Text
		decoded.Decode(text)
		require.Equal(t, string(decoded.Plain()), plain, text)
	}
}

// TestFormsAgree checks that HasForms is true exactly where decoding a form makes another text than
// decoding does, with plus signs that nothing else decodes.
func TestFormsAgree(t *testing.T) {
	pieces := []string{"+", "++", "a", "1", "12+34+", "=", "&", "?", ";", "%20", "%", "%2B", " ", "\"", `\u0026`, "é", "/", "key=", "&amp;", "x=1+2&"}
	rapid.Check(t, func(r *rapid.T) {
		in := strings.Join(rapid.SliceOf(rapid.SampledFrom(pieces)).Draw(r, "pieces"), "")
		var form, plain deobfuscate.Text
		form.DecodeForm(in)
		plain.Decode(in)
		require.Equal(t, deobfuscate.HasForms(in), string(form.Plain()) != string(plain.Plain()), "%q", in)
		require.Len(t, form.Plain(), len(plain.Plain()))
		start, end := form.Range(0, len(form.Plain()))
		require.Equal(t, []int{0, len(in)}, []int{start, end}, "%q", in)
	})
}
