package pii

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/deobfuscate"
	"github.com/cowork-otel/collector/internal/pii/internal/detect"
	"github.com/cowork-otel/collector/internal/pii/internal/span"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// contextOf has the context of the patterns whose context words raise confidence.
var contextOf = [span.BuiltinCount]detect.Context{
	span.CreditCard: detect.CardContext, span.SocialSecurity: detect.SocialSecurityContext, span.Phone: detect.PhoneContext,
}

// acceptsRegrouped reports whether a finding of the text that was scanned last is sure
// enough, given the doubt about the changes of the text.
func acceptsRegrouped(c *cursor, f span.Span, doubt deobfuscate.Doubt) bool {
	if f.Rank == span.FromCustom || f.ID >= span.BuiltinCount {
		return false
	}
	hasContext := contextOf[f.ID] != 0 && c.numbers.HasContext(contextOf[f.ID], f.Start, f.End)
	switch doubt {
	case deobfuscate.Spelled:
		return f.Rank >= span.Structural && f.ID != span.URLCredential
	case deobfuscate.Dashed:
		return hasContext || f.ID == span.CreditCard || f.ID == span.SocialSecurity || f.ID == span.IBAN
	case deobfuscate.Spaced:
		return hasContext || f.ID == span.Email && isCommonAddress(c.Text[f.Start:f.End])
	case deobfuscate.Added:
		return hasContext || f.ID == span.CreditCard || f.ID == span.IBAN
	}
	return true
}

// isCommonAddress reports whether an address has a name of some length and a
// common top-level domain: code sometimes has an @ between two names.
func isCommonAddress(address string) bool {
	name, domain, _ := strings.Cut(address, "@")
	label := domain[strings.LastIndexByte(domain, '.')+1:]
	return len(name) > 2 && !text.ContainsFold(shortWords, label) && (len(label) == 2 || detect.IsCommonTopLevelDomain(label))
}

// shortWords are domains of countries that are also words of a sentence or of code.
var shortWords = []string{"am", "as", "at", "be", "do", "id", "in", "is", "it", "me", "my", "no", "so", "to"}
