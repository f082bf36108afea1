package detect

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/pii/internal/span"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// account runs Account for each word that starts at i.
func account(r *Reader, i int) (found span.Span, ok bool) {
	for _, word := range AccountWords() {
		if text.HasFold(r.Text, i, word) && !text.Is(r.Next(i+len(word)), text.Alnum) {
			if found, ok = Account(r, word, i); ok {
				return found, ok
			}
		}
	}
	return found, false
}

func TestAccount(t *testing.T) {
	checkRows(t, account, isWord, span.IBAN, []row{
		{"", "sort code 20-41-53, account 73019284", "73019284"},
		{"", "Account number: 7301 9284 (sort-code 204153)", "7301 9284"},
		{"", "Kontonummer 4829137065", "4829137065"},
		{"", "Konto 4829137065, BLZ 37040044", "4829137065"},
		{"", "nr konta 53 0433 6617 6081 4824 1755 7077", "53 0433 6617 6081 4824 1755 7077"},
		{"", "account 73019284", ""},
		{"", "account for 73019284, account_id 73019284, the account of Kim 73019284", ""},
		{"", "sort code 20-41-53, account holder since 2019 73019284", ""},
		{"", "account 123456789012 in aws", ""},
	})
	checkRows(t, PolishAccount, isNumber, span.IBAN, []row{
		{"", "to 53 0433 6617 6081 4824 1755 7077!", "53 0433 6617 6081 4824 1755 7077"},
		{"", "to 54 0433 6617 6081 4824 1755 7077", ""},
	})
}

func TestKeyedAccount(t *testing.T) {
	for _, c := range []struct {
		key, in string
		want    bool
	}{
		{"account_number", "73019284", true},
		{"accountNumber", "7301-9284", true},
		{"bank_account", "482913706184", true},
		{"account_number", "482913706184", false}, // of a cloud
		{"account_id", "73019284", false},
		{"account", "73019284", false},
		{"account_number", "73019284x", false},
	} {
		var r Reader
		r.Reset(text.View{Text: c.in, Key: c.key, Link: text.LinkKey})
		_, ok := KeyedAccount(&r)
		require.Equal(t, c.want, ok, "%s: %s", c.key, c.in)
	}
}
