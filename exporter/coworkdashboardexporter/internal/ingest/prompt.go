package ingest

import (
	"slices"
	"strings"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/details"
	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/metric"
)

// A detail is what is stored of an event besides sums. Most events have a session, and
// many are a part of a prompt.
type detail struct {
	session string
	prompt  *promptPart
	alert   *details.Alert
	plugin  *pluginPart
}

// A promptPart is what an event adds to its prompt, besides its observations.
type promptPart struct {
	id, model  string
	start, end int64         // Unix nanoseconds
	closes     bool          // the event is the summary of the prompt
	step       *details.Step // nil if the event is not shown
}

// entries returns how many entries the detail counts for in memory.
func (d detail) entries() (n int) {
	if d.prompt != nil {
		n++
		if d.prompt.step != nil {
			n++
		}
	}
	if d.alert != nil || d.plugin != nil {
		n++
	}
	return n
}

// The kinds that this collector writes itself.
const (
	summaryKind = "prompt_summary"
	alertKind   = "alert"
)

// detailOf reads the details of an event with a name and a moment.
// setupCounts are the counts of the setup check of one batch.
type setupCounts struct{ details.Counts }

func (s *setupCounts) empty() bool { return s.Empty() }

// addSetup counts an event for the setup check.
func (in *intake) addSetup(e cowork.Event, _ *cowork.Kind, kind string, m moment) {
	in.setup.Add(&in.batch.setup.Counts, e, kind, m.day(), m.ns)
	in.stats.SetupDropped += in.setup.Dropped
	in.setup.Dropped = 0
}

func (in *intake) detailOf(e cowork.Event, kind string, ev *event) (d detail) {
	if e.Desktop() { // the client inside the desktop application sends the same events
		return d
	}
	if kind == alertKind {
		d.alert = details.AlertOf(e)
		return d
	}
	d.session = details.Shorten(e.SessionID())
	if kind == pluginLoadedKind {
		d.plugin = in.pluginOf(e, ev)
	}
	step := details.StepKindOf(kind)
	switch {
	case kind == summaryKind:
		d.prompt = in.promptOf(e, ev.at.ns, summaryDuration(e))
	case step != nil:
		d.prompt = in.promptOf(e, ev.at.ns, step.Duration(e))
	}
	if d.prompt != nil {
		d.prompt.closes = kind == summaryKind
		if step != nil {
			d.prompt.step = step.Step(e, kind)
		}
	}
	return d
}

// promptOf returns the part of a prompt that ends at a time, nil if the event has no
// prompt.
func (in *intake) promptOf(e cowork.Event, end int64, took time.Duration) *promptPart {
	id := details.Shorten(e.PromptID())
	if id == "" || in.set.MaxPrompts == 0 {
		return nil
	}
	model := strings.ReplaceAll(details.Shorten(e.Dimension("model")), "\n", " ") // models are stored one per line
	return &promptPart{id: id, model: model, start: end - int64(took), end: end}
}

// summaryDuration returns the duration in a summary of cowork_correlation, 0 if it has
// none.
func summaryDuration(e cowork.Event) time.Duration {
	ms, known := e.Int("cowork.prompt.duration_ms")
	if !known || ms < 0 || ms > details.MaxDuration.Milliseconds() {
		return 0
	}
	return time.Duration(ms) * time.Millisecond
}

// A factSum is a sum of a fact, by the indices of package metric.
type factSum struct{ fact, sum uint8 }

// typedPromptSum counts the prompts that people typed.
var typedPromptSum = sumOf("activity", "prompts")

func sumOf(fact, sum string) factSum {
	for i, f := range metric.Facts() {
		if at := slices.Index(f.Sums, sum); f.Name == fact && at >= 0 {
			return factSum{uint8(i), uint8(at)}
		}
	}
	panic("no fact " + fact + " with the sum " + sum)
}

// promptSums are the columns of a prompt that add up observations of its events. They are
// those that the sums of all prompts are made of, so the page has the same figures
// everywhere.
var promptSums = [...]struct {
	column string
	of     factSum
}{
	{"cost_micros", sumOf("usage", "cost_micros")},
	{"input", sumOf("usage", "input")},
	{"output", sumOf("usage", "output")},
	{"cache_read", sumOf("usage", "cache_read")},
	{"cache_creation", sumOf("usage", "cache_creation")},
	{"requests", sumOf("usage", "requests")},
	{"unpriced", sumOf("usage", "unpriced")},
	{"errors", sumOf("usage", "errors")},
	{"tools", sumOf("tool_calls", "calls")},
	{"tool_failures", sumOf("tool_calls", "failures")},
	{"tool_rejections", sumOf("tool_calls", "rejections")},
}

// promptSumOf maps sums of facts to the index in promptSums.
var promptSumOf = func() map[factSum]int {
	of := map[factSum]int{}
	for i, s := range promptSums {
		of[s.of] = i
	}
	return of
}()
