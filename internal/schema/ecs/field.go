package ecs

import (
	"math"
	"path"
	"strings"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/schema"
)

// A field is a row of the table: a field of ECS, and the first of the attributes or the
// reader that has its value.
type field struct {
	name       string
	attributes []string
	read       func(w *writer) string
	// unit is set for a number, which is multiplied by it.
	unit int64
	// kinds are those that have the field; all have it if there are none.
	kinds []string
}

const millisecond = 1_000_000

var fields = []field{
	{name: "event.sequence", attributes: []string{"event.sequence"}, unit: 1},
	{name: "event.duration", attributes: []string{"duration_ms"}, unit: millisecond},
	{name: "user.id", attributes: []string{"user.account_uuid"}, read: userID},
	{name: "user.name", attributes: []string{"cowork.user.name"}},
	{name: "user.email", attributes: []string{"user.email"}},
	{name: "organization.id", attributes: []string{"organization.id"}},
	{name: "host.id", attributes: []string{"user.id"}},
	{name: "host.name", attributes: []string{"host.name"}},
	{name: "host.architecture", attributes: []string{"host.arch"}},
	{name: "host.os.type", read: system},
	{name: "host.os.version", attributes: []string{"os.version"}},
	{name: "service.name", attributes: []string{"service.name"}},
	{name: "service.version", attributes: []string{"service.version"}},
	{name: "process.name", read: shell},
	{name: "process.command_line", read: command},
	{name: "file.path", read: file},
	{name: "file.name", read: fileName},
	{name: "url.full", read: url},
	{name: "url.domain", read: domain},
	{name: "destination.domain", read: domain},
	{name: "error.type", attributes: []string{"error_type", "error_name"}},
	{name: "error.code", attributes: []string{"error_code", "status_code"}},
	{name: "error.message", attributes: []string{"error"}},
	{name: "message", attributes: []string{"alert.message"}},
	{name: "rule.name", attributes: []string{"alert.name"}},
	{name: "rule.description", attributes: []string{"alert.description"}},
	{name: "gen_ai.operation.name", read: operation},
	{name: "gen_ai.request.model", attributes: []string{"model"}},
	{name: "gen_ai.response.model", attributes: []string{"model"}, kinds: []string{"api_request"}},
	{name: "gen_ai.usage.input_tokens", attributes: []string{"input_tokens"}, unit: 1},
	{name: "gen_ai.usage.output_tokens", attributes: []string{"output_tokens"}, unit: 1},
	{name: "gen_ai.tool.name", attributes: []string{"tool_name"}},
	{name: "gen_ai.tool.call.id", attributes: []string{"tool_use_id"}},
	{name: "gen_ai.agent.name", attributes: []string{"agent.name", "agent_type"}},
}

// field writes a row, if the event has a value for it.
func (w *writer) field(f field) {
	if len(f.kinds) > 0 && f.kinds[0] != w.kind {
		return
	}
	for _, key := range f.attributes {
		if f.unit != 0 {
			if n, ok := w.Int(key); ok && n >= 0 && n <= limit(f) {
				w.dst.PutInt(f.name, n*f.unit)
				if f.unit == 1 { // in another unit, it has a name of its own too, which rules compare
					w.used = append(w.used, key)
				}
				return
			}
			continue
		}
		if text := w.attribute(key); text != "" {
			w.put(f.name, text)
			w.used = append(w.used, key)
			return
		}
	}
	if f.read != nil {
		w.put(f.name, f.read(w))
	}
}

// limit is the largest number that a field takes: gen_ai has the type integer.
func limit(f field) int64 {
	if strings.HasPrefix(f.name, "gen_ai.") {
		return math.MaxInt32
	}
	return math.MaxInt64 / f.unit
}

// systems are host.os.type by os.type.
var systems = map[string]string{"windows": "windows", "linux": "linux", "darwin": "macos"}

func system(w *writer) string { return systems[w.attribute("os.type")] }

func shell(w *writer) string { return shells[w.attribute("tool_name")] }

func fileName(w *writer) string {
	if file := file(w); file != "" {
		return path.Base(file)
	}
	return ""
}

func command(w *writer) string { return cowork.CommandOf(w.Event) }
func file(w *writer) string    { return cowork.FilePathOf(w.Event) }
func url(w *writer) string     { return cowork.URLOf(w.Event) }
func domain(w *writer) string  { return schema.HostOf(w.Event) }
func userID(w *writer) string  { return schema.UserIDOf(w.Event, w.kind) }

// operations are gen_ai.operation.name by kind, as in the conventions of OpenTelemetry.
var operations = map[string]string{
	"api_request": "chat", "api_error": "chat", "api_refusal": "chat", "api_retries_exhausted": "chat",
	"tool_result": "execute_tool", "tool_decision": "execute_tool", "subagent_completed": "invoke_agent",
}

func operation(w *writer) string { return operations[w.kind] }
