package secrets

import (
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/config/configopaque"
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
	"go.uber.org/zap/zaptest/observer"
)

func collected() *Set {
	s := &Set{}
	s.AddRaw(map[string]any{
		"endpoint":          "https://user01:pass01@host.example:4318/api/v1/write/tok-0123456789?x=query01",
		"headers":           map[string]any{"authorization": "Bearer header01", "n": 5, "x-tenant": "collector"},
		"list":              []any{map[string]any{"headers": []any{map[string]any{"key": "x-header", "value": "header02"}}}},
		"sasl":              map[string]any{"password": "kafka-pw1", "username": "collector"},
		"key_file":          "/etc/ssl/key.pem",
		"token_url":         7,
		"short":             map[string]any{"password": "abc"},
		"otlp_grpc/headers": map[string]any{"name": "no-secret"},
	})
	s.AddDecoded(&struct {
		Inner []any
		own   map[string]configopaque.String
	}{Inner: []any{configopaque.String("opaque01")}, own: map[string]configopaque.String{"a": "opaque02"}})
	return s
}

func TestReplacer(t *testing.T) {
	r := collected().Replacer()
	for text, want := range map[string]string{
		`Post "https://user01:pass01@host.example:4318/api/v1/write/tok-0123456789?x=query01": refused`: `Post "https://***@host.example:4318/api/v1/write/***?x=***": refused`,
		`Post "https://user01:***@host.example:4318/api/v1/write"`:                                      `Post "https://***@host.example:4318/api/v1/write"`,
		"opaque01 opaque02 header01 header02 kafka-pw1":                                                 "*** *** *** *** ***",
		"x-header collector /etc/ssl/key.pem abc 5 no-secret":                                           "x-header collector /etc/ssl/key.pem abc 5 no-secret",
	} {
		require.Equal(t, want, r.Replace(text))
	}
}

// TestPostgres checks that the passwords of a database are removed, and that its user, its
// hosts and its name stay.
func TestPostgres(t *testing.T) {
	for address, want := range map[string]string{
		"postgres://cowork:secret01@db.example.com/cowork?sslmode=verify-full":  "postgres://cowork:***@db.example.com/cowork?sslmode=verify-full",
		"postgresql://cowork:secret01@a:5432,b:5432/cowork":                     "postgresql://cowork:***@a:5432,b:5432/cowork",
		"postgres://cowork:secret01@/cowork?host=/run/postgresql":               "postgres://cowork:***@/cowork?host=/run/postgresql",
		"postgres://cowork:pw@db.example.com/cowork":                            "postgres://cowork:***@db.example.com/cowork",
		"postgres:///cowork?user=cowork&password=secret01&sslpassword=secret01": "postgres:///cowork?user=cowork&password=***&sslpassword=***",
		"postgres://cowork:secret%3001@db.example.com/cowork":                   "postgres://cowork:***@db.example.com/cowork",
		"postgres://cowork:sec/ret01@db.example.com/cowork":                     "postgres://cowork:***@db.example.com/cowork",
		"postgres://cowork@db.example.com/cowork":                               "postgres://cowork@db.example.com/cowork",
	} {
		s := &Set{}
		s.AddRaw(map[string]any{"database": address})
		r := s.Replacer()
		require.Equal(t, want, r.Replace(address))
		require.Equal(t, "cowork /cowork db.example.com", r.Replace("cowork /cowork db.example.com"))
		if address != want && want != "postgres://cowork:***@db.example.com/cowork" {
			require.Equal(t, "rejected ***", r.Replace("rejected secret01"))
		}
	}
}

// TestEmptyParts checks that a URL with an empty user or query hides nothing.
func TestEmptyParts(t *testing.T) {
	s := &Set{}
	s.AddRaw(map[string]any{"a": "https://@host.example/?=&a", "b": "https://host.example/"})
	require.Equal(t, "a=1 b@c", s.Replacer().Replace("a=1 b@c"))
}

// TestLog checks that secrets are removed from every kind of field.
func TestLog(t *testing.T) {
	log := &Log{}
	next, entries := observer.New(zapcore.DebugLevel)
	logger := zap.New(log.Wrap(next))
	logger.Info("opaque01 before the configuration is read")
	log.Use(collected())
	logger.With(zap.String("with", "opaque01")).Debug("message opaque02",
		zap.Error(errors.New("error kafka-pw1")), zap.Any("any", map[string]string{"a": "header01"}),
		zap.Reflect("struct", struct{ Token string }{"header02"}), zap.ByteString("bytes", []byte("pass01")),
		zap.Inline(zapcore.ObjectMarshalerFunc(func(e zapcore.ObjectEncoder) error {
			e.AddString("inline", "opaque01")
			e.AddInt("m", 7)
			return nil
		})), zap.Strings("strings", []string{"opaque01", "other"}), zap.Int("n", 5), zap.Error(nil))
	entry := entries.All()[1]
	require.Equal(t, "message ***", entry.Message)
	require.Equal(t, map[string]any{
		"with": "***", "error": "error ***", "any": map[string]any{"a": "***"}, "struct": map[string]any{"Token": "***"},
		"bytes": "***", "strings": []any{"***", "other"}, "n": int64(5), "inline": "***", "m": float64(7),
	}, entry.ContextMap())
}

// TestEscapedSecrets checks that secrets are removed that JSON and errors write with escapes, numbers
// that are secrets, and values that JSON cannot write.
func TestEscapedSecrets(t *testing.T) {
	s := &Set{}
	s.AddRaw(map[string]any{"password": `p<&>"\w01`, "token": "123456789"})
	log := &Log{}
	log.Use(s)
	next, entries := observer.New(zapcore.DebugLevel)
	secret := map[string]any{"a": []any{`p<&>"\w01`, 5, true}, "b": 123456789, `key p<&>"\w01`: nil}
	require.Equal(t, `at "***"`, log.Clean(fmt.Sprintf("at %q", `p<&>"\w01`)))
	zap.New(log.Wrap(next)).Info("", zap.Any("map", secret), zap.Any("not json", map[string]any{"f": func() {}, "a": `p<&>"\w01`}),
		zap.Any("no secret", map[string]any{"n": 5}))
	require.Equal(t, map[string]any{
		"map":       map[string]any{"a": []any{"***", float64(5), true}, "b": "***", "key ***": nil},
		"not json":  "***",
		"no secret": map[string]any{"n": 5},
	}, entries.All()[0].ContextMap())
}

// TestLogLevel checks that entries below the level of the next core are not written.
func TestLogLevel(t *testing.T) {
	next, entries := observer.New(zapcore.WarnLevel)
	zap.New((&Log{}).Wrap(next)).Info("below")
	require.Empty(t, entries.All())
}

func TestHasToken(t *testing.T) {
	check := func(raw map[string]any, want bool) {
		t.Helper()
		var s Set
		s.AddRaw(raw)
		require.Equal(t, want, s.HasToken(), raw)
	}
	check(map[string]any{"token": "0123456789abcdef"}, true)
	check(map[string]any{"endpoint": "https://user:pass1234@example.com"}, true)
	check(map[string]any{"headers": []any{map[string]any{"key": "Authorization", "value": "Bearer 0123456789"}}}, true)
	check(map[string]any{"token": "[REDACTED]"}, false)
	check(map[string]any{"routing_key": "traceID"}, false)
	check(map[string]any{"endpoint": "https://example.com:4318/v1/logs"}, false)
	check(nil, false)
}
