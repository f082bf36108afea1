package secret

// This file holds the bound of the work that links do.

// A Meter counts the work of the links in the texts of one call, in units of about a
// nanosecond, and compares it with a budget that grows with the bytes that were read. Without
// the bound, a text in which nouns follow each other closely takes hundreds of times as long as
// other text, since the link of each noun reads what the links of the nouns before it have read.
// Zero is ready for use.
type Meter struct {
	size   int // bytes of the text of the call
	before int // work of the rounds before this one
	spent  int // work of this round
	read   int // bytes of the texts of this round that were read before
	peak   int // the highest work of a round beyond workPerByte
	cuts   int // the texts whose rest was replaced
}

// The budget of a call.
const (
	// workPerByte is the work for each byte before a candidate.
	workPerByte = 12
	// workAtOnce is the work that is free of charge, so that the links of a short text are read.
	workAtOnce = 1 << 18
	// rounds is how often the budget of one round can be used.
	workRounds = 2
)

// Work of the links, without the bytes that they read.
const (
	workOfName     = 100 // to find the link of a name
	workOfNoun     = 400 // to read the text before a noun
	workOfWord     = 40  // to look up a word
	workOfRefusal  = 150 // to compare a value with those that are no secrets
	workOfFeatures = 400 // to collect the features of a value
	workOfLabel    = 7   // to look for a noun in a byte of a label
)

// StartCall begins a call for a text of size bytes.
func (m *Meter) StartCall(size int) { *m = Meter{size: size} }

// StartRound begins to read the text of the call again.
func (m *Meter) StartRound() {
	m.before += m.spent
	m.spent, m.read = 0, 0
}

// EndText adds a text of size bytes to those that were read in this round.
func (m *Meter) EndText(size int) { m.read += size }

// Exceeds reports whether the budget is used up at i.
func (m *Meter) Exceeds(i int) bool {
	m.peak = max(m.peak, m.spent-workPerByte*(m.read+i))
	return m.peak > workAtOnce || m.before+m.spent > workRounds*(workAtOnce+workPerByte*m.size)
}

// IsStrained reports whether reading the text of the call anew, shrunk bytes shorter, may use up the
// budget, so that its parts cannot be read apart from the others.
func (m *Meter) IsStrained(shrunk int) bool {
	return m.peak+workPerByte*max(0, shrunk) > workAtOnce/2
}

// spend counts work.
func (m *Meter) spend(work int) { m.spent += work }

// ReplaceRest adds the text from i on to the findings, and returns where the search continues.
func ReplaceRest(r *Reader, i int) int {
	r.Meter.cuts++
	r.addFound(bounds{i, len(r.Text), Bare})
	return len(r.Text)
}
