package prompt

// Stats says what a [Tracker] holds and what it did since it was made.
type Stats struct {
	// Open and Remembered are the prompts in progress and the closed ones that are
	// known again.
	Open, Remembered int
	// Closed are the parts that ended, by their reason.
	Closed [Reasons]int64
	// Duplicates are events that were seen before.
	Duplicates int64
	// Late are events that came after their prompt had been closed.
	Late int64
	// Forgotten are digests of events and prompts that made room for others before
	// their time. What they stood for would not be known again.
	Forgotten int64
	// Invalid are numbers and times that were left out, by what they measure.
	Invalid [Measures]int64
	// Cut are texts that were shortened or left out, by what they are.
	Cut [Texts]int64
}

// A Reason says why a prompt was closed.
type Reason uint8

// The reasons.
const (
	Idle Reason = iota
	Evicted
	Shutdown
	Reasons // how many there are
)

var reasonNames = [Reasons]string{"idle", "evicted", "shutdown"}

// String returns the reason as summaries and metrics have it.
func (r Reason) String() string { return reasonNames[r] }

// A Measure is a number of an event that goes into a sum, or its time.
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

// A Text is a part of a prompt that is bounded in bytes or in number.
type Text uint8

// The texts.
const (
	IDText     Text = iota // a prompt.id or session.id
	NameText               // of a model, a tool, …
	OriginText             // attributes of the resource or the user
	Texts                  // how many there are
)

var textNames = [Texts]string{"id", "name", "attribute"}

// String returns what is cut, in a word.
func (t Text) String() string { return textNames[t] }
