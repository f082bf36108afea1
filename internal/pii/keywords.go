package pii

import (
	"github.com/cowork-otel/collector/internal/pii/internal/detect"
	"github.com/cowork-otel/collector/internal/pii/internal/prefilter"
	"github.com/cowork-otel/collector/internal/pii/internal/secret"
	"github.com/cowork-otel/collector/internal/pii/internal/span"
	"github.com/cowork-otel/collector/internal/pii/internal/token"
)

// A keyword is a word that may begin a finding other than a token with a prefix.
type keyword struct {
	prefilter.Keyword
	detect detector
}

// headingEnds are the bytes after a word of a heading.
const headingEnds = " ,;|\t)\n\r\"'`*_-"

// jwtStart begins a JSON web token, in small letters.
const jwtStart = "eyj"

// keywords are all keywords, and keywordIndex their index.
var (
	keywords     = allKeywords()
	keywordIndex = prefilter.NewKeywords(keywordWords())
)

func allKeywords() []keyword {
	list := []keyword{
		{prefilter.Keyword{Word: jwtStart, After: prefilter.AnyByte}, jsonWebToken},
		{prefilter.Keyword{Word: "atlasv1", After: "."}, ofToken(token.TerraformToken)},
		{prefilter.Keyword{Word: "private", After: "-"}, number(detect.PuTTYPrivateKey)},
	}
	for _, word := range secret.Words() {
		at := assigned(func(r *secret.Reader, i int) int { return word.At(r, i, i+len(word.Word)) })
		list = append(list, keyword{prefilter.Keyword{Word: word.Word, After: word.After}, at})
	}
	for _, label := range detect.NationalIDLabels() {
		at := func(c *cursor, i int) int {
			tableCells(c, i)
			return c.accept(detect.NationalID(&c.numbers, label, i))
		}
		list = append(list, keyword{prefilter.Keyword{Word: label}, at})
	}
	for _, word := range detect.GluedWords() {
		at := func(r *detect.Reader, i int) (span.Span, bool) { return detect.GluedPhone(r, word, i) }
		list = append(list, keyword{prefilter.Keyword{Word: word, After: "0123456789("}, number(at)})
	}
	for _, word := range detect.AccountWords() {
		at := func(r *detect.Reader, i int) (span.Span, bool) { return detect.Account(r, word, i) }
		list = append(list, keyword{prefilter.Keyword{Word: word}, number(at)})
	}
	for _, word := range detect.HeadingWords() {
		list = append(list, keyword{prefilter.Keyword{Word: word, After: headingEnds}, tableCells})
	}
	for country := range detect.IBANLengths {
		list = append(list, keyword{prefilter.Keyword{Word: country, After: "0123456789"}, number(detect.IBAN)})
	}
	return list
}

func keywordWords() (words []prefilter.Keyword) {
	for _, k := range keywords {
		words = append(words, k.Keyword)
	}
	return words
}

// jsonWebToken detects a JSON web token that starts at i.
func jsonWebToken(c *cursor, i int) int {
	if !c.enabled(span.JWT) {
		return 0
	}
	return c.accept(detect.JWT(&c.numbers, i))
}

// keyword runs the detectors of the keywords that start at i, and returns where the search
// continues, 0 if they found nothing.
func (c *cursor) keyword(i int) int {
	for place, next := keywordIndex.From(c.Text, i, 0); place >= 0; place, next = keywordIndex.From(c.Text, i, next) {
		if end := keywords[place].detect(c, i); end > 0 {
			return end
		}
	}
	return 0
}
