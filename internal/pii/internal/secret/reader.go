package secret

import (
	"github.com/cowork-otel/collector/internal/pii/internal/span"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// Reach bounds how far before and after a candidate most links read.
const Reach = valueMost + 2*nameMax

// A Reader reads one text for secrets. Its methods take the place of a candidate, append
// what they find to Found, and return where the search continues. Zero is ready for use.
type Reader struct {
	text.View
	Found   []span.Span
	Explain func(Decision) // is called for each value that is judged, if it is set
	Meter   Meter          // of the call

	progress
	memory
}

// progress is the state of a reader that depends on its text.
type progress struct {
	// The ends of what was read, so that no link is read twice.
	operatorEnd int // the operator of an assignment
	secretEnd   int // the last secret
	commandEnd  int // the arguments of a command
	commands    int // how many commands read the same arguments
	sentenceEnd int // the words after a noun
	tableHead   int // the heading of a table
	tableEnd    int // the rows under it
	objectEnd   int // the data of a Kubernetes secret
	cookieEnd   int // cookies and the hash of a password
	documentEnd int // the lines of a here-document
	lineFrom    int // a line that was read to its end
	lineEnd     int
	judgedEnd   int // the values that were judged
	judgedTwice int // the bytes of long values that were judged since the last gap between values
	manifests   manifests
	word, plain byteRun // of sentences
}

// memory is what a reader knows about values and words that it read. Since it is large, it is
// cleared only if it was used.
type memory struct {
	refusals refusals
	words    [recentBytes]wordKind
	isUsed   bool
}

// Reset prepares the reader for a text. It sets one part after another: a copy of the whole reader
// takes as long as the scan of a short text.
func (r *Reader) Reset(v text.View) {
	r.View, r.Found, r.progress = v, r.Found[:0], progress{}
	if r.isUsed {
		r.memory = memory{}
	}
}
