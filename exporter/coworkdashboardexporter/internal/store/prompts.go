package store

import (
	"slices"
	"strings"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/cowork-otel/collector/internal/cowork"
)

// promptSums are the sums of a prompt.
type promptSums struct {
	Cost, Input, Output, Requests, Errors, Tools, ToolFailures, ToolRejects int64
	Start, Finish                                                           int64 // in nanoseconds
}

// addSums adds the sums of another part of the prompt.
func (s *promptSums) addSums(o promptSums) {
	if s.Start == 0 {
		s.Start, s.Finish = o.Start, o.Finish
	}
	if o.Start != 0 {
		s.Start, s.Finish = min(s.Start, o.Start), max(s.Finish, o.Finish)
	}
	for _, p := range [...]struct {
		to *int64
		n  int64
	}{
		{&s.Cost, o.Cost},
		{&s.Input, o.Input},
		{&s.Output, o.Output},
		{&s.Requests, o.Requests},
		{&s.Errors, o.Errors},
		{&s.Tools, o.Tools},
		{&s.ToolFailures, o.ToolFailures},
		{&s.ToolRejects, o.ToolRejects},
	} {
		*p.to = plus(*p.to, p.n)
	}
}

// A promptDelta holds the sums and steps of one prompt since the last flush.
type promptDelta struct {
	session   string
	user, org uint32
	events    promptSums  // of its events
	summary   *promptSums // of its summaries
	models    []string
	steps     []step
	cut       int64
}

// maxModels bounds the models of a prompt.
const maxModels = 8

// promptOf returns the delta of an event's prompt, nil if the event has none. If there
// are too many prompts, the one that arrived first is dropped.
func (in *intake) promptOf(e cowork.Event, m eventKey) *promptDelta {
	id := shorten(e.PromptID())
	if id == "" || in.set.MaxPrompts == 0 {
		return nil
	}
	p := in.d.prompts[id]
	if p == nil {
		if len(in.d.prompts) >= min(in.set.MaxPrompts, maxPendingPrompts) {
			in.d.room += 1 + len(in.d.prompts[in.d.order[0]].steps)
			delete(in.d.prompts, in.d.order[0])
			in.d.order = in.d.order[1:]
			in.stats.PromptsDropped++
		}
		p = &promptDelta{session: shorten(e.SessionID())}
		in.d.prompts[id] = p
		in.d.order = append(in.d.order, id)
		in.d.room--
	}
	if p.user == noName {
		p.user = m.user
	}
	if p.org == noName {
		p.org = m.org
	}
	return p
}

// maxPendingPrompts bounds the prompts of one delta, and so the duration of a commit.
const maxPendingPrompts = 1000

// step adds an event to its prompt.
func (in *intake) step(e cowork.Event, name string, m eventKey) {
	kind, known := steps[name]
	if !known {
		return
	}
	p := in.promptOf(e, m)
	if p == nil {
		return
	}
	s := promptSums{Start: m.unix, Finish: m.unix}
	if ms, ok := in.milliseconds(e); ok && !kind.instant {
		s.Start -= int64(ms * float64(time.Millisecond))
	}
	if kind.sum != nil {
		kind.sum(in, e, &s)
	}
	p.events.addSums(s)
	p.names(e.Dimension("model"))
	if kind.hidden != nil && kind.hidden(e) {
		return
	}
	if len(p.steps) >= in.set.MaxSteps {
		p.cut++
		in.stats.StepsDropped++
		return
	}
	p.steps = append(p.steps, kind.read(e, name, s))
	in.d.room--
}

func (p *promptDelta) names(model string) {
	model = strings.ReplaceAll(shorten(model), "\n", " ") // models are stored one per line
	if model != "" && len(p.models) < maxModels && !slices.Contains(p.models, model) {
		p.models = append(p.models, model)
	}
}

// summary adds a summary of cowork_correlation, which covers a part of a prompt.
func (in *intake) summary(e cowork.Event, m eventKey) {
	p := in.promptOf(e, m)
	if p == nil {
		return
	}
	s := promptSums{Start: m.unix, Finish: m.unix}
	read := func(to *int64, key string) {
		if n, ok := e.Int(key); in.valid(e, float64(n), ok, maxNumber, key) {
			*to = n
		}
	}
	read(&s.Input, "cowork.prompt.input_tokens")
	read(&s.Output, "cowork.prompt.output_tokens")
	read(&s.Requests, "cowork.prompt.api_request_count")
	read(&s.Errors, "cowork.prompt.api_error_count")
	read(&s.Tools, "cowork.prompt.tool_count")
	read(&s.ToolFailures, "cowork.prompt.tool_failure_count")
	read(&s.ToolRejects, "cowork.prompt.tool_reject_count")
	var ms int64
	read(&ms, "cowork.prompt.duration_ms")
	s.Start -= min(ms, maxMilliseconds) * int64(time.Millisecond)
	const cost = "cowork.prompt.cost_usd"
	if usd, ok := e.Float(cost); in.valid(e, usd, ok, maxNumber/1e6, cost) {
		s.Cost = int64(usd*1e6 + 0.5)
	}
	if p.summary == nil {
		p.summary = &promptSums{}
	}
	p.summary.addSums(s)
	if v, ok := e.Value("cowork.prompt.models"); ok && v.Type() == pcommon.ValueTypeSlice {
		for i := range min(v.Slice().Len(), maxModels) {
			p.names(v.Slice().At(i).Str())
		}
	}
}
