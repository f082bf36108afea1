package details

import (
	"cmp"
	"maps"
	"slices"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/digest"
)

// What the rows of the table setup_counts count, with their names a and b.
const (
	CountedKinds      = "kind"      // kind of event, client version
	CountedAttributes = "attribute" // kind of event, attribute
	CountedRejected   = "rejected"  // attribute, validation error
	CountedContent    = "content"   // state of content
	CountedServices   = "service"   // service name
	CountedUnknown    = "unknown"   // unknown attribute
	CountedClocks     = "clock"     // reason for a time in doubt; counts sessions
	CountedUnpriced   = "unpriced"  // model of requests without a known cost
)

// SetupDays is how many days with events the setup check covers, apart from the kinds of
// events.
const SetupDays = 7

// The bounds of the counts: the texts of senders for each thing that is counted, the rows
// that wait for a commit, and the sessions that were counted for their clocks.
const (
	maxTexts  = 200
	maxRows   = 20_000
	maxClocks = 1 << 16
)

type countKey struct {
	day        int64
	what, a, b string
}

func (k countKey) compare(o countKey) int {
	return cmp.Or(cmp.Compare(k.day, o.day), cmp.Compare(k.what, o.what), cmp.Compare(k.a, o.a), cmp.Compare(k.b, o.b))
}

// A Count is a number of events, and the times of the first and the last one in Unix
// nanoseconds.
type Count struct{ Events, First, Last int64 }

// Counts are the counts of the setup check of one batch. The zero value is empty. They
// are not safe for concurrent use.
type Counts struct {
	rows map[countKey]Count
	// attributes has the counts of the expected attributes by kind and day, and the time
	// of the last event.
	attributes map[countKey][]int64
}

// A Counter counts events for the setup check. It bounds the texts of senders over all
// batches of the process. The zero value is ready. It is not safe for concurrent use.
type Counter struct {
	// Dropped are the rows and texts beyond the limits.
	Dropped int64

	texts  map[counted]bool
	number map[string]int // of texts
	clocks digest.Set
}

// otherTexts replaces the texts beyond the limit.
const otherTexts = "(other)"

// counted is a text and what it is counted for.
type counted struct{ what, text string }

// Add counts an event of a kind. The day is its date as a number, the time is in Unix
// nanoseconds.
func (c *Counter) Add(to *Counts, e cowork.Event, kind string, day, at int64) {
	count := func(what, a, b string, n int64) {
		c.addRow(to, countKey{day, what, a, b}, Count{n, at, at})
	}
	count(CountedKinds, kind, c.text(CountedKinds, e.ClientVersion()), 1)
	service, _ := e.Str("service.name")
	count(CountedServices, c.text(CountedServices, service), "", 1)
	c.countAttributes(to, e, countKey{day: day, what: CountedAttributes, a: kind}, at)
	rejectedOf(e, func(attribute, reason string) { count(CountedRejected, attribute, reason, 1) })
	unknownOf(e, func(name string) { count(CountedUnknown, c.text(CountedUnknown, name), "", 1) })
	if keys := contentOf[kind]; keys != nil {
		count(CountedContent, contentState(e, keys), "", 1)
	}
	if n := findingsOf(e); n > 0 {
		count(CountedContent, FoundContent, "", n)
	}
	if r, ok := cowork.APIRequestOf(e); ok {
		if _, known := r.CostMicros(); !known {
			count(CountedUnpriced, c.text(CountedUnpriced, r.Model()), "", 1)
		}
	}
	if reason := clockOf(e); reason != "" && c.isNewClock(e.SessionID(), reason, day) {
		count(CountedClocks, reason, "", 1)
	}
}

// isNewClock reports whether a session was not counted for a reason on a day yet.
func (c *Counter) isNewClock(session, reason string, day int64) bool {
	id := digest.Digest(3).Text(session).Text(reason).Word(uint64(day)).Sum()
	if c.clocks.Contains(id) {
		return false
	}
	c.clocks.Insert(id, digest.SlotsFor(maxClocks))
	return true
}

// countAttributes counts the expected attributes that an event has.
func (c *Counter) countAttributes(to *Counts, e cowork.Event, key countKey, at int64) {
	expected := expectations[key.a]
	if expected == nil {
		return
	}
	had := to.attributes[key]
	if had == nil {
		if c.full(to) {
			return
		}
		had = make([]int64, len(expected)+1)
		if to.attributes == nil {
			to.attributes = map[countKey][]int64{}
		}
		to.attributes[key] = had
	}
	had[len(expected)] = at
	for i, name := range expected {
		if _, there := e.Value(name); there {
			had[i]++
		}
	}
}

// text returns a text of a sender as it is stored, "(other)" if there are too many.
func (c *Counter) text(what, text string) string {
	if text == "" || c.texts[counted{what, text}] {
		return text
	}
	text = Shorten(text)
	if c.texts[counted{what, text}] {
		return text
	}
	if c.number[what] >= maxTexts {
		c.Dropped++
		return otherTexts
	}
	if c.texts == nil {
		c.texts, c.number = map[counted]bool{}, map[string]int{}
	}
	c.texts[counted{what, text}] = true
	c.number[what]++
	return text
}

// full reports whether another row would exceed the limit, and counts it.
func (c *Counter) full(to *Counts) bool {
	if len(to.rows)+len(to.attributes) < maxRows {
		return false
	}
	c.Dropped++
	return true
}

func (c *Counter) addRow(to *Counts, key countKey, n Count) {
	sum, known := to.rows[key]
	if !known {
		if c.full(to) {
			return
		}
		if to.rows == nil {
			to.rows = map[countKey]Count{}
		}
		sum.First, sum.Last = n.First, n.Last
	}
	to.rows[key] = Count{sum.Events + n.Events, min(sum.First, n.First), max(sum.Last, n.Last)}
}

// Empty reports whether there is nothing to write.
func (s *Counts) Empty() bool { return len(s.rows) == 0 && len(s.attributes) == 0 }

// CountColumns are the columns of the table setup_counts.
var CountColumns = []string{"day", "what", "a", "b", "count", "first_ns", "last_ns"}

// Rows returns the rows of the table setup_counts in the order of their keys.
func (s *Counts) Rows() [][]any {
	all := maps.Clone(s.rows)
	for key, had := range s.attributes {
		for i, name := range expectations[key.a] {
			if at := had[len(had)-1]; had[i] > 0 {
				all[countKey{key.day, key.what, key.a, name}] = Count{had[i], at, at}
			}
		}
	}
	rows := make([][]any, 0, len(all))
	for _, key := range slices.SortedFunc(maps.Keys(all), countKey.compare) {
		n := all[key]
		rows = append(rows, []any{key.day, key.what, key.a, key.b, n.Events, n.First, n.Last})
	}
	return rows
}
