package coworkdeliveryextension

import (
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/plog/plogotlp"
)

var logsCodec = codec{
	decode: func(body []byte, json bool) (payload, error) {
		req := plogotlp.NewExportRequest()
		err := unmarshal(req, body, json)
		return logsPayload{req.Logs()}, err
	},
	rejected: func(answer []byte, json bool) int64 {
		resp := plogotlp.NewExportResponse()
		if unmarshal(resp, answer, json) != nil {
			return 0
		}
		return resp.PartialSuccess().RejectedLogRecords()
	},
	success: func(rejected int64, message string) ([]byte, error) {
		resp := plogotlp.NewExportResponse()
		resp.PartialSuccess().SetRejectedLogRecords(rejected)
		resp.PartialSuccess().SetErrorMessage(message)
		return resp.MarshalProto()
	},
}

// logsPayload is split into records.
type logsPayload struct{ plog.Logs }

func (p logsPayload) units() int { return p.LogRecordCount() }

func (p logsPayload) items(from, to int) int { return to - from }

func (p logsPayload) marshal(from, to int, json bool) ([]byte, error) {
	req := plogotlp.NewExportRequestFromLogs(p.part(from, to))
	if json {
		return req.MarshalJSON()
	}
	return req.MarshalProto()
}

// part returns a copy of some units, with their resources and scopes.
func (p logsPayload) part(from, to int) plog.Logs {
	out := plog.NewLogs()
	p.CopyTo(out)
	i := -1
	out.ResourceLogs().RemoveIf(func(r plog.ResourceLogs) bool {
		r.ScopeLogs().RemoveIf(func(s plog.ScopeLogs) bool {
			s.LogRecords().RemoveIf(func(plog.LogRecord) bool {
				i++
				return i < from || i >= to
			})
			return s.LogRecords().Len() == 0
		})
		return r.ScopeLogs().Len() == 0
	})
	return out
}
