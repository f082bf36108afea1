package ocsf

import (
	"path"
	"strings"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/schema"
)

// isTool reports whether events of a kind concern one call of a tool.
func isTool(kind string) bool { return kind == "tool_result" || kind == "tool_decision" }

// toolTable has the class of the built-in tools. The tools of connectors, and built-in
// tools without a row, are API Activity.
var toolTable = map[string]row{
	"Bash":       {processActivity, "Launch", fillProcess},
	"PowerShell": {processActivity, "Launch", fillProcess},
	"KillShell":  {processActivity, "Terminate", fillProcess},
	"KillBash":   {processActivity, "Terminate", fillProcess},

	"Read":         {fileActivity, "Read", fillFile(regularFile)},
	"NotebookRead": {fileActivity, "Read", fillFile(regularFile)},
	"Glob":         {fileActivity, "Read", fillFile(folder)},
	"Grep":         {fileActivity, "Read", fillFile(folder)},
	"LS":           {fileActivity, "Read", fillFile(folder)},
	"Write":        {fileActivity, "Update", fillFile(regularFile)},
	"Edit":         {fileActivity, "Update", fillFile(regularFile)},
	"MultiEdit":    {fileActivity, "Update", fillFile(regularFile)},
	"NotebookEdit": {fileActivity, "Update", fillFile(regularFile)},

	"WebFetch":  {webActivity, "Read", fillPage},
	"WebSearch": {webActivity, "Search", fillSearch},

	"CronCreate":     {jobActivity, "Create", fillJob},
	"CronDelete":     {jobActivity, "Delete", fillJob},
	"ScheduleWakeup": {jobActivity, "Create", fillJob},
}

// toolRow returns the row of the tool of an event.
func toolRow(d *document) row {
	if d.Dimension("connector") == "" {
		if row, ok := toolTable[d.text("tool_name")]; ok {
			return row
		}
	}
	return row{apiActivity, verbOf(d.Dimension("tool")), fillCall}
}

// verbs are the activities of the tools of connectors by the first word of their name.
var verbs = map[string]string{
	"create": "Create", "add": "Create", "insert": "Create", "post": "Create", "send": "Create", "upload": "Create",
	"get": "Read", "list": "Read", "read": "Read", "search": "Read", "fetch": "Read", "query": "Read", "find": "Read", "download": "Read",
	"update": "Update", "edit": "Update", "set": "Update", "write": "Update", "move": "Update", "rename": "Update",
	"delete": "Delete", "remove": "Delete", "drop": "Delete",
}

// verbOf returns the activity of a tool of a connector, Call if its name does not begin
// with a verb.
func verbOf(tool string) string {
	word, _, _ := strings.Cut(strings.NewReplacer("-", "_", ".", "_", " ", "_").Replace(tool), "_")
	for i := 1; i < len(word); i++ { // getIssue
		if word[i] >= 'A' && word[i] <= 'Z' {
			word = word[:i]
			break
		}
	}
	if name, ok := verbs[strings.ToLower(word)]; ok {
		return name
	}
	return "Call"
}

// argument returns the argument of a tool under the first of some keys that has one.
func argument(d *document, keys ...string) string {
	for _, key := range keys {
		if text := cowork.ToolArgumentOf(d.Event, key); text != "" {
			return text
		}
	}
	return ""
}

// fillOutcome writes whether the tool ran or was permitted. The tool that was rejected has
// the activity that was requested; one that was accepted has Permit, since its result
// reports the activity itself.
func fillOutcome(d *document) {
	d.use("tool_name")
	if d.kind == "tool_decision" {
		rejected := d.text("decision") == "reject"
		d.use("decision")
		fillControl(d, !rejected)
		outcome(d, !rejected)
		d.put(d.root, "status_detail", d.take("source"))
		if !rejected {
			d.activity = activity{otherID, "Permit"}
		}
		return
	}
	d.use("success")
	d.put(d.root, "status_code", d.take("error_type"))
	d.put(d.root, "status_detail", d.take("error"))
}

func fillProcess(d *document) {
	process := d.root.PutEmptyMap("process")
	uid := d.take("tool_use_id")
	if uid == "" {
		uid = argument(d, "shell_id", "bash_id")
	}
	d.putRequired(process, "uid", uid, unknownName)
	d.putRequired(process, "name", strings.ToLower(d.text("tool_name")), unknownName)
	d.put(process, "cmd_line", cowork.CommandOf(d.Event))
}

// The types of files.
var (
	regularFile = activity{1, "Regular File"}
	folder      = activity{2, "Folder"}
)

// fillFile returns the fill of a tool on a file of a type. The name is unknown, and the
// type with it, where clients do not send tool details.
func fillFile(kind activity) func(*document) {
	return func(d *document) {
		file := d.root.PutEmptyMap("file")
		full := cowork.FilePathOf(d.Event)
		if full == "" {
			file.PutStr("name", unknownName)
			caption(file, "type", unknownID, "Unknown")
			return
		}
		d.putRequired(file, "name", path.Base(full), unknownName)
		d.put(file, "path", full)
		if parent := path.Dir(full); parent != "." {
			d.put(file, "parent_folder", parent)
		}
		caption(file, "type", kind.id, kind.name)
	}
}

// fillPage writes the page that WebFetch requests, and its host.
func fillPage(d *document) {
	page := d.root.PutEmptySlice("web_resources").AppendEmpty().SetEmptyMap()
	page.PutStr("type", "page")
	url := cowork.URLOf(d.Event)
	if url == "" {
		page.PutStr("name", unknownName)
		return
	}
	host := schema.HostOf(d.Event)
	d.putRequired(page, "name", host, unknownName)
	d.put(page, "url_string", url)
	if host = d.Cut(host); host != "" {
		d.root.PutEmptyMap("dst_endpoint").PutStr("hostname", host)
	}
}

// fillSearch writes what WebSearch looks for.
func fillSearch(d *document) {
	search := d.root.PutEmptySlice("web_resources").AppendEmpty().SetEmptyMap()
	search.PutStr("type", "search")
	search.PutStr("name", "web search")
	d.put(search, "desc", argument(d, "query"))
}

// fillJob writes the job that a tool schedules.
func fillJob(d *document) {
	job := d.root.PutEmptyMap("job")
	d.putRequired(job, "name", argument(d, "name", "id", "cron"), unknownName)
	d.put(job, "desc", argument(d, "prompt", "reason"))
}

func fillCall(d *document) {
	d.use("mcp_server.name", "mcp_tool.name")
	connector := d.Dimension("connector")
	if connector == "" {
		connector = productName
	}
	api := fillAPI(d, d.Dimension("tool"), connector)
	if uid := d.Cut(d.take("tool_use_id")); uid != "" {
		child(api, "request").PutStr("uid", uid)
	}
}
