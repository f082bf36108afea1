package coworkredactionprocessor

import (
	"strings"
	"sync"

	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/cowork-otel/collector/processor/coworkredactionprocessor/internal/jsontext"
	"github.com/cowork-otel/collector/processor/coworkredactionprocessor/internal/repeat"
)

// The bounds of the prompts of one batch whose repetitions are found.
const (
	maxPrompts     = 1024
	maxPromptBytes = 256 << 10
)

// prompts are the prompts of one batch. It is not safe for concurrent use.
type prompts struct {
	texts []string
	seen  map[string]struct{}
	bytes int
	over  int64 // prompts that exceed the bounds
	index repeat.Index
	found []repeat.Range
}

var promptsPool = sync.Pool{New: func() any { return &prompts{seen: map[string]struct{}{}} }}

// collectPrompts collects the prompts of a map before they are replaced. Only those of
// Cowork's clients count: the prompts of other services are text like any other.
func collectPrompts(r *redactor, m pcommon.Map, depth int) {
	if !r.client {
		return
	}
	for key, value := range m.All() {
		if rule := r.promptKeys.rule(key); rule != nil {
			if r.prompts == nil {
				r.prompts = promptsPool.Get().(*prompts)
			}
			r.prompts.collect(rule, value, depth)
		} else {
			collectIn(r, value, depth)
		}
	}
}

// collectIn collects the prompts of the maps in a value.
func collectIn(r *redactor, v pcommon.Value, depth int) {
	switch {
	case depth > maxDepth:
	case v.Type() == pcommon.ValueTypeMap && v.Map() != (pcommon.Map{}):
		collectPrompts(r, v.Map(), depth+1)
	case v.Type() == pcommon.ValueTypeSlice && v.Slice() != (pcommon.Slice{}):
		for _, inner := range v.Slice().All() {
			collectIn(r, inner, depth+1)
		}
	}
}

// indexPrompts ends the collection of prompts.
func indexPrompts(r *redactor) {
	r.collecting = false
	if r.prompts == nil {
		return
	}
	if over := r.prompts.over; over > 0 {
		r.counters.limits[limitPrompts] += over
	}
	if r.prompts.index.Reset(r.prompts.texts); r.prompts.index.Empty() {
		r.prompts.release()
		r.prompts = nil
	}
}

// release forgets the prompts, and returns the memory to the pool.
func (p *prompts) release() {
	clear(p.texts)
	clear(p.seen)
	p.texts, p.bytes, p.over = p.texts[:0], 0, 0
	promptsPool.Put(p)
}

// collect adds the texts of a value.
func (p *prompts) collect(rule *keyRule, v pcommon.Value, depth int) {
	switch v.Type() {
	case pcommon.ValueTypeStr:
		p.collectText(rule, v.Str())
	case pcommon.ValueTypeBytes:
		if b := v.Bytes(); b != (pcommon.ByteSlice{}) {
			p.collectText(rule, string(b.AsRaw()))
		}
	case pcommon.ValueTypeMap:
		if m := v.Map(); m != (pcommon.Map{}) && depth < maxDepth {
			for _, inner := range m.All() {
				p.collect(rule, inner, depth+1)
			}
		}
	case pcommon.ValueTypeSlice:
		if list := v.Slice(); list != (pcommon.Slice{}) && depth < maxDepth {
			for _, inner := range list.All() {
				p.collect(rule, inner, depth+1)
			}
		}
	default: // numbers and booleans are no text
	}
}

// collectText adds a text: the strings of messages in JSON, else what people wrote.
func (p *prompts) collectText(rule *keyRule, text string) {
	if rule.json && jsontext.Valid(text) {
		for s := range jsontext.Strings(text) {
			if !s.IsKey {
				p.insert(jsontext.Decode(text[s.Start:s.End]))
			}
		}
		return
	}
	if rule.label != newContext || !strings.Contains(text, toolResult) {
		p.insert(withoutHeader(text))
		return
	}
	skipped := false
	for part := range strings.SplitSeq(text, contextSeparator) {
		prompt := withoutHeader(part)
		switch {
		case len(prompt) < len(part):
			skipped = false
		case strings.HasPrefix(part, toolResult):
			skipped = true
		}
		if !skipped {
			p.insert(prompt)
		}
	}
}

// withoutHeader returns a part of new_context without the header of a prompt.
func withoutHeader(part string) string {
	for _, header := range promptHeaders {
		if rest, ok := strings.CutPrefix(part, header); ok {
			return rest
		}
	}
	return part
}

// The attribute with the new messages of a request, and its parts: prompts, and results of
// tools, which are no prompt.
const (
	newContext       = "new_context"
	contextSeparator = "\n\n---\n\n"
	toolResult       = "[TOOL RESULT: "
)

var promptHeaders = []string{"[USER PROMPT]\n", "[USER]\n"}

// insert adds a prompt, within the bounds.
func (p *prompts) insert(text string) {
	if _, ok := p.seen[text]; ok || len(text) < repeat.Least {
		return
	}
	if len(p.texts) == maxPrompts || p.bytes+len(text) > maxPromptBytes {
		p.over++
		return
	}
	p.seen[text] = struct{}{}
	p.texts = append(p.texts, text)
	p.bytes += len(text)
}

// promptKeys are the attributes with prompts that are replaced.
type promptKeys struct {
	rules   map[string]*keyRule
	lengths [256]uint64 // of the keys, by their first byte
}

// newPromptKeys returns the keys whose values are prompts that are replaced.
func newPromptKeys(rules map[string]*keyRule) *promptKeys {
	keys := &promptKeys{rules: map[string]*keyRule{}}
	for key, rule := range rules {
		if rule.prompt {
			keys.rules[key] = rule
			keys.lengths[key[0]] |= 1 << min(len(key), 63)
		}
	}
	return keys
}

// rule returns the rule of a key with prompts, nil for any other key.
func (k *promptKeys) rule(key string) *keyRule {
	if key == "" {
		return nil
	}
	if k.lengths[key[0]]>>min(len(key), 63)&1 == 1 {
		if rule := k.rules[key]; rule != nil {
			return rule
		}
	}
	if strings.HasPrefix(key, genAI) {
		return k.rules[indexedKey(key)]
	}
	return nil
}
