package coworkdeliveryextension

import (
	"go.opentelemetry.io/collector/pdata/ptrace"
	"go.opentelemetry.io/collector/pdata/ptrace/ptraceotlp"
)

var tracesCodec = codec{
	decode: func(body []byte, json bool) (payload, error) {
		req := ptraceotlp.NewExportRequest()
		err := unmarshal(req, body, json)
		return tracesPayload{req.Traces()}, err
	},
	rejected: func(answer []byte, json bool) int64 {
		resp := ptraceotlp.NewExportResponse()
		if unmarshal(resp, answer, json) != nil {
			return 0
		}
		return resp.PartialSuccess().RejectedSpans()
	},
	success: func(rejected int64, message string) ([]byte, error) {
		resp := ptraceotlp.NewExportResponse()
		resp.PartialSuccess().SetRejectedSpans(rejected)
		resp.PartialSuccess().SetErrorMessage(message)
		return resp.MarshalProto()
	},
}

// tracesPayload is split into spans.
type tracesPayload struct{ ptrace.Traces }

func (p tracesPayload) units() int { return p.SpanCount() }

func (p tracesPayload) items(from, to int) int { return to - from }

func (p tracesPayload) marshal(from, to int, json bool) ([]byte, error) {
	req := ptraceotlp.NewExportRequestFromTraces(p.part(from, to))
	if json {
		return req.MarshalJSON()
	}
	return req.MarshalProto()
}

// part returns a copy of some units, with their resources and scopes.
func (p tracesPayload) part(from, to int) ptrace.Traces {
	out := ptrace.NewTraces()
	p.CopyTo(out)
	i := -1
	out.ResourceSpans().RemoveIf(func(r ptrace.ResourceSpans) bool {
		r.ScopeSpans().RemoveIf(func(s ptrace.ScopeSpans) bool {
			s.Spans().RemoveIf(func(ptrace.Span) bool {
				i++
				return i < from || i >= to
			})
			return s.Spans().Len() == 0
		})
		return r.ScopeSpans().Len() == 0
	})
	return out
}
