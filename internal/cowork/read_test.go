package cowork

import "time"

// readAll reads every attribute of an event and returns a value that depends on them.
func readAll(e Event) (n int) {
	n = len(e.Name()) + len(e.PromptID()) + len(e.SessionID()) + len(e.ClientVersion()) + len(e.User()) + int(e.Time())
	for name := range dimensions {
		n += len(e.Dimension(name))
	}
	for _, key := range []string{"duration_ms", "success", "cost_usd", "tool_parameters", "prompt"} {
		i, _ := e.Int(key)
		f, _ := e.Float(key)
		b, _ := e.Bool(key)
		if b && f > 0 {
			n += int(i)
		}
	}
	sequence, _ := e.Sequence()
	if e.Desktop() || IsCowork(e, nil) {
		n += int(sequence)
	}
	return n + readAPI(e) + readTools(e) + readRest(e)
}

func readAPI(e Event) (n int) {
	if r, ok := APIRequestOf(e); ok {
		n += sum(r.CostMicros) + sum(r.InputTokens) + sum(r.OutputTokens) + sum(r.CacheReadTokens) + sum(r.CacheCreationTokens)
		usd, _ := r.CostUSD()
		n += int(usd) + length(r.Duration) + len(r.Model())
	}
	if r, ok := APIErrorOf(e); ok {
		n += sum(r.StatusCode) + sum(r.Attempt) + length(r.Duration) + len(r.Model())
	}
	if r, ok := APIRefusalOf(e); ok {
		n += len(r.Model())
	}
	if r, ok := AssistantResponseOf(e); ok {
		n += sum(r.Length) + len(r.Model())
	}
	return n
}

func readTools(e Event) (n int) {
	if r, ok := ToolResultOf(e); ok {
		if success, _ := r.Success(); success {
			n++
		}
		n += length(r.Duration) + len(r.Tool()) + len(r.Connector()) + len(r.ErrorType())
	}
	if d, ok := ToolDecisionOf(e); ok && !d.Rejected() {
		n += len(d.Tool()) + len(d.Connector()) + len(d.Decision()) + len(d.Source())
	}
	if c, ok := MCPConnectionOf(e); ok {
		n += len(c.Connector()) + len(c.Status()) + len(c.ErrorCode())
	}
	return n
}

func readRest(e Event) (n int) {
	if p, ok := UserPromptOf(e); ok {
		n += sum(p.Length)
	}
	if s, ok := SkillActivatedOf(e); ok {
		n += len(s.Skill())
	}
	if s, ok := SubagentCompletedOf(e); ok {
		n += len(s.AgentType()) + length(s.Duration)
	}
	return n
}

func sum(read func() (int64, bool)) int {
	n, _ := read()
	return int(n)
}

func length(read func() (time.Duration, bool)) int {
	d, _ := read()
	return int(d)
}
