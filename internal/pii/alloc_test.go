package pii_test

import (
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/pii"
)

func TestAllocNothingForCleanText(t *testing.T) {
	if poolForgets() {
		t.Skip("the race detector makes sync.Pool forget at random; this test runs without it")
	}
	s := scanner(t, pii.Settings{Custom: []pii.Custom{{"mrn", `\bMRN-\d{8}\b`}}, Allowed: []string{"x"}})
	for name, text := range map[string]string{
		"text":   cleanText,
		"json":   cleanJSON,
		"plain":  `{"a": ["b", 1, true, null], "c": {"d": "no escape"}}`,
		"nested": `{"a": "{\"b\": \"{\\\"c\\\": 1}\"}"}`,
		"id":     "1e3575bc-8d60-45c1-87e2-567bb7bd5008",
		"hash":   "7ca19e7e77ab51b1e9d1f99f818886950229109d4808f246ba790ecc1661122f",
		"words": "The password is required; exit code is 1, PIN: none, mnemonic of the words, token=null, a secret: ${X}, key: value, " +
			"use `password` here, Cookie: a=b, setPassword(x), the verification code expired, token = cfg.auth.CurrentToken; password: user.Password, thisIsALongIdentifier2WithoutAnything",
		"marker": "[REDACTED_EMAIL]",
		"empty":  "",
	} {
		require.Equal(t, text, redacted(s, "prompt", text), name)
		require.Zero(t, testing.AllocsPerRun(100, func() {
			s.Redact(nil, "prompt", text)
			s.Scan(nil, "tool_parameters", text)
		}), name)
	}
}

// poolForgets reports whether a pool drops what is put into it, as it does at random under the race detector.
func poolForgets() bool {
	pool := sync.Pool{New: func() any { return new([64]byte) }}
	return testing.AllocsPerRun(10, func() {
		for range 100 {
			pool.Put(pool.Get())
		}
	}) > 0
}
