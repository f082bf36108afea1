package secrets

import (
	"net/url"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.opentelemetry.io/collector/config/configopaque"
)

// A Set collects secrets. The zero value is empty. It is not safe for concurrent use.
type Set struct {
	replace map[string]string // a secret, and the text that takes its place
}

// Mask takes the place of a secret.
const Mask = "***"

// minLength is the length of the shortest secret. Shorter texts are parts of words.
const minLength = 6

// plainWord matches words such as the name of a tenant in a header. Masking them would
// make logs unreadable, since they occur in names of components and in messages.
var plainWord = regexp.MustCompile(`^[a-z_-]{1,12}$`)

func (s *Set) add(secret string) {
	if len(secret) < minLength || plainWord.MatchString(secret) {
		return
	}
	s.put(secret, Mask)
	quoted := strconv.Quote(secret) // as errors quote it
	s.put(quoted[1:len(quoted)-1], Mask)
}

func (s *Set) put(secret, by string) {
	if s.replace == nil {
		s.replace = map[string]string{}
	}
	s.replace[secret] = by
}

// secretKey matches keys whose values are secrets. fileKey matches keys that name a file.
var (
	secretKey = regexp.MustCompile(`(?i)(passw(or)?d|passphrase|secret|token|credentials?|api_?key|access_key|routing_key|service_key|user_key|_pem|^inline|webhook_url|secret_key)$`)
	fileKey   = regexp.MustCompile(`(?i)(_file|_files|filename|_url_file|endpoint)$`)
	headerKey = regexp.MustCompile(`(?i)^[a-z_]*headers$`)
)

// AddRaw collects the secrets of a resolved configuration by the names of keys: passwords,
// tokens, headers, and parts of URLs.
func (s *Set) AddRaw(raw any) { s.visitRaw(raw, false) }

func (s *Set) visitRaw(raw any, secret bool) {
	switch v := raw.(type) {
	case map[string]any:
		for key, value := range v {
			named := secretKey.MatchString(key) && !fileKey.MatchString(key)
			s.visitRaw(value, (secret && key != "key") || headerKey.MatchString(key) || named)
		}
	case []any:
		for _, value := range v {
			s.visitRaw(value, secret)
		}
	case string:
		s.addURL(v)
		if secret {
			s.add(v)
			for part := range strings.FieldsSeq(v) { // Bearer and its token
				s.add(part)
			}
		}
	}
}

// AddDecoded collects the values of the type configopaque.String in a decoded
// configuration.
func (s *Set) AddDecoded(cfg any) { s.visitDecoded(reflect.ValueOf(cfg), 0) }

var opaque = reflect.TypeFor[configopaque.String]()

func (s *Set) visitDecoded(v reflect.Value, depth int) {
	const deepest = 30
	if depth > deepest || !v.IsValid() {
		return
	}
	if v.Type() == opaque {
		s.add(v.String())
		return
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		s.visitDecoded(v.Elem(), depth+1)
	case reflect.Struct:
		for _, field := range v.Fields() { // unexported ones too: an Optional has no others
			s.visitDecoded(field, depth+1)
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			s.visitDecoded(v.Index(i), depth+1)
		}
	case reflect.Map:
		for _, value := range v.Seq2() {
			s.visitDecoded(value, depth+1)
		}
	}
}

// addURL collects the user, the password, the values of the query and the tokens in the
// path of a URL.
func (s *Set) addURL(text string) {
	scheme, rest, ok := strings.Cut(text, "://")
	if !ok {
		return
	}
	if scheme == "postgres" || scheme == "postgresql" {
		s.addPostgres(rest)
		return
	}
	u, err := url.Parse(strings.TrimSpace(text))
	if err != nil || u.Host == "" {
		return
	}
	if u.User.String() != "" {
		s.put(u.User.String()+"@", Mask+"@")
		s.put(u.User.Username()+":"+Mask+"@", Mask+"@") // as net/http writes it
		if password, ok := u.User.Password(); ok {
			s.add(password)
		} else {
			s.add(u.User.Username()) // a token
		}
	}
	for key, values := range u.Query() {
		for _, value := range values {
			if value == "" {
				continue
			}
			s.put(key+"="+value, key+"="+Mask)
			s.put(key+"="+url.QueryEscape(value), key+"="+Mask)
			s.add(value)
		}
	}
	for segment := range strings.SplitSeq(u.EscapedPath(), "/") {
		if isToken(segment) {
			s.put("/"+segment, "/"+Mask)
		}
	}
}

// addPostgres collects the passwords of the address of a PostgreSQL database. It can have
// several hosts or none, which no URL has. Its user, database and parameters are no
// secrets.
func (s *Set) addPostgres(rest string) {
	authority, query, _ := strings.Cut(rest, "?")
	authority, _, _ = strings.Cut(authority, "/")
	for _, part := range []string{authority, rest} { // a password that is not escaped can have all characters
		at := strings.LastIndex(part, "@")
		if at < 0 {
			continue
		}
		if user, password, ok := strings.Cut(part[:at], ":"); ok {
			s.put(":"+password+"@", ":"+Mask+"@")
			s.put(user+":xxxxx@", user+":"+Mask+"@") // as pgx writes it
			s.addEscaped(password)
		}
	}
	for pair := range strings.SplitSeq(query, "&") {
		key, value, _ := strings.Cut(pair, "=")
		if name, err := url.QueryUnescape(key); (err != nil || strings.Contains(name, "password")) && value != "" {
			s.put(pair, key+"="+Mask)
			s.addEscaped(value)
		}
	}
}

// addEscaped collects a secret as it is written in a URL, and as it is meant.
func (s *Set) addEscaped(secret string) {
	s.add(secret)
	if plain, err := url.QueryUnescape(secret); err == nil {
		s.add(plain)
	}
	if plain, err := url.PathUnescape(secret); err == nil {
		s.add(plain)
	}
}

// pathWords are the words of paths that are no tokens.
var pathWords = regexp.MustCompile(`(?i)^(v\d+([a-z]+\d*)?|[a-z]{1,5}|metrics|traces|profiles|alerts|alertmanager|prometheus|receive|remote-?write|collector|services|webhooks?|events|ingest|opentelemetry|telemetry|observability|integrations)$`)

// isToken reports whether a segment of a path can be a token.
func isToken(segment string) bool {
	return len(segment) >= minLength && !pathWords.MatchString(segment)
}

// HasToken reports whether the set has a secret with a digit. Others can be names, such as
// traceID, the routing key of an exporter.
func (s *Set) HasToken() bool {
	for secret := range s.replace {
		if strings.ContainsAny(secret, "0123456789") {
			return true
		}
	}
	return false
}

// Merge adds the secrets of another set.
func (s *Set) Merge(other *Set) {
	for secret, by := range other.replace {
		s.put(secret, by)
	}
}

// Replacer returns a replacer of all secrets. It is safe for concurrent use.
func (s *Set) Replacer() *strings.Replacer {
	secrets := make([]string, 0, len(s.replace))
	for secret := range s.replace {
		secrets = append(secrets, secret)
	}
	slices.SortFunc(secrets, func(a, b string) int { // of two at one place the longer is replaced
		if len(a) != len(b) {
			return len(b) - len(a)
		}
		return strings.Compare(a, b)
	})
	var pairs []string
	for _, secret := range secrets {
		pairs = append(pairs, secret, s.replace[secret])
	}
	return strings.NewReplacer(pairs...)
}
