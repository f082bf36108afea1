package detect

// This file detects the account numbers of countries, which have no letters: Konto 4829137065 BLZ 37040044.

import (
	"slices"
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/span"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

const (
	// accountLeast and accountMost bound the digits of an account number.
	accountLeast = 6
	accountMost  = 18
	// nrbDigits are the digits of an account number of Poland.
	nrbDigits = 26
	// bankReach is how far the number of a bank is from the account.
	bankReach = 64
)

// AccountWords returns the words before an account number, in small letters. Those in sureAccountWords
// need no number of a bank nearby.
func AccountWords() []string {
	return slices.Concat(accountWords, sureAccountWords)
}

var (
	accountWords = []string{
		"account", "acct", "acc", "konto", "konta", "kto", "rachunek", "rachunku", "rach", "nrb", "cuenta", "compte", "conta", "conto", "rekening", "accountnumber", "account_number",
	}
	sureAccountWords = []string{
		"kontonummer", "kontonr", "rekeningnummer", "rekeningnr", "bank account", "bank_account", "bankaccount", "bankkonto", "bankrekening", "nrb",
		"cuenta bancaria", "conta corrente", "conto corrente", "compte bancaire", "beneficiary account", "giro account", "current account number", "checking account", "savings account",
	}
	// bankWords name the number of a bank or of a branch.
	bankWords = newWordList(
		"sort code", "sort-code", "sort_code", "sortcode", "sc:", "bsb", "blz", "bankleitzahl", "ifsc", "routing", "aba", "transit number", "clearing", "agência", "agencia",
		"swift", "bic", "branch code", "bank code", "reg nr", "reg.nr", "bankgiro", "entidad", "abi", "cab",
	)
)

// Account detects a bank account number after the word at i: with the number of a bank near it, after a word that
// names nothing else, or the 26 digits of Poland.
func Account(r *Reader, word string, i int) (found span.Span, ok bool) {
	gap := readLabelGap(r, i+len(word))
	for gap.next() && !gap.isOpen {
		if !text.Is(r.Text[gap.at], text.Digit) {
			continue
		}
		end, n := accountEnd(r, gap.at)
		switch {
		case n == nrbDigits, n >= accountLeast && n <= accountMost && (text.ContainsFold(sureAccountWords, word) || hasBankWord(r, i, end)):
			return accept(span.IBAN, span.Structural, gap.at, end)
		}
		return found, false
	}
	return found, false
}

// PolishAccount detects an account number of Poland without a word before it that starts with the two digits at i: in
// groups of four, with the right check digits.
func PolishAccount(r *Reader, i int) (found span.Span, ok bool) {
	const size = len("53 0433 6617 6081 4824 1755 7077")
	t := r.Text
	if len(t)-i < size || t[i+2] != ' ' || t[i+7] != ' ' || t[i+12] != ' ' {
		return found, false
	}
	end, n := accountEnd(r, i)
	if n != nrbDigits || end-i != size {
		return found, false
	}
	account := [nrbDigits + 2]byte{'p', 'l'}
	n = 2
	for k := i; k < end; k++ {
		if text.Is(t[k], text.Digit) {
			account[n] = t[k]
			n++
		}
	}
	if !text.Mod97(account[:]) {
		return found, false
	}
	return accept(span.IBAN, span.Validated, i, end)
}

// accountEnd returns the end of the digits at i, in groups with spaces, dashes, dots or slashes between them, and how
// many there are, 0 if they are part of a longer word.
func accountEnd(r *Reader, i int) (end, n int) {
	const groupsMost = 9
	for range groupsMost {
		stop := text.RunEnd(r.Text, i, i+nrbDigits+1, text.Digit)
		n += stop - i
		end, i = stop, stop+1
		if !isIDSeparator(r.Next(stop)) || !text.Is(r.Next(i), text.Digit) {
			break
		}
	}
	if n > nrbDigits || isContinued(r, end, '.', '-') {
		return 0, 0
	}
	return end, n
}

// hasBankWord reports whether a word that names the number of a bank is shortly before start or after end.
func hasBankWord(r *Reader, start, end int) bool {
	before, after := r.Text[max(0, start-bankReach):start], r.Text[end:min(len(r.Text), end+bankReach/2)]
	return bankWords.lastEnd(before) > 0 || bankWords.lastEnd(after) > 0
}

// KeyedAccount detects a text that is a bank account number under a key such as bank_account_number.
func KeyedAccount(r *Reader) (found span.Span, ok bool) {
	const textMost = 34
	if r.Key == "" || len(r.Text) > textMost || len(r.Text) < accountLeast || !text.Is(r.Text[0], text.Digit) {
		return found, false
	}
	end, n := accountEnd(r, 0)
	if end != len(r.Text) || n != nrbDigits && (n < accountLeast || n > accountMost) || !namesAccount(r.Key, n) {
		return found, false
	}
	return accept(span.IBAN, span.Structural, 0, end)
}

// awsDigits are the digits of the account of a customer of a cloud.
const awsDigits = 12

// namesAccount reports whether a key names the number of a bank account: account_number or accountNumber, but
// not account_id.
func namesAccount(key string, digits int) bool {
	var flat [32]byte
	n := 0
	for i := 0; i < len(key) && n < len(flat); i++ {
		if !text.Is(key[i], text.Joiner|text.Space|text.Dot) {
			flat[n] = text.ToLower(key[i])
			n++
		}
	}
	name := string(flat[:n])
	for _, word := range [...]string{"bankaccount", "kontonummer", "kontonr", "rekeningnummer", "bankkonto", "ibanoraccount"} {
		if strings.Contains(name, word) {
			return !strings.HasSuffix(name, "id")
		}
	}
	return digits != awsDigits && (strings.HasSuffix(name, "accountnumber") || strings.HasSuffix(name, "accountno") || strings.HasSuffix(name, "acctnumber") || strings.HasSuffix(name, "acctno"))
}
