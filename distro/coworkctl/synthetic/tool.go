package synthetic

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
)

// A tool is a tool of the model.
type tool struct {
	name    string
	median  time.Duration // median duration
	hooked  bool          // matched by hooks
	edits   bool          // changes files
	errors  []toolError
	details func(*session) callDetails
}

// callDetails are the parameters of a call, exported with tool details.
type callDetails struct {
	parameters string // tool_parameters, JSON; empty if the tool has none
	input      string // tool_input, JSON
	connector  *connector
	method     string // the connector's tool
	skill      *skill
	agent      *agent
}

type toolError struct{ kind, text string }

var (
	shellErrors = []toolError{
		{"ShellError", "Shell command failed"},
		{"ShellError", "ls: cannot access '%s': No such file or directory"},
		{"ShellError", "Exit code 1"},
	}
	fileErrors = []toolError{{"Error:ENOENT", "File does not exist: %s"}, {"TelemetrySafeError", "File has not been read yet."}}
	webErrors  = []toolError{{"DomainCheckFailedError", "Unable to verify if domain %s is safe to fetch."}, {"Error", "Request failed with status code 404"}}
	mcpErrors  = []toolError{{"McpToolCallError", "authorisation expired for %s"}, {"McpToolCallError", "upstream answered 503"}, {"McpToolCallError", "no such record"}}
)

// tools are weighted by the frequency of their calls. Skill and Agent calls have
// rates of their own per prompt (rates.go).
var tools = []weighted[*tool]{
	{47, &tool{name: "Bash", median: 900 * time.Millisecond, hooked: true, errors: shellErrors, details: bashDetails}},
	{21, &tool{name: "Read", median: 14 * time.Millisecond, errors: fileErrors, details: fileDetails}},
	{9, &tool{name: "Edit", median: 22 * time.Millisecond, hooked: true, edits: true, errors: fileErrors, details: editDetails}},
	{4, &tool{name: "Write", median: 18 * time.Millisecond, hooked: true, edits: true, errors: fileErrors, details: fileDetails}},
	{5, &tool{name: "Grep", median: 45 * time.Millisecond, errors: fileErrors, details: searchDetails}},
	{3, &tool{name: "WebFetch", median: 2400 * time.Millisecond, errors: webErrors, details: webDetails}},
	{11, &tool{name: mcpTool, median: 700 * time.Millisecond, errors: mcpErrors, details: connectorDetails}},
}

// mcpTool is the tool_name of all tools of connectors.
const mcpTool = "mcp_tool"

var (
	skillTool = &tool{name: "Skill", median: 20 * time.Millisecond, errors: fileErrors, details: skillDetails}
	agentTool = &tool{name: "Agent", median: time.Second, errors: fileErrors, details: agentDetails}
)

// quote returns a string as JSON without HTML escapes, as clients write it.
func quote(s string) string {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil {
		panic(err) // a string always encodes
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// object returns a JSON object of string members, keys and values in turn.
func object(members ...string) string {
	var list []string
	for member := range slices.Chunk(members, 2) {
		list = append(list, quote(member[0])+":"+quote(member[1]))
	}
	return "{" + strings.Join(list, ",") + "}"
}

// filePath returns the path of a random file in the workspace.
func filePath(s *session) string {
	name := strings.ReplaceAll(topicText(s.rng), " ", "-")
	return s.workspace() + s.pathSeparator() + name + pick(s.rng, []string{".md", ".xlsx", ".csv", ".docx", ".pdf"})
}

func bashDetails(s *session) callDetails {
	command := fmt.Sprintf(pick(s.rng, []string{
		"ls -la %s", "wc -l %s", "python3 convert.py %s", "head -n 40 %s", "sort -u %s | tee sorted.csv", "git log --oneline -- %s", "pandoc %s -o out.pdf",
	}), quote(filePath(s)))
	if s.rng.chance(inputPII) {
		command += " # " + s.sensitiveText()
	}
	first, _, _ := strings.Cut(command, " ")
	about := "Work on the " + topicText(s.rng)
	return callDetails{
		parameters: object("bash_command", first, "full_command", command, "description", about),
		input:      object("command", command, "description", about),
	}
}

func fileDetails(s *session) callDetails {
	return callDetails{input: object("file_path", filePath(s))}
}

func editDetails(s *session) callDetails {
	after := "The " + topicText(s.rng) + " follow on page 2."
	if s.rng.chance(inputPII) {
		after += " Ask for " + s.sensitiveText() + "."
	}
	return callDetails{input: object("file_path", filePath(s), "old_string", "To be written.", "new_string", after)}
}

func searchDetails(s *session) callDetails {
	return callDetails{input: object("pattern", topicText(s.rng), "path", s.workspace())}
}

func webDetails(s *session) callDetails {
	page := "https://" + s.scenario.webHost(s.seat, s.cursor) + "/" + strings.ReplaceAll(topicText(s.rng), " ", "-")
	if s.rng.chance(inputPII) && s.scenario == nil {
		page += "?token=" + s.rng.token(base62, 32)
	}
	return callDetails{input: object("url", page, "prompt", "List the facts")}
}

func skillDetails(s *session) callDetails {
	k := pickWeighted(s.rng, s.scenario.skills(s.seat, s.cursor))
	return callDetails{parameters: object("skill_name", k.name), input: object("skill", k.name), skill: k}
}

func agentDetails(s *session) callDetails {
	a := pickWeighted(s.rng, agents)
	return callDetails{
		parameters: object("subagent_type", a.name),
		input:      object("description", "Look into the "+topicText(s.rng), "prompt", promptText(s.rng), "subagent_type", a.name),
		agent:      a,
	}
}

func connectorDetails(s *session) callDetails {
	c := pick(s.rng, s.connected)
	method := pick(s.rng, c.methods)
	input := object("query", topicText(s.rng))
	if s.rng.chance(inputPII * 3) { // connector input often has customer data
		input = object("query", topicText(s.rng), "about", s.sensitiveText())
	}
	if s.scenario.leaks(c, s.cursor) {
		input = object("query", topicText(s.rng), "about", leakedSecret(s.rng))
	}
	return callDetails{parameters: object("mcp_server_name", c.name, "mcp_tool_name", method), input: input, connector: c, method: method}
}
