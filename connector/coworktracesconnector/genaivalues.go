package coworktracesconnector

import (
	"cmp"

	"github.com/cowork-otel/collector/internal/cowork"
)

// The values of the table mappings.

// firstOf returns the first of these attributes that is present.
func firstOf(keys ...string) func(cowork.Event) string {
	return func(ev cowork.Event) string {
		for _, key := range keys {
			if s := text(ev, key); s != "" {
				return s
			}
		}
		return ""
	}
}

// agentOrCowork returns the agent of a step, which is Cowork where no subagent is named.
func agentOrCowork(ev cowork.Event) string { return cmp.Or(agent.of(ev), agentName) }

func modelIfAnswered(ev cowork.Event) string { return ifAnswered(ev, model.of(ev)) }

func requestIfAnswered(ev cowork.Event) string { return ifAnswered(ev, text(ev, "request_id")) }

// ifAnswered returns s for a request that was answered, else "".
func ifAnswered(ev cowork.Event, s string) string {
	if _, ok := cowork.APIRequestOf(ev); ok {
		return s
	}
	return ""
}

func toolType(ev cowork.Event) string {
	if server.of(ev) != "" {
		return "extension"
	}
	return "function"
}

func putStatus(a boundedMap, name string, ev cowork.Event) {
	if code, ok := httpStatus(ev); ok {
		a.putInt(name, code)
	}
}

func putRefusal(a boundedMap, name string, _ cowork.Event) {
	if a.hasRoom(name) {
		a.PutEmptySlice(name).AppendEmpty().SetStr("refusal")
	}
}

// putFirstChunk writes the time to the first chunk. Clients send it in milliseconds, and
// for requests that stream.
func putFirstChunk(a boundedMap, name string, ev cowork.Event) {
	if ms, ok := ev.Float("ttft_ms"); ok && ms >= 0 && ms <= maxFirstChunk && a.hasRoom(name) {
		a.PutDouble(name, ms/1000)
	}
}

// maxFirstChunk is the longest time to the first chunk that is written, in milliseconds:
// a day.
const maxFirstChunk = 24 * 3600 * 1000
