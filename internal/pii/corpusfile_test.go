package pii_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"maps"
	"math/big"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// A fileRecord is one line of testdata/corpus: a text in which the sensitive
// values are between « and ». The k-th value has the k-th type.
type fileRecord struct {
	ID, Kind, Text string
	Types, Tags    []string
}

var (
	corpusTypes = []string{
		"api_key", "credit_card", "email", "iban", "ip", "jwt",
		"phone", "private_key", "secret", "ssn", "url_credential",
	}
	markedValue = regexp.MustCompile(`(?s)«([^«»]+)»`)
	gitHubToken = regexp.MustCompile(`\bgh[opsur]_[0-9A-Za-z]{36}\b`)
	corpusID    = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)+$`)
)

// readCorpus returns the records of every file of testdata/corpus, with the
// bars that keep a token from looking real to the scanners of code hosts removed.
func readCorpus(t *testing.T) (records []fileRecord) {
	t.Helper()
	paths, err := filepath.Glob("testdata/corpus/*.jsonl")
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	for _, path := range paths {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		require.Less(t, len(text), 200_000, path)
		for n, line := range bytes.Split(bytes.TrimSpace(text), []byte("\n")) {
			lines := json.NewDecoder(bytes.NewReader(line))
			lines.DisallowUnknownFields()
			var r fileRecord
			require.NoError(t, lines.Decode(&r), "%s:%d", path, n+1)
			r.Text = strings.ReplaceAll(r.Text, "¦", "")
			records = append(records, r)
		}
	}
	return records
}

// TestCorpusFile checks the corpus against its README: a label that
// is wrong would make a good detector look bad.
func TestCorpusFile(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range readCorpus(t) {
		t.Run(r.ID, func(t *testing.T) {
			require.Regexp(t, corpusID, r.ID)
			require.False(t, seen[r.ID], "two records have this id")
			seen[r.ID] = true
			require.NotEmpty(t, r.Kind)
			require.Subset(t, corpusTypes, r.Types)

			values := markedValue.FindAllStringSubmatch(r.Text, -1)
			require.Len(t, values, len(r.Types), "a type for each marked value")
			plain := markedValue.ReplaceAllString(r.Text, "$1")
			require.NotContains(t, plain, "«")
			require.NotContains(t, plain, "»")
			if slices.Contains(r.Tags, "json-wrapped") {
				require.True(t, json.Valid([]byte(plain)), "the text is JSON")
			}
			hard := slices.ContainsFunc(r.Tags, func(tag string) bool { return strings.HasPrefix(tag, "hardneg-") })
			require.Equal(t, len(r.Types) == 0, hard, "a clean record says what it looks like")

			if slices.Contains(r.Tags, "evasion") {
				return
			}
			for k, value := range values {
				if check, ok := valueSums[r.Types[k]]; ok {
					check(t, value[1])
				}
			}
		})
	}
}

// valueSums checks the sum inside a value of the types that have one.
var valueSums = map[string]func(t *testing.T, value string){
	"credit_card": func(t *testing.T, value string) {
		t.Helper()
		require.Zero(t, luhnSum(value)%10, "Luhn")
	},
	"iban": func(t *testing.T, value string) {
		t.Helper()
		require.EqualValues(t, 1, ibanRemainder(t, value), "mod 97")
	},
	"api_key": func(t *testing.T, value string) {
		t.Helper()
		if token := gitHubToken.FindString(value); token != "" {
			require.Equal(t, gitHubSum(token[4:34]), token[34:], "CRC-32")
		}
	},
}

func luhnSum(card string) (sum int) {
	double := false
	for _, c := range slices.Backward([]byte(card)) {
		if c < '0' || c > '9' {
			continue
		}
		d := int(c - '0')
		if double {
			d = d*2%10 + d/5
		}
		sum += d
		double = !double
	}
	return sum
}

func ibanRemainder(t *testing.T, iban string) int64 {
	t.Helper()
	iban = strings.NewReplacer(" ", "", "-", "").Replace(strings.ToUpper(iban))
	var digits strings.Builder
	for _, c := range iban[4:] + iban[:4] {
		if c >= 'A' {
			c = c - 'A' + 10
		} else {
			c -= '0'
		}
		fmt.Fprint(&digits, c)
	}
	n, ok := new(big.Int).SetString(digits.String(), 10)
	require.True(t, ok)
	return n.Mod(n, big.NewInt(97)).Int64()
}

// gitHubSum is how a GitHub token ends: the CRC-32 of its random part in six digits of base 62.
func gitHubSum(body string) string {
	const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	sum := crc32.ChecksumIEEE([]byte(body))
	var text [6]byte
	for i := range slices.Backward(text[:]) {
		text[i] = digits[sum%62]
		sum /= 62
	}
	return string(text[:])
}

// TestCorpusCounts checks the table of the corpus's README.
func TestCorpusCounts(t *testing.T) {
	values, records, tags := map[string]int{}, map[string]int{}, map[string]int{}
	all := readCorpus(t)
	for _, r := range all {
		for _, kind := range r.Types {
			values[kind]++
		}
		for _, kind := range slices.Compact(slices.Sorted(slices.Values(r.Types))) {
			records[kind]++
		}
		for _, tag := range r.Tags {
			tags[tag]++
		}
		if len(r.Types) == 0 {
			records["none"]++
		}
	}
	var table strings.Builder
	fmt.Fprintf(&table, "| type | values | records |\n|---|---|---|\n")
	for _, kind := range corpusTypes {
		fmt.Fprintf(&table, "| %s | %d | %d |\n", kind, values[kind], records[kind])
	}
	fmt.Fprintf(&table, "| none | 0 | %d |\n| all | | %d |\n\n", records["none"], len(all))
	fmt.Fprintf(&table, "| tag | records |\n|---|---|\n")
	for _, tag := range slices.Sorted(maps.Keys(tags)) {
		fmt.Fprintf(&table, "| %s | %d |\n", tag, tags[tag])
	}
	readme, err := os.ReadFile("testdata/corpus/README.md")
	require.NoError(t, err)
	require.Contains(t, string(readme), table.String(), "the table of the README should be:\n%s", table.String())
}
