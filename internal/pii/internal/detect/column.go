package detect

// This file holds numbers in the columns of a table and the numbers of products.

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// isColumn reports whether the numbers in [start, end), with spaces between them, are rather
// columns of a table or of a log.
func isColumn(r *Reader, start, end int) bool {
	const lineMost = 120
	t := r.Text
	from := start
	for from > max(0, start-lineMost) && !isNewline(t, from-1) {
		from--
	}
	before, after := t[from:start], lineAfter(t, end)
	words := strings.TrimRight(before, " \t")
	rest := strings.TrimLeft(after, " \t")
	switch gap := len(before) - len(words); {
	case words == "" && (gap > 0 || isRowOfNumbers(t, from-1, end+len(after))):
		return true // aligned, or between other numbers
	case rest != "" && len(rest) < len(after) && (text.Is(rest[0], text.Digit) || isFileName(rest) || isMonth(rest)), isUnit(r, end):
		return true // more columns, or a file as in the output of wc
	case words == "" || gap == 0:
		return false
	case gap > 1 && strings.IndexByte(":.,;|", words[len(words)-1]) < 0, text.Is(words[len(words)-1], text.Digit), words[len(words)-1] == '"':
		return true
	}
	word := words[strings.LastIndexByte(words, ' ')+1:]
	return strings.ContainsAny(word, "/%") || contextsIn(word)&ListContext != 0 || contextsIn(rest[:min(len(rest), contextAfter)])&ListContext != 0 ||
		isRequest(words)
}

// isRowOfNumbers reports whether the line before the newline at above, or the one after the
// newline at below, is one of numbers or the head of a table.
func isRowOfNumbers(in string, above, below int) bool {
	isRow := func(line string) bool {
		line = strings.Trim(line, " \t\r\\n")
		return line != "" && !hasSSNForm(line) && (text.Is(line[0], text.Digit) || strings.Contains(line, "  ") && strings.ToUpper(line) == line)
	}
	if above > 0 {
		if in[above] == 'n' {
			above--
		}
		if isRow(lineBefore(in, above)) {
			return true
		}
	}
	return below+1 < len(in) && isRow(lineAfter(in, below+1))
}

// hasSSNForm reports whether a line is a social security number with spaces.
func hasSSNForm(line string) bool {
	return len(line) == len("000 00 0000") && line[3] == ' ' && line[6] == ' '
}

// isFileName reports whether a text starts with the path of a file: a.txt, ./a, /a.
func isFileName(in string) bool {
	word, _, _ := strings.Cut(in, " ")
	word = strings.TrimRight(word, ".,;:!?\")\r")
	return strings.IndexByte(word, '/') >= 0 || strings.IndexByte(word, '.') >= 0 && !strings.Contains(word, "@")
}

// isMonth reports whether a text starts with a month and a day, as in the output of ls: Nov  2.
func isMonth(in string) bool {
	const months = "JanFebMarAprMayJunJulAugSepOctNovDec"
	n := len("Nov ")
	if len(in) <= n || in[n-1] != ' ' || strings.Index(months, in[:n-1])%3 != 0 {
		return false
	}
	day := strings.TrimLeft(in[n:], " ")
	return day != "" && text.Is(day[0], text.Digit)
}

// isRequest reports whether a line has the method of a request as in an access log.
func isRequest(line string) bool {
	for _, method := range [...]string{"GET ", "POST ", "PUT ", "HEAD ", "DELETE ", "PATCH ", "OPTIONS ", "HTTP/"} {
		if strings.Contains(line, method) {
			return true
		}
	}
	return false
}

// mentionsSocial reports whether a word about social security is anywhere in the text. It
// reads the text once.
func mentionsSocial(r *Reader) bool {
	if !r.socialKnown {
		r.socialKnown = true
		r.isSocial = contextsIn(r.Text)&SocialSecurityContext != 0
	}
	return r.isSocial
}

// productWords are the words before the number of a product.
var productWords = []string{
	"part", "parts", "sku", "cat", "catalog", "catalogue", "article", "artikel", "item", "product", "produkt", "model", "modell", "lot", "mpn", "pn", "cas", "isbn", "ean",
	"upc", "ticket", "invoice", "invoices", "order", "orders", "serial", "serials", "skus", "items", "articles", "models",
}

// isProduct reports whether the name of a product number is directly before the number in
// [start, end), or is the key of the number: part no. 415-52-8123.
func isProduct(r *Reader, start, end int) bool {
	if start == 0 && end == len(r.Text) {
		return r.Link != text.LinkAttribute && hasProductWord(r.Key)
	}
	const labelMost = 24
	line := lineBefore(r.Text, start)
	return hasProductWord(line[max(0, len(line)-labelMost):])
}

// hasProductWord reports whether a text ends with the name of a product number.
func hasProductWord(label string) bool {
	for {
		end := len(label)
		for end > 0 && strings.IndexByte(` :#=._-/"'`, label[end-1]) >= 0 {
			end--
		}
		if text.HasFold(label, end-len("p/n"), "p/n") {
			return true
		}
		start := text.RunStart(label, end, 0, text.Lower)
		if start == end || start > 0 && text.Is(label[start-1], text.Upper) {
			start = text.RunStart(label, start, 0, text.Upper)
		}
		word := label[start:end]
		switch {
		case word == "":
			return false
		case text.ContainsFold(productWords, word):
			return true
		case !text.ContainsFold(numberWords, word):
			return false
		}
		label = label[:start]
	}
}

// numberWords are the words between the name and the number.
var numberWords = []string{"number", "numbers", "no", "nr", "num", "nummer", "code", "is"}
