package leaks

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"math/rand/v2"
	"net/url"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/pii"
)

// TestKinds checks that each pattern has a kind, and that the scanner replaces all parts
// of a value in its text.
func TestKinds(t *testing.T) {
	scanner, err := pii.New(pii.Settings{})
	require.NoError(t, err)
	patterns := map[string]bool{}
	r := rand.New(rand.NewPCG(1, 2))
	for i := range kinds {
		patterns[kinds[i].pattern] = true
		v := kinds[i].valueOf(r)
		x := newIndex()
		require.True(t, x.insert(canary{kind: kinds[i].name, secrets: v.secrets}))
		require.NotEmpty(t, found(x, v.text), "%s: the search does not see %s", kinds[i].name, v.text)
		redacted, _ := scanner.Redact(nil, "", v.text)
		require.Empty(t, found(x, redacted), "%s: %s", kinds[i].name, redacted)
	}
	for _, p := range pii.Patterns() {
		require.True(t, patterns[p.Name], "pattern %s has no kind", p.Name)
	}
}

func found(x *index, text string) map[int]bool {
	all := map[int]bool{}
	for _, view := range views([]byte(text)) {
		x.find(view, func(n int) { all[n] = true })
	}
	return all
}

// TestViews checks that a part of a secret is found in each form.
func TestViews(t *testing.T) {
	const secret = "qW3rTy8uIoP0aSdF"
	x := newIndex()
	require.True(t, x.insert(canary{secrets: []string{secret}}))
	part := "key " + secret[3:3+window] + " end"
	packed := func(write func(*bytes.Buffer)) string {
		var b bytes.Buffer
		write(&b)
		return "\x00\x01" + b.String() + "\x00\x00"
	}
	escaped := strings.Builder{}
	for _, c := range part {
		fmt.Fprintf(&escaped, `\u%04x`, c)
	}
	quoted, err := json.Marshal(part)
	require.NoError(t, err)
	for name, text := range map[string]string{
		"plain": part, "JSON": string(quoted), "escapes": escaped.String(), "percent": url.QueryEscape(part), "entities": html.EscapeString("<" + part),
		"base64": "x " + base64.StdEncoding.EncodeToString([]byte(part)), "base64 of URLs": base64.RawURLEncoding.EncodeToString([]byte(part)), "hexadecimal": hex.EncodeToString([]byte(part)),
		"gzip": packed(func(b *bytes.Buffer) {
			w := gzip.NewWriter(b)
			_, _ = w.Write([]byte(part))
			require.NoError(t, w.Close())
		}),
		"zstd": packed(func(b *bytes.Buffer) {
			w, err := zstd.NewWriter(b)
			require.NoError(t, err)
			_, _ = w.Write([]byte(part))
			require.NoError(t, w.Close())
		}),
	} {
		require.Len(t, found(x, text), 1, name)
	}
	require.Empty(t, found(x, "key "+secret[3:2+window]+" end"), "a shorter part is not seen")
}

// TestNumbers checks that a number is found with separators, and not within a longer one.
func TestNumbers(t *testing.T) {
	x := newIndex()
	require.True(t, x.insert(canary{kind: "visa", secrets: []string{"4111111111111111"}}))
	require.True(t, x.insert(canary{kind: "ipv4", secrets: []string{"198.51.100.7"}}))
	for _, text := range []string{"4111 1111 1111 1111", "n=4111111111111111,", "4111-1111-1111-1111"} {
		require.Equal(t, map[int]bool{0: true}, found(x, text), text)
	}
	require.Equal(t, map[int]bool{1: true}, found(x, "from 198.51.100.7:443."[:17]))
	require.Empty(t, found(x, "41111111111111112345"), "a longer number")
	require.Empty(t, found(x, "198.51.100.77"), "another address")
}

// TestGrown checks that a file that has grown is searched from a little before its old end.
func TestGrown(t *testing.T) {
	searched := map[string][]byte{}
	first := bytes.Repeat([]byte("a"), 2*overlap)
	require.Equal(t, first, grown(searched, surface{"live file x", first}))
	require.Len(t, grown(searched, surface{"stopped file x", append(bytes.Clone(first), "new"...)}), overlap+3)
	require.Len(t, grown(searched, surface{"again file x", []byte("another")}), 7)
	require.Len(t, grown(searched, surface{"answers", first}), 2*overlap)
}

// TestInsert checks that canaries with a common part are refused, so that a survivor has
// one place.
func TestInsert(t *testing.T) {
	x := newIndex()
	require.True(t, x.insert(canary{secrets: []string{"abcdefghij0123456789"}}))
	require.False(t, x.insert(canary{secrets: []string{"abcdefghij9876543210"}}))
}

// TestSpots checks that names are unique and that every place stores what it gets.
func TestSpots(t *testing.T) {
	names := map[string]bool{}
	for _, s := range spots() {
		require.False(t, names[s.name], s.name)
		names[s.name] = true
		b := newBatch("cowork", 0)
		s.plant(b, "qW3rTy8uIoP0aSdF")
		require.Equal(t, 1, b.logs.LogRecordCount()+b.traces.SpanCount()+b.metrics.MetricCount(), s.name)
	}
	require.Greater(t, len(names), 250)
}

// TestFormats checks that most rows of the page of formats are read.
func TestFormats(t *testing.T) {
	formats, skipped, err := formatKinds("../../../internal/pii/formats.md")
	require.NoError(t, err)
	require.Greater(t, len(formats), 500, "%d are skipped", skipped)
}

func TestExceptionsHaveReasons(t *testing.T) {
	for _, list := range [][]exception{exceptions, controlExceptions, pending} {
		for _, e := range list {
			require.NotEmpty(t, e.reason, e)
		}
	}
	c := &canary{spot: "log body", kind: "pem"}
	require.NotNil(t, justified([]exception{{`log .*`, `pem`, `.*`, "x"}}, c, "page /"))
	require.Nil(t, justified([]exception{{`log`, `pem`, `.*`, "x"}}, c, "page /"), "the complete name has to match")
}
