package synthetic

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
)

// A tool is something that the model may call.
type tool struct {
	name    string
	median  time.Duration // how long a call takes
	hooked  bool          // hooks match it
	edits   bool          // it changes files, which a meter counts
	errors  []toolError
	details func(*session) callDetails
}

// callDetails are what a call says about itself where tool details are exported.
type callDetails struct {
	parameters string // tool_parameters, JSON; empty where the tool has none
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

// tools is what is called how often in a prompt. Skill and Agent are called by
// the prompt's own chances (rates.go).
var tools = []share[*tool]{
	{47, &tool{name: "Bash", median: 900 * time.Millisecond, hooked: true, errors: shellErrors, details: bashDetails}},
	{21, &tool{name: "Read", median: 14 * time.Millisecond, errors: fileErrors, details: fileDetails}},
	{9, &tool{name: "Edit", median: 22 * time.Millisecond, hooked: true, edits: true, errors: fileErrors, details: editDetails}},
	{4, &tool{name: "Write", median: 18 * time.Millisecond, hooked: true, edits: true, errors: fileErrors, details: fileDetails}},
	{5, &tool{name: "Grep", median: 45 * time.Millisecond, errors: fileErrors, details: searchDetails}},
	{3, &tool{name: "WebFetch", median: 2400 * time.Millisecond, errors: webErrors, details: webDetails}},
	{11, &tool{name: mcpTool, median: 700 * time.Millisecond, errors: mcpErrors, details: connectorDetails}},
}

// mcpTool is what the client calls every tool of a connector.
const mcpTool = "mcp_tool"

var (
	skillTool = &tool{name: "Skill", median: 20 * time.Millisecond, errors: fileErrors, details: skillDetails}
	agentTool = &tool{name: "Agent", median: time.Second, errors: fileErrors, details: agentDetails}
)

// quote returns a string as JSON, the way the client writes it: without the
// escapes that Go adds for the sake of HTML.
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

func (s *session) file() string {
	name := strings.ReplaceAll(s.d.topic(), " ", "-")
	return s.workspace() + s.separator() + name + pick(s.d, []string{".md", ".xlsx", ".csv", ".docx", ".pdf"})
}

func bashDetails(s *session) callDetails {
	command := fmt.Sprintf(pick(s.d, []string{
		"ls -la %s", "wc -l %s", "python3 convert.py %s", "head -n 40 %s", "sort -u %s | tee sorted.csv", "git log --oneline -- %s", "pandoc %s -o out.pdf",
	}), quote(s.file()))
	if s.d.chance(inputPII) {
		command += " # " + s.d.exposed()
	}
	first, _, _ := strings.Cut(command, " ")
	about := "Work on the " + s.d.topic()
	return callDetails{
		parameters: object("bash_command", first, "full_command", command, "description", about),
		input:      object("command", command, "description", about),
	}
}

func fileDetails(s *session) callDetails {
	return callDetails{input: object("file_path", s.file())}
}

func editDetails(s *session) callDetails {
	after := "The " + s.d.topic() + " follow on page 2."
	if s.d.chance(inputPII) {
		after += " Ask for " + s.d.exposed() + "."
	}
	return callDetails{input: object("file_path", s.file(), "old_string", "To be written.", "new_string", after)}
}

func searchDetails(s *session) callDetails {
	return callDetails{input: object("pattern", s.d.topic(), "path", s.workspace())}
}

func webDetails(s *session) callDetails {
	page := "https://www.example.org/" + strings.ReplaceAll(s.d.topic(), " ", "-")
	if s.d.chance(inputPII) {
		page += "?token=" + s.d.token(base62, 32)
	}
	return callDetails{input: object("url", page, "prompt", "List the facts")}
}

func skillDetails(s *session) callDetails {
	k := draw(s.d, s.plot.skills(s.seat, s.cursor))
	return callDetails{parameters: object("skill_name", k.name), input: object("skill", k.name), skill: k}
}

func agentDetails(s *session) callDetails {
	a := draw(s.d, agents)
	return callDetails{
		parameters: object("subagent_type", a.name),
		input:      object("description", "Look into the "+s.d.topic(), "prompt", s.d.prompt(), "subagent_type", a.name),
		agent:      a,
	}
}

func connectorDetails(s *session) callDetails {
	c := pick(s.d, s.connected)
	method := pick(s.d, c.methods)
	input := object("query", s.d.topic())
	if s.d.chance(inputPII * 3) { // connectors are where the customers are
		input = object("query", s.d.topic(), "about", s.d.exposed())
	}
	return callDetails{parameters: object("mcp_server_name", c.name, "mcp_tool_name", method), input: input, connector: c, method: method}
}
