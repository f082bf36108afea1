package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"
	"unicode"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/prompt"
)

const clock = "2006-01-02 15:04:05"

// listPrompts writes a line for each prompt. What a prompt cost is the client's estimate.
func listPrompts(out io.Writer, histories []prompt.History) error {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "started (UTC)\tprompt\tuser\tmodels\trequests\ttools\tfailed\terrors\test. cost\ttook")
	for _, h := range histories {
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%d\t%d\t%d\t%d\t$%.4f\t%s\n",
			h.Start.AsTime().Format(clock), h.PromptID, short(userOf(h)), shown(strings.Join(h.Models, " ")),
			h.Sums[prompt.APIRequests], h.Sums[prompt.Tools], h.Sums[prompt.ToolFailures], h.Sums[prompt.APIErrors],
			h.CostUSD(), span(took(h)))
	}
	return table.Flush()
}

func took(h prompt.History) time.Duration { return h.End.AsTime().Sub(h.Start.AsTime()) }

// userOf returns who typed a prompt, as its first event that says so has it.
func userOf(h prompt.History) string {
	for _, e := range h.Events {
		if user := e.User(); user != "" {
			return user
		}
	}
	return ""
}

// writeHistory writes what a prompt added up to, and its events in order.
func writeHistory(out io.Writer, h prompt.History) error {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, line := range [...][2]string{
		{"prompt", h.PromptID},
		{"trace", h.ID.String()},
		{"session", shown(h.SessionID)},
		{"user", shown(userOf(h))},
		{"started", h.Start.AsTime().Format(clock) + " UTC, took " + span(took(h))},
		{"requests", fmt.Sprintf("%d, %d errors, %d refusals", h.Sums[prompt.APIRequests], h.Sums[prompt.APIErrors], h.Sums[prompt.APIRefusals])},
		{"tools", fmt.Sprintf("%d, %d failed, %d rejected", h.Sums[prompt.Tools], h.Sums[prompt.ToolFailures], h.Sums[prompt.ToolRejects])},
		{"tokens", fmt.Sprintf("%d in, %d out, %d read from the cache, %d written to it",
			h.Sums[prompt.InputTokens], h.Sums[prompt.OutputTokens], h.Sums[prompt.CacheReadTokens], h.Sums[prompt.CacheCreationTokens])},
		{"cost", fmt.Sprintf("$%.6f, the client's estimate", h.CostUSD())},
	} {
		fmt.Fprintf(table, "%s\t%s\n", line[0], line[1])
	}
	if err := table.Flush(); err != nil {
		return err
	}
	fmt.Fprintln(out)
	fmt.Fprintln(table, "after\tkind\twhat\tcame of it\ttook")
	for _, e := range h.Events {
		what, outcome := about(e)
		after := fmt.Sprintf("%.3f s", e.Time().AsTime().Sub(h.Start.AsTime()).Seconds())
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\n", after, shown(e.Name()), shown(what), shown(outcome), duration(e))
	}
	return table.Flush()
}

func duration(e cowork.Event) string {
	if d, ok := cowork.DurationOf(e); ok {
		return span(d)
	}
	return ""
}

// about says what an event is about and what came of it.
func about(e cowork.Event) (what, outcome string) {
	if tell := telling[e.Name()]; tell != nil {
		return tell(e)
	}
	return "", ""
}

// telling has what is worth telling of each kind.
var telling = map[string]func(cowork.Event) (what, outcome string){
	"user_prompt": func(e cowork.Event) (string, string) {
		p, _ := cowork.UserPromptOf(e)
		return counted(p.Length, "characters"), ""
	},
	"assistant_response": func(e cowork.Event) (string, string) {
		r, _ := cowork.AssistantResponseOf(e)
		return r.Model(), counted(r.Length, "characters")
	},
	"api_request": func(e cowork.Event) (string, string) {
		r, _ := cowork.APIRequestOf(e)
		cost, _ := r.CostUSD()
		return r.Model(), fmt.Sprintf("$%.6f, %s, %s", cost, counted(r.InputTokens, "in"), counted(r.OutputTokens, "out"))
	},
	"api_error": func(e cowork.Event) (string, string) {
		r, _ := cowork.APIErrorOf(e)
		return r.Model(), strings.TrimSpace(counted(r.StatusCode, "") + counted(r.Attempt, "attempts"))
	},
	"api_refusal": func(e cowork.Event) (string, string) {
		r, _ := cowork.APIRefusalOf(e)
		return r.Model(), "refused"
	},
	"tool_decision": func(e cowork.Event) (string, string) {
		d, _ := cowork.ToolDecisionOf(e)
		return tool(d.Connector(), d.Tool()), d.Decision() + " by " + d.Source()
	},
	"tool_result": func(e cowork.Event) (string, string) {
		r, _ := cowork.ToolResultOf(e)
		outcome := "failed " + r.ErrorType()
		if success, ok := r.Success(); ok && success {
			outcome = "ok"
		}
		return tool(r.Connector(), r.Tool()), outcome
	},
	"mcp_server_connection": func(e cowork.Event) (string, string) {
		c, _ := cowork.MCPConnectionOf(e)
		return c.Connector(), c.Status() + " " + c.ErrorCode()
	},
	"hook_execution_start":    aboutHook,
	"hook_execution_complete": aboutHook,
	"skill_activated": func(e cowork.Event) (string, string) {
		s, _ := cowork.SkillActivatedOf(e)
		return s.Skill(), ""
	},
	"subagent_completed": func(e cowork.Event) (string, string) {
		s, _ := cowork.SubagentCompletedOf(e)
		return s.AgentType(), ""
	},
}

func aboutHook(e cowork.Event) (what, outcome string) {
	name, _ := e.Str("hook_name")
	return name, ""
}

func tool(connector, name string) string {
	if connector == "" {
		return name
	}
	return name + " of " + connector
}

func counted(get func() (int64, bool), of string) string {
	n, ok := get()
	if !ok {
		return ""
	}
	return fmt.Sprintf("%d %s", n, of)
}

// short is shown in the width of a UUID.
func short(text string) string {
	if r := []rune(text); len(r) > 36 {
		text = string(r[:35]) + "…"
	}
	return shown(text)
}

// shownMost bounds what a cell shows.
const shownMost = 60

// shown returns text that came from outside as a terminal may show it: short, on
// one line, without the characters that steer it.
func shown(text string) string {
	var b strings.Builder
	n := 0
	for _, r := range text {
		if n++; n > shownMost {
			return b.String() + "…"
		}
		if !unicode.IsPrint(r) {
			r = '·'
		}
		b.WriteRune(r)
	}
	return strings.TrimSpace(b.String())
}
