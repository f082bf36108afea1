package metric

import "github.com/cowork-otel/collector/internal/cowork"

// An identity returns by what an event is known when it comes again in its session, 0
// if by nothing: then it is always new.
type identity func(*Plan, cowork.Event) digest

// identities are those of the kinds that more is counted of than that they came.
var identities = map[string]identity{
	"user_prompt":           byAttribute(cowork.Event.PromptID),
	"api_request":           byAttribute(requestID),
	"api_error":             byMoment,
	"api_refusal":           byMoment,
	"tool_decision":         byAttribute(cowork.DimensionOf("tool_use_id")),
	"tool_result":           byAttribute(cowork.DimensionOf("tool_use_id")),
	"mcp_server_connection": byMoment,
	"skill_activated":       byMoment,
	"plugin_loaded":         byMoment,
	summary:                 byPart,
}

func byAttribute(read func(cowork.Event) string) identity {
	return func(p *Plan, e cowork.Event) digest {
		if id := read(e); id != "" {
			return digest(p.hash(id))
		}
		return 0
	}
}

func requestID(e cowork.Event) string {
	r, _ := cowork.APIRequestOf(e)
	return r.RequestID()
}

// byMoment knows an event by its time and sequence, of which neither alone is enough:
// many share a millisecond, and every process counts from 0.
func byMoment(p *Plan, e cowork.Event) digest {
	sequence, ok := e.Sequence()
	at := e.Time()
	if !ok || at == 0 {
		return 0
	}
	return digest(p.hash("")).with(uint64(at)).with(uint64(sequence))
}

// byPart knows the summary of a part of a prompt. A crash can have it sent twice.
func byPart(p *Plan, e cowork.Event) digest {
	part, _ := e.Int("cowork.prompt.part")
	if id := e.PromptID(); id != "" {
		return digest(p.hash(id)).with(uint64(part))
	}
	return 0
}
