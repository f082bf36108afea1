package pii

// This file holds the choice of the detectors for each candidate of a text.

import (
	"github.com/cowork-otel/collector/internal/pii/internal/deobfuscate"
	"github.com/cowork-otel/collector/internal/pii/internal/detect"
	"github.com/cowork-otel/collector/internal/pii/internal/prefilter"
	"github.com/cowork-otel/collector/internal/pii/internal/secret"
	"github.com/cowork-otel/collector/internal/pii/internal/span"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
	"github.com/cowork-otel/collector/internal/pii/internal/token"
)

// A detector reads the text around the candidate at i for a finding, and returns where the
// search continues, at most i if it found nothing.
type detector func(c *cursor, i int) int

// The detectors of the layers below.
func number(read func(*detect.Reader, int) (span.Span, bool)) detector {
	return func(c *cursor, i int) int { return c.accept(read(&c.numbers, i)) }
}

func ofToken(read func(*token.Reader, int) (span.Span, bool)) detector {
	return func(c *cursor, i int) int { return c.accept(read(&c.tokens, i)) }
}

// assigned returns the detector of a link. Where the links have used up their budget, the rest
// of the text is replaced.
func assigned(read func(*secret.Reader, int) int) detector {
	return func(c *cursor, i int) int {
		switch {
		case !c.secrets.Meter.Exceeds(i):
			return read(&c.secrets, i)
		case !c.enabled(span.Secret):
			return 0
		}
		return secret.ReplaceRest(&c.secrets, i)
	}
}

// signs has the detectors of each sign, in order. The first with a result decides.
var signs = [256][]detector{
	'@': {dataSource, number(detect.Email)},
	'+': {number(detect.InternationalPhone)},
	'(': {number(detect.Phone)},
	'-': {dashes},
	':': {urlCredential, number(detect.IPv6), assigned(secret.Operator)},
	'=': {assigned(secret.Operator)},
	',': {assigned(secret.Comma)},
	'>': {assigned(secret.TagEnd)},
	'$': {assigned(secret.Dollar)},
	'~': {ofToken(token.AzureSecret)},
}

// digits has the detectors of a run of digits apart from IP addresses, in order, and the
// least length of the run. The first with a result decides.
var digits = [...]struct {
	least  int
	detect detector
}{
	{4, number(detect.Card)},
	{3, number(detect.SocialSecurity)},
	{8, number(detect.TelegramBotToken)},
	{1, number(detect.BareNationalID)},
	{2, number(detect.PolishAccount)},
	{1, number(detect.Phone)},
}

// visit runs the detectors of the candidate at i and returns where the search continues.
func (c *cursor) visit(i int) int {
	sign := c.Text[i]
	switch {
	case signs[sign] != nil:
		for _, detect := range signs[sign] {
			if end := detect(c, i); end > i {
				return end
			}
		}
		return i + 1
	case !text.Is(sign, text.Alnum), !c.StartsWord(i):
		return i + 1
	case text.Is(sign, text.Digit):
		return c.digitRun(i)
	}
	if end := c.word(i); end > i {
		return end
	}
	if i+3 < len(c.Text) && text.Is(c.Text[i+2], text.Digit) && text.Is(c.Text[i+3], text.Digit) {
		if end := c.accept(detect.NINumber(&c.numbers, i)); end > i {
			return end
		}
	}
	return c.longWord(i)
}

// digitRun runs the detectors of the run of digits that starts at i, and of the word that continues it.
func (c *cursor) digitRun(i int) int {
	end := text.RunEnd(c.Text, i+1, len(c.Text), text.Digit)
	if stop := c.number(i, end); stop > end {
		return stop
	}
	if c.Next(end) == '|' {
		return max(end+1, c.accept(token.PipedToken(&c.tokens, end)))
	}
	if !text.Is(c.Next(end), text.Letter) && !token.Begins(c.Text, i) {
		return end
	}
	if stop := c.word(i); stop > end {
		return stop
	}
	return max(end, c.longWord(i))
}

// number runs the detectors of the numbers that start with the run of digits [i, end).
func (c *cursor) number(i, end int) int {
	if c.Next(end) == '.' {
		if stop := c.accept(detect.IPv4(&c.numbers, i)); stop > end {
			return stop
		}
	}
	if !detect.MayBeNumber(&c.numbers, i, end) {
		return 0
	}
	for _, d := range digits {
		if end-i < d.least {
			continue
		}
		if stop := d.detect(c, i); stop > end {
			return stop
		}
	}
	return 0
}

// word detects the token or the keyword at i, and returns where the search continues, 0 if
// there is none.
func (c *cursor) word(i int) int {
	if c.enabled(span.APIKey) { // otherwise a long token would be read again at each prefix within it
		if end := c.accept(token.At(&c.tokens, i)); end > 0 {
			return end
		}
	}
	return c.keyword(i)
}

// longWord detects a token of unknown format in the word that starts at i, if the word is long.
func (c *cursor) longWord(i int) int {
	last := i + token.LongWord - 1
	if last < len(c.Text) && text.Is(c.Text[last], text.Alnum) && text.Is(c.Text[i+token.LongWord/2], text.Alnum) {
		if end := text.RunEnd(c.Text, i+1, len(c.Text), text.Alnum); end > last {
			if !c.enabled(span.APIKey) {
				return end
			}
			return max(end, c.accept(token.Unknown(&c.tokens, i, end)))
		}
	}
	return i + 1
}

// tableCells detects the numbers in the cells of a table whose heading has the word at i.
func tableCells(c *cursor, i int) int {
	detect.EachCell(&c.numbers, i, func(heading string, start, end int) {
		c.cells.Reset(text.View{Text: c.Text[start:end], Key: heading, Link: text.LinkColumn})
		for _, read := range cellDetectors {
			found, ok := read(&c.cells, 0)
			found.Start += start
			found.End += start
			if c.accept(found, ok) > 0 {
				return
			}
		}
	})
	return 0
}

// cellDetectors read the number that is the cell of a table.
var cellDetectors = [...]func(*detect.Reader, int) (span.Span, bool){
	func(r *detect.Reader, _ int) (span.Span, bool) { return detect.KeyedNationalID(r) },
	func(r *detect.Reader, _ int) (span.Span, bool) { return detect.KeyedAccount(r) },
	detect.SocialSecurity, detect.IBAN, detect.Phone,
}

// dataSource detects the password of a data source around the @ at i.
func dataSource(c *cursor, i int) int {
	if c.accept(detect.DataSource(&c.numbers, i)) == 0 {
		return 0
	}
	return i + 1
}

// urlCredential detects the credentials of a URL whose colon is at i.
func urlCredential(c *cursor, i int) int {
	found, ok := detect.URL(&c.numbers, i)
	if !ok {
		return 0
	}
	c.accept(found.User, found.User.End > 0)
	c.accept(found.Password, found.Password.End > 0)
	return i + len("://")
}

// flag detects the secret of a flag that starts with one or two dashes at i.
var flag = assigned(func(r *secret.Reader, i int) int {
	end := i + 1
	if r.Next(end) == '-' {
		end++
	}
	return secret.Flag(r, i, end)
})

// dashes detects the armour of a private key or a flag of a command that starts with the dashes at i.
func dashes(c *cursor, i int) int {
	end := i + 1
	for end < len(c.Text) && c.Text[end] == '-' {
		end++
	}
	switch n := end - i; {
	case n < 3:
		return max(end, flag(c, i))
	case n == 3:
		return end
	}
	return max(end, c.accept(detect.PrivateKey(&c.numbers, i)))
}

// filter finds the candidates. It knows the words of all detectors.
var filter = newFilter()

func newFilter() *prefilter.Filter {
	set := prefilter.Settings{NumberLeast: detect.PhoneLeast, Names: secret.NounNames}
	set.Prefixes = append(set.Prefixes, prefilter.Prefix{Text: "eyJ", Body: text.Alnum}) // a JSON web token
	for _, k := range keywordWords() {
		if k.Word == jwtStart || len(k.Word) == len("de") && !text.Is(k.Word[0], text.Digit) {
			continue // a prefix, or a country: the masks find the two digits that follow
		}
		set.Keywords = append(set.Keywords, k)
	}
	for _, f := range token.Formats() {
		set.Prefixes = append(set.Prefixes, prefilter.Prefix{Text: f.Prefix, Body: f.Body})
	}
	return prefilter.New(set)
}

// visitAll visits the candidates of a text, in order.
func (c *cursor) visitAll() {
	c.window.Forget()
	next := 0 // the text before it is read
	parts := c.parts
	c.hasForeign, c.hasPair = len(parts) > 0, len(parts) > 0 // of the other parts nothing is known
	for base := 0; base < len(c.Text); base += prefilter.WindowSize {
		if len(c.parts) > 0 {
			if parts = behindOf(parts, base); len(parts) == 0 {
				return
			}
			if parts[0].Start >= base+prefilter.WindowSize {
				c.window.Forget() // adds candidates at most
				continue
			}
		}
		for _, k := range filter.Candidates(c.window, &c.View, base, next) {
			if i := base + int(k); i >= next {
				if c.window.Unknown[k/prefilter.Size]>>(k%prefilter.Size)&1 == 1 && c.StartsWord(i) {
					next = c.longWord(i)
					continue
				}
				next = c.visit(i)
			}
		}
		c.noteWindow(base)
	}
}

// noteWindow records whether the window that starts at base contains a disguise, or a noun that is
// no candidate.
func (c *cursor) noteWindow(base int) {
	w := c.window
	c.hasForeign = c.hasForeign || w.Foreign != 0
	rest := c.Text[base:]
	disguises := w.Offsets(&w.Disguises)
	if !c.hasPair {
		c.hasPair = secret.HasPair(disguises, rest)
	}
	if !c.signs.Decodes || !c.signs.Regroups {
		for _, k := range deobfuscate.Begin(disguises, rest) {
			c.signs.Add(c.Text, base+int(k))
		}
	}
	if !c.signs.Encodes {
		for _, k := range deobfuscate.BeginEncoded(w.Offsets(&w.Encoded), rest) {
			c.signs.Encodes = c.signs.Encodes || deobfuscate.Encodes(c.Text, base+int(k))
		}
	}
}
