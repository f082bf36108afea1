package steps

import (
	"bytes"
	"cmp"
	"encoding/json"
	"strings"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
)

// A Content is a text of a step: the members of a JSON object, or a text.
type Content struct {
	Label   string
	Members []Member
	Text    string
	Missing string // what is not shown, "" for nothing
}

// A Member is a member of a JSON object: its text, or its value as JSON.
type Member struct{ Name, Text string }

// labels are the titles of contents by attribute.
var labels = map[string]string{
	"tool_input": "Input", "tool_parameters": "Parameters", "error": "Error", "prompt": "Prompt", "prompt_text": "Prompt", "response": "Answer",
}

// maxMembers bounds the members of an object that are shown.
const maxMembers = 50

func newContent(c report.StepContent) Content {
	view := Content{Label: cmp.Or(labels[c.Name], c.Name)}
	if c.Missing > 0 {
		view.Missing = "and " + format.Number(float64(c.Missing), "By") + " more, not stored"
	}
	members, isObject := membersOf(c.Text)
	if !isObject {
		view.Text = indent([]byte(c.Text))
		return view
	}
	if n := len(members) - maxMembers; n > 0 {
		view.Missing, members = "and "+format.Count(float64(n))+" more members", members[:maxMembers]
	}
	view.Members = members
	return view
}

// membersOf returns the members of a JSON object in their order, false for any other text.
func membersOf(text string) (members []Member, isObject bool) {
	if !json.Valid([]byte(text)) {
		return nil, false
	}
	d := json.NewDecoder(strings.NewReader(text))
	if brace, err := d.Token(); err != nil || brace != json.Delim('{') {
		return nil, false
	}
	for d.More() {
		name, err := d.Token()
		var value json.RawMessage
		if err != nil || d.Decode(&value) != nil {
			return nil, false
		}
		shown, _ := format.Name(name.(string))
		var quoted string
		if value[0] == '"' && json.Unmarshal(value, &quoted) == nil {
			members = append(members, Member{shown, format.SanitizeLines(quoted)})
		} else {
			members = append(members, Member{shown, indent(value)})
		}
	}
	return members, true
}

// maxIndented bounds the levels of JSON on several lines. Each further level would make
// all lines of it longer.
const maxIndented = 16

// indent returns a text as the page shows it, with JSON on several lines.
func indent(text []byte) string {
	depth := 0
	for _, c := range text {
		if c == '{' || c == '[' {
			depth++
		}
		if c == '}' || c == ']' {
			depth--
		}
		if depth > maxIndented {
			return format.SanitizeLines(string(text))
		}
	}
	var lines bytes.Buffer
	if json.Indent(&lines, text, "", "  ") == nil {
		return format.SanitizeLines(lines.String())
	}
	return format.SanitizeLines(string(text))
}

// gistMembers are the members of inputs that state what a tool does, the best first.
var gistMembers = []string{
	"command", "full_command", "bash_command", "file_path", "notebook_path", "path", "pattern", "url", "query", "skill", "skill_name",
	"description", "subject", "prompt", "to",
}

// maxGist is the length of a gist in runes.
const maxGist = 160

// gist returns what a step did, in a line, "" if that is not known.
func gist(contents []Content) string {
	for _, c := range contents {
		if c.Label == labels["error"] {
			continue
		}
		if c.Members == nil {
			return firstLine(c.Text)
		}
		for _, name := range gistMembers {
			for _, m := range c.Members {
				if m.Name == name && m.Text != "" {
					return firstLine(m.Text)
				}
			}
		}
	}
	return ""
}

// message returns the first line of the error of a step, "" if there is none.
func message(contents []Content) string {
	for _, c := range contents {
		if c.Label == labels["error"] {
			return firstLine(c.Text)
		}
	}
	return ""
}

func firstLine(text string) string {
	line, _, more := strings.Cut(strings.TrimSpace(text), "\n")
	if line = format.Truncate(line, maxGist); more && !strings.HasSuffix(line, "…") {
		line += " …"
	}
	return line
}
