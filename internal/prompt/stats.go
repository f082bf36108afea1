package prompt

// Stats are the counters of a [Tracker] since it was created, and what it holds.
type Stats struct {
	// Open and Remembered are the open prompts and the closed ones whose late events
	// are recognised.
	Open, Remembered int
	// Closed are the parts that ended, by reason.
	Closed [Reasons]int64
	// Duplicates are events that were counted before.
	Duplicates int64
	// Late are events that arrived after their prompt was closed.
	Late int64
	// Forgotten are digests that were dropped before their time. Their events would
	// not be recognised as duplicates.
	Forgotten int64
	// Invalid are invalid numbers and times, by measure.
	Invalid [Measures]int64
	// Cut are texts that were shortened or dropped, by kind.
	Cut [Texts]int64
}

// A Reason is why a prompt was closed.
type Reason uint8

// The reasons.
const (
	Idle Reason = iota
	Evicted
	Shutdown
	Reasons // how many there are
)

var reasonNames = [Reasons]string{"idle", "evicted", "shutdown"}

// String returns the reason as it is written in summaries and metrics.
func (r Reason) String() string { return reasonNames[r] }

// A Measure is a number of an event that is added to a sum, or its time.
type Measure uint8

// The measures.
const (
	CostMeasure Measure = iota
	InputMeasure
	OutputMeasure
	CacheReadMeasure
	CacheCreationMeasure
	TimeMeasure
	Measures // how many there are
)

var measureNames = [Measures]string{
	"cost_usd", "input_tokens", "output_tokens", "cache_read_tokens", "cache_creation_tokens", "event.timestamp",
}

// String returns the attribute that carries the measure.
func (m Measure) String() string { return measureNames[m] }

// A Text is a kind of text that is bounded in bytes or in number.
type Text uint8

// The texts.
const (
	IDText     Text = iota // a prompt.id or session.id
	NameText               // of a model, a tool, …
	SenderText             // attributes of the resource or the user
	Texts                  // how many there are
)

var textNames = [Texts]string{"id", "name", "attribute"}

// String returns the kind as it is written in metrics.
func (t Text) String() string { return textNames[t] }
