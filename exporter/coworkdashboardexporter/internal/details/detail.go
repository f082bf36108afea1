package details

import (
	"slices"
	"strings"
	"time"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/metric"
)

// A Detail is what is stored of an event besides sums. Most events have a session, and
// many are a part of a prompt.
type Detail struct {
	Session string
	Mode    string // the permission mode
	Prompt  *PromptPart
	Alert   *Alert
	Plugin  bool // whether the event names a plugin of a user
	// Origin is shared by the events of a session, nil if the event has none.
	Origin *SharedOrigin
	Call   int64 // start of an inference call in Unix nanoseconds, 0 if the event is none
}

// A PromptPart is what an event adds to its prompt, besides its numbers.
type PromptPart struct {
	ID, Model  string
	Start, End int64 // Unix nanoseconds
	Closes     bool  // the event is the summary of the prompt
	Step       *Step // nil if the event is not shown
}

// Entries returns how many entries the detail counts for in memory.
func (d *Detail) Entries() (n int) {
	if d.Prompt != nil {
		n++
		if d.Prompt.Step != nil {
			n += 1 + d.Prompt.Step.entries()
		}
	}
	if d.Alert != nil || d.Plugin {
		n++
	}
	return n
}

// The kinds that this collector writes itself, and the kind that names plugins.
const (
	summaryKind = "prompt_summary"
	alertKind   = "alert"
	pluginKind  = "plugin_loaded"
)

// Of returns the detail of an event of a kind at a time in Unix nanoseconds.
func Of(e cowork.Event, kind string, at int64, limit ContentLimit) (d Detail) {
	if e.Desktop() { // the client inside the desktop application sends the same events
		return d
	}
	if kind == alertKind {
		d.Alert = AlertOf(e)
		return d
	}
	d.Session = Shorten(e.SessionID())
	d.Mode = line(e.Dimension("permission_mode"))
	d.Plugin = kind == pluginKind
	d.Call = CallStart(e, kind, at)
	step := StepKindOf(kind)
	switch {
	case kind == summaryKind:
		d.Prompt = promptOf(e, at, summaryDuration(e))
	case step != nil:
		d.Prompt = promptOf(e, at, step.Duration(e))
	}
	if d.Prompt != nil {
		d.Prompt.Closes = kind == summaryKind
		if step != nil {
			d.Prompt.Step = step.Step(e, kind, limit)
		}
	}
	return d
}

// promptOf returns the part of a prompt that ends at a time, nil if the event has no
// prompt.
func promptOf(e cowork.Event, end int64, took time.Duration) *PromptPart {
	id := Shorten(e.PromptID())
	if id == "" {
		return nil
	}
	return &PromptPart{ID: id, Model: line(e.Dimension("model")), Start: end - int64(took), End: end}
}

// line returns a text that is stored in a list with one per line.
func line(s string) string { return strings.ReplaceAll(Shorten(s), "\n", " ") }

// summaryDuration returns the duration in a summary of cowork_correlation, 0 if it has
// none.
func summaryDuration(e cowork.Event) time.Duration {
	ms, known := e.Int("cowork.prompt.duration_ms")
	if !known || ms < 0 || ms > MaxDuration.Milliseconds() {
		return 0
	}
	return time.Duration(ms) * time.Millisecond
}

// promptSums are the columns of a prompt that add up numbers of its events, with the
// facts and sums of package metric. All sums of the page are made of them, so it shows the
// same figures everywhere.
var promptSums = [...]promptSum{
	{"cost_micros", "usage", "cost_micros"},
	{"input", "usage", "input"},
	{"output", "usage", "output"},
	{"cache_read", "usage", "cache_read"},
	{"cache_creation", "usage", "cache_creation"},
	{"requests", "usage", "requests"},
	{"unpriced", "usage", "unpriced"},
	{"errors", "usage", "errors"},
	{"refusals", "usage", "refusals"},
	{"tools", "tool_calls", "calls"},
	{"tool_failures", "tool_calls", "failures"},
	{"tool_rejections", "tool_calls", "rejections"},
	{typedPrompts, "activity", "prompts"},
}

type promptSum struct{ column, fact, sum string }

// typedPrompts are the prompts that people typed. They are counted for sessions, and are
// not a column of prompts.
const typedPrompts = "prompts"

// A sum is an index in promptSums, or none.
type sum int8

const (
	noSum    sum = -1
	typedSum sum = sum(len(promptSums) - 1)
	columns      = len(promptSums) - 1 // of a prompt
)

// The sums of the calls of tools.
var errorSum, callSum, failureSum, rejectionSum = sumNamed("errors"), sumNamed("tools"), sumNamed("tool_failures"), sumNamed("tool_rejections")

func sumNamed(column string) sum {
	return sum(slices.IndexFunc(promptSums[:], func(s promptSum) bool { return s.column == column }))
}

// sumOf maps the indices of a fact and its sum to a sum.
var sumOf = func() (of [][]sum) {
	for _, f := range metric.Facts() {
		list := make([]sum, len(f.Sums))
		for i, name := range f.Sums {
			list[i] = sum(slices.IndexFunc(promptSums[:], func(s promptSum) bool { return s.fact == f.Name && s.sum == name }))
		}
		of = append(of, list)
	}
	return of
}()

// Numbers are the numbers of an event that prompts and sessions add up.
type Numbers [len(promptSums)]int64

// Add adds a number of a sum of a fact, by their indices in package metric. Sums that
// prompts do not have are skipped.
func (n *Numbers) Add(fact, sum int, value int64) {
	if i := sumOf[fact][sum]; i != noSum {
		n[i] += value
	}
}
