package pii

import "github.com/cowork-otel/collector/internal/pii/internal/disguise"

// A walk is one pass over one text. It is not safe for concurrent use.
type walk struct {
	s         *Scanner
	key, text string
	found     []span
	marks     []span     // what found and the markers of the text become one from
	near      []interval // by custom pattern, where its literals were seen
	parts     []interval // what is read of a text that was redacted; none means all of it
	window    *window
	progress
}

// progress is what a walk knows of its text so far.
type progress struct {
	topics      topic // what the key speaks of
	topicsKnown bool
	wordsSeen   int             // up to where words were read for what they are about
	lastWord    [topicCount]int // where the last word about each topic ended

	// How far the text was read to no avail, so that it is not read again.
	colonsEnd   int // the run of hexadecimal digits and colons
	operatorEnd int // the assignment operator
	secretEnd   int // the value that was assigned
	plainAt     int // small letters behind the start of a token, from here
	plainEnd    int // to here
	toldEnd     int // the cookies and the hash of a password
	userInfoAt  int // the @ that ends the user information of a URL, -1 if none was seen
	pemEndAt    int // the next -----END
	versionEnd  int // where the last version of four numbers started, 0 if there was none
	noPEMEnd    bool

	disguises disguise.Disguises
	encodes   bool // a run may encode a text
}

// scan returns the findings of a text. They are valid until the next scan.
func (w *walk) scan(s *Scanner, key, text string) []span {
	if !w.begin(s, key, text) {
		return nil
	}
	w.run()
	w.resolve()
	return w.found
}

// reset makes the walk one of a text that nothing is known of.
func (w *walk) reset(s *Scanner, key, text string) {
	w.s, w.key, w.text = s, key, text
	w.found = w.found[:0]
	w.progress = progress{userInfoAt: -1}
}

// begin makes the walk ready for a text and looks for what the text is as a whole.
// It reports false where there is nothing else to look for.
func (w *walk) begin(s *Scanner, key, text string) bool {
	w.reset(s, key, text)
	if s.protected(text, 0) == len(text) {
		return false
	}
	w.customs()
	w.keyedSecret()
	return true
}

// A verifier looks at the byte at i, which may announce a finding, and returns where to go on.
type verifier func(w *walk, i int) int

// verifiers has what to call at each sign, nil where there is nothing to see.
var verifiers = [256]verifier{
	'@': (*walk).host,
	'+': (*walk).plus,
	'(': (*walk).parenthesis,
	'-': (*walk).dash,
	':': (*walk).colon,
	'=': (*walk).equals,
	',': (*walk).comma,
	'>': (*walk).greater,
	'~': (*walk).tilde,
	'$': (*walk).dollar,
}

// colon is where an address, a URL or an assignment may have its middle.
func (w *walk) colon(i int) int {
	if end := w.url(i); end > i {
		return end
	}
	if end := w.ipv6(i); end > i {
		return end
	}
	return w.equals(i)
}

// isEscape has the letters that make an escape of a control character.
var isEscape = [256]bool{'n': true, 't': true, 'r': true, 'b': true, 'f': true, 'v': true}

// previous returns the byte before i as it counts for what i stands beside: 0 at
// the start of the text and where an escape such as \n stands before i.
func (w *walk) previous(i int) byte {
	if i <= 0 || i > 1 && w.text[i-2] == '\\' && isEscape[w.text[i-1]] {
		return 0
	}
	return w.text[i-1]
}

// next returns the byte at i, 0 at the end of the text.
func (w *walk) next(i int) byte {
	if i >= len(w.text) {
		return 0
	}
	return w.text[i]
}
