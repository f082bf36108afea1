package coworktracesconnector

import (
	"cmp"

	"github.com/cowork-otel/collector/internal/cowork"
)

// The words of the table mappings.

// either returns the first of these attributes that is there.
func either(keys ...string) func(cowork.Event) string {
	return func(ev cowork.Event) string {
		for _, key := range keys {
			if s := text(ev, key); s != "" {
				return s
			}
		}
		return ""
	}
}

// agentOrOwn returns on whose behalf a step was, which is Cowork where no
// subagent is named.
func agentOrOwn(ev cowork.Event) string { return cmp.Or(agent.of(ev), agentName) }

func answeringModel(ev cowork.Event) string { return answered(ev, model.of(ev)) }

func answer(ev cowork.Event) string { return answered(ev, text(ev, "request_id")) }

// answered returns s for a request that was answered.
func answered(ev cowork.Event, s string) string {
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

func putStatus(a attributes, name string, ev cowork.Event) {
	if code, ok := httpStatus(ev); ok {
		a.int(name, code)
	}
}

func putRefusal(a attributes, name string, _ cowork.Event) {
	if a.admits(name) {
		a.PutEmptySlice(name).AppendEmpty().SetStr("refusal")
	}
}
