package pii

import (
	"github.com/cowork-otel/collector/internal/pii/internal/detect"
	"github.com/cowork-otel/collector/internal/pii/internal/secret"
	"github.com/cowork-otel/collector/internal/pii/internal/span"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
	"github.com/cowork-otel/collector/internal/pii/internal/token"
)

// A keyword is a word that may begin a finding other than a token with a prefix.
type keyword struct {
	word   string // in small letters
	detect detector
	open   bool // a longer word may start with it
}

// keywords returns all keywords.
func keywords() []keyword {
	list := []keyword{
		{"eyj", jsonWebToken, true},
		{"atlasv1", ofToken(token.TerraformToken), false},
		{"private", number(detect.PuTTYPrivateKey), false},
	}
	for _, word := range secret.Words() {
		at := func(c *cursor, i int) int { return word.At(&c.secrets, i, i+len(word.Word)) }
		list = append(list, keyword{word.Word, at, word.Open})
	}
	for country := range detect.IBANLengths {
		list = append(list, keyword{country, number(detect.IBAN), true})
	}
	return list
}

// jsonWebToken detects a JSON web token that starts at i.
func jsonWebToken(c *cursor, i int) int {
	if !c.enabled(span.JWT) {
		return 0
	}
	return c.accept(detect.JWT(&c.numbers, i))
}

// A keywordBucket has the keywords with the same first two letters.
type keywordBucket struct {
	third    uint64 // the possible third bytes, a bit for the low six bits of each
	keywords []keyword
}

// keywordStarts has the index of a bucket by its two letters, whose low five bits ignore
// their case. It is 0 if there is none.
var keywordStarts, keywordBuckets = indexKeywords()

func indexKeywords() (index *[1 << 5][1 << 5]uint16, buckets []keywordBucket) {
	index = new([1 << 5][1 << 5]uint16)
	buckets = make([]keywordBucket, 1)
	for _, k := range keywords() {
		n := &index[k.word[0]&31][k.word[1]&31]
		if *n == 0 {
			*n = uint16(len(buckets))
			buckets = append(buckets, keywordBucket{})
		}
		b := &buckets[*n]
		b.keywords = append(b.keywords, k)
		if len(k.word) > 2 {
			b.third |= 1<<(k.word[2]&63) | 1<<(text.ToUpper(k.word[2])&63)
			continue
		}
		for _, c := range "0123456789 " {
			b.third |= 1 << (c & 63)
		}
	}
	return index, buckets
}

// keyword detects the finding of the keyword at start, and returns where the walk
// continues, 0 if there is none.
func (c *cursor) keyword(start int) int {
	b := &keywordBuckets[keywordStarts[c.Text[start]&31][c.Next(start+1)&31]]
	if b.third>>(c.Next(start+2)&63)&1 == 0 {
		return 0
	}
	for i := range b.keywords {
		word := b.keywords[i].word
		after := c.Next(start + len(word))
		isPart := !b.keywords[i].open && text.Is(after, text.Alnum) || len(word) == len("de") && !text.Is(word[0], text.Digit) && !text.Is(after, text.Digit)
		if !isPart && text.HasFold(c.Text, start, word) {
			if end := b.keywords[i].detect(c, start); end > 0 {
				return end
			}
		}
	}
	return 0
}
