package detect

// This file holds names in code with an @ that have the form of an e-mail address.

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// isCodeName reports whether the name and the domain of [start, end) are names in code: a label
// of Kotlin, a product of matrices, an annotation of OData, an image of a density.
func isCodeName(r *Reader, name, domain string, start, end int) bool {
	first, rest, _ := strings.Cut(domain, ".")
	last := domain[strings.LastIndexByte(domain, '.')+1:]
	if IsCommonTopLevelDomain(last) {
		return false
	}
	word := name[text.RunStart(name, len(name), 0, text.Alnum):]
	switch {
	case first == "plt", isObjectHash(name, first), text.ContainsFold(labelledWords, word), isDensity(first) && text.Is(rest[0], text.Letter),
		text.EqualFold(first, "odata"),
		text.ContainsFold(receivers, first):
		return true
	}
	known := isKnownTopLevelDomain(last)
	short := len(word) <= 2 && len(word) == len(name) || len(first) == 1 || strings.HasPrefix(name, "self.")
	switch next := r.Next(end); {
	case next == '(', next == '.' && isCallAfter(r, end+1):
		return !known || short || len(last) > 2 && word == name && !text.ContainsFold(privateTopLevels, last)
	case known:
		return false
	}
	return text.ContainsFold(annotationDomains, first) || hasCapitalWithin(last) || isOperator(r.Text[end:]) || len(name) == 1 && len(first) == 1 || short && isOperand(r.Text[:start])
}

var (
	// labelledWords are the words of Kotlin before a label: this@Activity.
	labelledWords = []string{"this", "super", "return", "break", "continue"}
	// receivers are the names of an object in its own code.
	receivers = []string{"self", "cls", "this"}
	// annotationDomains are the namespaces of annotations besides odata: Status@Message.ExtendedInfo.
	annotationDomains = []string{"microsoft", "redfish", "message", "core", "capabilities"}
)

// isObjectHash reports whether a name is that of a class and a label the hash of an object: com.acme.Foo@1f2e3d4c.
func isObjectHash(name, label string) bool {
	class := name[strings.LastIndexByte(name, '.')+1:]
	return len(class) < len(name) && class != "" && text.Is(class[0], text.Upper) && len(label) >= 5 && len(label) <= 8 &&
		text.RunEnd(label, 0, len(label), text.Hexa) == len(label) && strings.ContainsAny(label, "0123456789")
}

// isDensity reports whether a label is the density of an image: 2x.
func isDensity(label string) bool {
	return len(label) == 2 && text.Is(label[0], text.Digit) && label[1] == 'x'
}

// isCallAfter reports whether a name at i is called.
func isCallAfter(r *Reader, i int) bool {
	const nameMost = 32
	end := text.RunEnd(r.Text, i, i+nameMost, text.KeyChars)
	return end > i && r.Next(end) == '('
}

// hasCapitalWithin reports whether a capital follows a small letter, as in names in code.
func hasCapitalWithin(label string) bool {
	for i := 1; i < len(label); i++ {
		if text.Is(label[i], text.Upper) && text.Is(label[i-1], text.Lower) {
			return true
		}
	}
	return false
}

// isOperator reports whether the text after a name starts with an operator between spaces or with an index.
func isOperator(after string) bool {
	if after == "" {
		return false
	}
	const operators = "+-*/%@"
	return after[0] == '[' || len(after) > 3 && after[0] == ' ' && strings.IndexByte(operators, after[1]) >= 0 && after[2] == ' ' && after[1] != '-' && after[1] != '@' ||
		strings.HasPrefix(after, " == ") || strings.HasPrefix(after, " = ")
}

// isOperand reports whether the text before a name ends with an operator, a parenthesis or the word return.
func isOperand(before string) bool {
	before = strings.TrimRight(before, " ")
	if before == "" {
		return false
	}
	return strings.IndexByte("=(+-*/%", before[len(before)-1]) >= 0 || strings.HasSuffix(before, "return")
}
