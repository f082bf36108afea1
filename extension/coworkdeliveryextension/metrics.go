package coworkdeliveryextension

import (
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/pmetric/pmetricotlp"
)

var metricsCodec = codec{
	decode: func(body []byte, json bool) (payload, error) {
		req := pmetricotlp.NewExportRequest()
		err := unmarshal(req, body, json)
		return metricsPayload{req.Metrics()}, err
	},
	rejected: func(answer []byte, json bool) int64 {
		resp := pmetricotlp.NewExportResponse()
		if unmarshal(resp, answer, json) != nil {
			return 0
		}
		return resp.PartialSuccess().RejectedDataPoints()
	},
	success: func(rejected int64, message string) ([]byte, error) {
		resp := pmetricotlp.NewExportResponse()
		resp.PartialSuccess().SetRejectedDataPoints(rejected)
		resp.PartialSuccess().SetErrorMessage(message)
		return resp.MarshalProto()
	},
}

// metricsPayload is split into metrics, and counted in data points.
type metricsPayload struct{ pmetric.Metrics }

func (p metricsPayload) units() int { return p.MetricCount() }

func (p metricsPayload) items(from, to int) int { return p.part(from, to).DataPointCount() }

func (p metricsPayload) marshal(from, to int, json bool) ([]byte, error) {
	req := pmetricotlp.NewExportRequestFromMetrics(p.part(from, to))
	if json {
		return req.MarshalJSON()
	}
	return req.MarshalProto()
}

// part returns a copy of some units, with their resources and scopes.
func (p metricsPayload) part(from, to int) pmetric.Metrics {
	out := pmetric.NewMetrics()
	p.CopyTo(out)
	i := -1
	out.ResourceMetrics().RemoveIf(func(r pmetric.ResourceMetrics) bool {
		r.ScopeMetrics().RemoveIf(func(s pmetric.ScopeMetrics) bool {
			s.Metrics().RemoveIf(func(pmetric.Metric) bool {
				i++
				return i < from || i >= to
			})
			return s.Metrics().Len() == 0
		})
		return r.ScopeMetrics().Len() == 0
	})
	return out
}
