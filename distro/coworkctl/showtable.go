package main

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/prompt"
)

const timeFormat = "2006-01-02 15:04:05"

// listPrompts writes one line per prompt. The cost is the client's estimate.
func listPrompts(out io.Writer, histories []prompt.History) error {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "started (UTC)\tprompt\tuser\tmodels\trequests\ttools\tfailed\terrors\test. cost\ttook")
	for _, h := range histories {
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%d\t%d\t%d\t%d\t$%.4f\t%s\n",
			h.Start.AsTime().Format(timeFormat), h.PromptID, shorten(userOf(h)), printable(strings.Join(h.Models, " ")),
			h.Sums[prompt.APIRequests], h.Sums[prompt.Tools], h.Sums[prompt.ToolFailures], h.Sums[prompt.APIErrors],
			h.CostUSD(), roundDuration(durationOf(h)))
	}
	return table.Flush()
}

func durationOf(h prompt.History) time.Duration { return h.End.AsTime().Sub(h.Start.AsTime()) }

// userOf returns the user of a prompt, from its first event that has one.
func userOf(h prompt.History) string {
	for _, e := range h.Events {
		if user := e.User(); user != "" {
			return user
		}
	}
	return ""
}

// writeHistory writes the totals of a prompt, and its events in order, with their content
// if it is set.
func writeHistory(out io.Writer, h prompt.History, content bool) error {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, line := range [...][2]string{
		{"prompt", h.PromptID},
		{"trace", h.ID.String()},
		{"session", printable(h.SessionID)},
		{"user", printable(userOf(h))},
		{"started", h.Start.AsTime().Format(timeFormat) + " UTC, took " + roundDuration(durationOf(h))},
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
	var events bytes.Buffer
	table = tabwriter.NewWriter(&events, 0, 0, 2, ' ', 0)
	header := "after\tkind\tsubject\toutcome\ttook"
	if content {
		header += "\tcontent"
	}
	fmt.Fprintln(table, header)
	for _, e := range h.Events {
		subject, outcome := describe(e)
		after := fmt.Sprintf("%.3f s", e.Time().AsTime().Sub(h.Start.AsTime()).Seconds())
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s", after, printable(e.Name()), printable(subject), printable(outcome), eventDuration(e))
		if content {
			fmt.Fprint(table, "\t", printableUpTo(contentOf(e), maxContentRunes))
		}
		fmt.Fprintln(table)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	for line := range bytes.Lines(events.Bytes()) { // cells at the end of a line can be empty
		fmt.Fprintf(out, "%s\n", bytes.TrimRight(line, " \n"))
	}
	return nil
}

func eventDuration(e cowork.Event) string {
	if d, ok := cowork.DurationOf(e); ok {
		return roundDuration(d)
	}
	return ""
}

// describe returns what an event is about and its outcome.
func describe(e cowork.Event) (subject, outcome string) {
	if d := descriptions[e.Name()]; d != nil {
		return d(e)
	}
	return "", ""
}

// descriptions has a description by kind of event.
var descriptions = map[string]func(cowork.Event) (subject, outcome string){
	"user_prompt": func(e cowork.Event) (string, string) {
		p, _ := cowork.UserPromptOf(e)
		return quantity(p.Length, "characters"), ""
	},
	"assistant_response": func(e cowork.Event) (string, string) {
		r, _ := cowork.AssistantResponseOf(e)
		return r.Model(), quantity(r.Length, "characters")
	},
	"api_request": func(e cowork.Event) (string, string) {
		r, _ := cowork.APIRequestOf(e)
		cost, _ := r.CostUSD()
		return r.Model(), fmt.Sprintf("$%.6f, %s, %s", cost, quantity(r.InputTokens, "in"), quantity(r.OutputTokens, "out"))
	},
	"api_error": func(e cowork.Event) (string, string) {
		r, _ := cowork.APIErrorOf(e)
		return r.Model(), strings.TrimSpace(quantity(r.StatusCode, "") + quantity(r.Attempt, "attempts"))
	},
	"api_refusal": func(e cowork.Event) (string, string) {
		r, _ := cowork.APIRefusalOf(e)
		return r.Model(), "refused"
	},
	"tool_decision": func(e cowork.Event) (string, string) {
		d, _ := cowork.ToolDecisionOf(e)
		return toolName(d.Connector(), d.Tool()), d.Decision() + " by " + d.Source()
	},
	"tool_result": func(e cowork.Event) (string, string) {
		r, _ := cowork.ToolResultOf(e)
		outcome := "failed " + r.ErrorType()
		if success, ok := r.Success(); ok && success {
			outcome = "ok"
		}
		return toolName(r.Connector(), r.Tool()), outcome
	},
	"mcp_server_connection": func(e cowork.Event) (string, string) {
		c, _ := cowork.MCPConnectionOf(e)
		return c.Connector(), c.Status() + " " + c.ErrorCode()
	},
	"hook_execution_start":    describeHook,
	"hook_execution_complete": describeHook,
	"skill_activated": func(e cowork.Event) (string, string) {
		s, _ := cowork.SkillActivatedOf(e)
		return s.Skill(), ""
	},
	"subagent_completed": func(e cowork.Event) (string, string) {
		s, _ := cowork.SubagentCompletedOf(e)
		return s.AgentType(), ""
	},
}

func describeHook(e cowork.Event) (subject, outcome string) {
	name, _ := e.Str("hook_name")
	return name, ""
}

func toolName(connector, name string) string {
	if connector == "" {
		return name
	}
	return name + " of " + connector
}

func quantity(get func() (int64, bool), of string) string {
	n, ok := get()
	if !ok {
		return ""
	}
	return fmt.Sprintf("%d %s", n, of)
}
