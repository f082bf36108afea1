package secret

// This file holds the bound of the work that links do.

// A Meter counts the work of the links in the texts of one call, in units of about a
// nanosecond, and compares it with a budget that grows with the bytes that were read. Without
// the bound, a text in which nouns follow each other closely takes hundreds of times as long as
// other text, since the link of each noun reads what the links of the nouns before it have read.
// Zero is ready for use.
type Meter struct {
	Work int // of the call
	Peak int // the highest work of a round beyond WorkPerByte
	Cuts int // how often the rest of a text was replaced

	size  int // bytes of the text of the call
	round int // the work before this round
	read  int // bytes of the texts of this round that were read before
	rest  int // one more than the first candidate of the text near the end of the budget, 0 if there is none
}

// The budget of a call.
const (
	// WorkPerByte is the work for each byte before a candidate.
	WorkPerByte = 12
	// WorkAtOnce is the work beyond it. It lets the links of short texts be read: those of the labelled
	// texts use a thirtieth of it.
	WorkAtOnce = 1 << 18
	// WorkRounds is how often the budget of a round can be used up.
	WorkRounds = 2
	// workReserve is the work that is left where the rest of a text is replaced, so that the text
	// before it does not use up the budget of a later call.
	workReserve = WorkAtOnce / 16
)

// Work of the links, apart from the bytes that they read.
const (
	workOfName     = 100 // to find the link of a name
	workOfNoun     = 400 // to read the text around a noun
	workOfWord     = 40  // to look up a word
	workOfRefusal  = 150 // to compare a value with those that are no secrets
	workOfFeatures = 400 // to collect the features of a value
	workOfLabel    = 7   // to look for a noun in a byte of a label
)

// StartCall begins a call for a text of size bytes.
func (m *Meter) StartCall(size int) { *m = Meter{size: size} }

// StartRound begins to read the text of the call again.
func (m *Meter) StartRound() { m.round, m.read = m.Work, 0 }

// EndText adds a text of size bytes to those that were read in this round.
func (m *Meter) EndText(size int) {
	m.read += size
	m.rest = 0
}

// Exceeds reports whether the budget is used up at i.
func (m *Meter) Exceeds(i int) bool {
	beyond := m.Work - m.round - WorkPerByte*(m.read+i)
	m.Peak = max(m.Peak, beyond)
	if beyond <= WorkAtOnce-workReserve {
		m.rest = 0
	} else if m.rest == 0 {
		m.rest = i + 1
	}
	return beyond > WorkAtOnce || m.Work > WorkRounds*(WorkAtOnce+WorkPerByte*m.size)
}

// IsStrained reports whether reading the text of the call anew, with so many findings replaced and
// shrunk bytes shorter, may use up the budget. Then all of the text is read again, as in a call of its own.
func (m *Meter) IsStrained(findings, shrunk int) bool {
	if m.Cuts == 1 && findings == 1 {
		return false // the text before is the same
	}
	return m.Peak+WorkPerByte*max(0, shrunk) > WorkAtOnce/2
}

// spend counts work.
func (m *Meter) spend(work int) { m.Work += work }

// ReplaceRest adds the text from i on to the findings, and returns where the search continues.
func ReplaceRest(r *Reader, i int) int {
	r.Meter.Cuts++
	if rest := r.Meter.rest; rest > 0 {
		i = min(i, rest-1)
	}
	r.addFound(bounds{i, len(r.Text), Bare})
	return len(r.Text)
}
