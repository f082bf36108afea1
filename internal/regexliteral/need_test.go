package regexliteral

import (
	"fmt"
	"regexp/syntax"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// lower has letters in lower case, and one kind of white space.
var lower = Form{
	Normal: func(r rune) string {
		switch r {
		case '\u212a':
			return "k"
		case 'ſ':
			return "s"
		case '\t', '\n', '\v', '\f', '\r':
			return " "
		}
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		return string(r)
	},
	MaxTexts: 128,
}

// formula writes a need with & and |.
func formula(n Need) string {
	parts, operator := n.All, " & "
	if len(n.One) > 0 {
		parts, operator = n.One, " | "
	}
	var texts []string
	for _, part := range parts {
		texts = append(texts, formula(part))
	}
	for _, literal := range n.Literals {
		texts, operator = append(texts, fmt.Sprintf("%q", literal)), " | "
	}
	return "(" + strings.Join(texts, operator) + ")"
}

func TestNeedOf(t *testing.T) {
	for expression, want := range map[string]string{
		`curl`:                     `("curl")`,
		`(?i)CURL -[TF]`:           `("curl -f" | "curl -t")`,
		`\bcurl\s+-[TF]`:           `(("curl ") & (" -f" | " -t"))`,
		`\b(curl|wget)\b.*\|\s*sh`: `(("curl" | "wget") & ("sh") & ("|"))`,
		`a(bc)?d`:                  `("ad" | "abcd")`,
		`(xy){2,}z`:                `(("xyz") & ("xy"))`,
		`(xy){0,2}`:                `()`,
		`curl|w`:                   `("w" | "curl")`,
		`curl.*x|wget.*y`:          `((("curl") & ("x")) | (("wget") & ("y")))`,
		`curl.*x|\w+`:              `()`,
		`^$`:                       `()`,
		`(^|/)\.netrc$`:            `(".netrc")`,
		`(?i)ſsh\x{212a}`:          `("sshk")`,
		`(?i)é`:                    `("É" | "é")`,
		`\x{FFFD}curl`:             `("curl")`, // U+FFFD matches any byte that is not UTF-8
		`[^a]`:                     `()`,
		`[\x{E0000}-\x{E007F}]`:    `("\xf3")`,
		`[\x{FF00}-\x{FFFF}]`:      `()`, // with U+FFFD
		`[\x{140}-\x{19f}]`:        `("s" | "\xc5" | "\xc6")`,
		strings.Repeat("x", 40):    `(("` + strings.Repeat("x", 32) + `") & ("` + strings.Repeat("x", 8) + `"))`,
		strings.Repeat("a?", 20):   `()`,
		`(a|b)+c`:                  `(("ac" | "bc") & ("a" | "b"))`,
		"a\tb\nC":                  `("a b c")`,
		`(?:[^\S\n]|[\t\r])+x`:     `((" x") & (" "))`,
		`(?s).`:                    `()`,
	} {
		re, err := syntax.Parse(expression, syntax.Perl)
		require.NoError(t, err)
		require.Equal(t, want, formula(lower.NeedOf(re)), expression)
	}
}
