package configcheck

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/cowork-otel/collector/internal/nearest"
)

// messages returns the errors that an error joins, one text each, in words.
func messages(err error) (texts []string) {
	for _, text := range split(err) {
		if text = rewrite(text); text != "" && !slices.Contains(texts, text) {
			texts = append(texts, text)
		}
	}
	return texts
}

// split returns the texts of joined errors, each after the prefixes of the errors around it.
func split(err error) []string {
	if err == nil {
		return nil
	}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		var texts []string
		for _, e := range joined.Unwrap() {
			texts = append(texts, split(e)...)
		}
		return texts
	}
	inner := errors.Unwrap(err)
	if inner == nil {
		return []string{err.Error()}
	}
	prefix, found := strings.CutSuffix(err.Error(), inner.Error())
	if !found {
		return []string{err.Error()}
	}
	texts := split(inner)
	for i := range texts {
		texts[i] = prefix + texts[i]
	}
	return texts
}

// plain returns the text of an error on one line, in words.
func plain(err error) string { return strings.Join(messages(err), "; ") }

// goTypes are the words for the types in errors of decoding.
var goTypes = []struct{ prefix, words string }{
	{"time.Duration", "a duration"},
	{"bool", "true or false"},
	{"int", "a number"},
	{"uint", "a number"},
	{"float", "a number"},
	{"string", "a text"},
	{"[]", "a list"},
	{"slice", "a list"},
	{"map[", "keys with values"},
	{"<nil>", "nothing"},
}

func typeWords(name string) string {
	for _, t := range goTypes {
		if strings.HasPrefix(name, t.prefix) {
			return t.words
		}
	}
	return "another form"
}

// A rewriting replaces a part of an error by words.
type rewriting struct {
	pattern *regexp.Regexp
	replace func(m []string) string
}

func to(text string) func([]string) string { return func([]string) string { return text } }

// rewritings are applied in order. They remove Go types, values and internal names.
var rewritings = []rewriting{
	{regexp.MustCompile(`(?s), value: '.*?'`), to("")},
	{regexp.MustCompile(`(?s)decoding failed due to the following error\(s\):\s*`), to("")},
	{regexp.MustCompile(`'[^']*' expected a map or struct, got '([^']*)'`), func(m []string) string { return "expected keys with values, got " + typeWords(m[1]) }},
	{regexp.MustCompile(`expected type '([^']*)', got unconvertible type '([^']*)'`), func(m []string) string { return "expected " + typeWords(m[1]) + ", got " + typeWords(m[2]) }},
	{regexp.MustCompile(`cannot parse (?:value )?'?[^']*'? ?as '?([a-z0-9.]+)'?: .*`), func(m []string) string { return "expected " + typeWords(m[1]) }},
	{regexp.MustCompile(`'' has invalid keys: `), to("unknown keys: ")},
	{regexp.MustCompile(`'([^']*)' has invalid keys: `), func(m []string) string { return keyPath(m[1]) + ": unknown keys: " }},
	{regexp.MustCompile(`error decoding '([^']*)': `), func(m []string) string { return keyPath(m[1]) + ": " }},
	{regexp.MustCompile(`expected a map or struct, got "([^"]*)"`), func(m []string) string { return "expected keys with values, got " + typeWords(m[1]) }},
	{regexp.MustCompile(`(^|: )((?:'[\w\[\].:/-]*' )+)`), func(m []string) string { return m[1] + fieldPath(m[2]) + ": " }},
	{regexp.MustCompile("(^|: )`([a-z_:]+)` (must|\\()"), func(m []string) string { return m[1] + m[2] + ": " + m[3] }},
	{regexp.MustCompile("cannot unmarshal !!(\\w+) `[^`]*` into \\S+"), func(m []string) string { return "has a value of another form (" + m[1] + ")" }},
	{regexp.MustCompile(`(://[^/\s:@]*):[^/\s@]+@`), func(m []string) string { return m[1] + ":***@" }},
	{regexp.MustCompile(`(://[^\s"?]*)\?[^\s"]*`), func(m []string) string { return m[1] + "?***" }},
	{regexp.MustCompile(`unknown anchor '[^']*' referenced`), to("a value begins with * (write it in quotes)")},
	{regexp.MustCompile(`(?s)scheme ".*?" is not supported for uri ".*"`), to("a value has ${…} with an unknown scheme (env, file and yaml are known; write $${…} for a text)")},
	{regexp.MustCompile(`retrieved value \(type=[^)]*\) cannot be used as a Conf(: assuming string type since contents are not valid YAML)?`), to("is not valid YAML with keys and values")},
	{regexp.MustCompile(`cannot retrieve the configuration: unable to read the file \S+: `), to("")},
	{regexp.MustCompile(`open default: no such file or directory`), to("open default: no such file or directory (the embedded one is default: with a colon)")},
	{regexp.MustCompile(`:\s*\n\s*`), to(": ")},
	{regexp.MustCompile(`\s*\n\s*`), to("; ")},
	// Embedded structs, which are no keys.
	{regexp.MustCompile(`(::|: )(?:clientconfig|serverconfig|netaddr|addrconfig)(::|: )`), func(m []string) string { return max(m[1], m[2]) }},
	{regexp.MustCompile(`^(clientconfig|serverconfig|netaddr|addrconfig)(::|: )`), to("")},
	{regexp.MustCompile(`\btls(?:::|: )config: `), to("tls: ")},
	{regexp.MustCompile(`address \S+: missing port in address`), to("has no port (host:port would be right)")},
	{regexp.MustCompile(`not a valid duration string: "(\d+)"`), func(m []string) string {
		return fmt.Sprintf("duration: %s has no unit (write %ss or %sm)", m[1], m[1], m[1])
	}},
	{regexp.MustCompile(`(?s)unexpected sub-config value kind for key:(\S+) value:.* kind:(\w+)`), func(m []string) string { return m[1] + ": expected keys with values, got " + typeWords(m[2]) }},
	{regexp.MustCompile(`prometheus receiver: failed to unmarshal yaml to prometheus config object: yaml: unmarshal errors:\s*`), to("")},
	{regexp.MustCompile(`line \d+: field (\S+) not found in type [^\n]*`), func(m []string) string { return m[1] + ": unknown key" }},
	{regexp.MustCompile(`TLS configuration must include both certificate and key \(.*?\)`), to("needs both cert_file and key_file")},
	{regexp.MustCompile(`^invalid port "[^"]*"`), to("endpoint: is no host:port (a path is not part of it)")},
	{regexp.MustCompile(`unable to infer a valid context \(.*?\) from statements \[.*\] and conditions \[.*?\]: `), to("")},
	{regexp.MustCompile(`unexpected token "<EOF>" \(expected "\)".*?\)`), to("a bracket is not closed")},
	{regexp.MustCompile(`unexpected token "=" \(expected <opcomparison> Value\)`), to("= does not compare (write ==)")},
	{regexp.MustCompile(`in "[^"]*" id: unknown pipeline signal: "([^"]*)"`), func(m []string) string {
		return fmt.Sprintf("%q is no signal%s", m[1], suggest(m[1], []string{"logs", "metrics", "traces"}))
	}},
	{regexp.MustCompile(`^(: )+`), to("")},
}

// unknownName matches the errors of our components that list the known names.
var unknownName = regexp.MustCompile(`(^|::|: |unknown \w+ ")([\w.-]+)(: is no key|: no such rule|") \((?:must be (?:all, or )?of|have) ([^)]*)\)`)

// rewrite returns an error in words and on one line.
func rewrite(text string) string {
	for _, r := range rewritings {
		text = r.pattern.ReplaceAllStringFunc(text, func(match string) string {
			return r.replace(r.pattern.FindStringSubmatch(match))
		})
	}
	text = WithValues(strings.TrimSpace(text))
	text = unknownName.ReplaceAllStringFunc(text, func(match string) string {
		m := unknownName.FindStringSubmatch(match)
		if near := nearest.Name(m[2], strings.Split(m[4], ", ")); near != "" {
			return fmt.Sprintf("%s%s%s (did you mean %q?)", m[1], m[2], m[3], near)
		}
		return match
	})
	const longest = 600
	if len(text) > longest {
		text = strings.ToValidUTF8(text[:longest], "") + " …"
	}
	return strings.TrimSpace(text)
}

// fieldPath returns the path of quoted fields, such as 'a' 'b'.
func fieldPath(quoted string) string {
	var path []string
	for field := range strings.SplitSeq(quoted, "'") {
		if field = strings.TrimSpace(field); field != "" {
			path = append(path, keyPath(field))
		}
	}
	return strings.Join(path, delimiter)
}

// keyPath returns the path of a field of the decoder, such as a.b[0], with the delimiter.
func keyPath(field string) string {
	return strings.Trim(strings.NewReplacer(".", delimiter, "[", delimiter, "]", "").Replace(field), ":")
}
