package setup

import (
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
)

// A refusal is why a receiver refuses a request, and what to do about it.
type refusal struct{ reason, do string }

// The refusals that several statuses share.
var (
	refusedToken = refusal{"the token is missing or wrong", "Compare the headers in Cowork’s admin settings with the authentication of the receiver."}
	refusedBody  = refusal{"the body is not OTLP or is cut off", "Check which programs send to this address, and the limits and timeouts of the proxies in between."}
	refusedFault = refusal{"a component of the pipeline failed", "Clients drop these events. The collector’s log names the component and the reason."}
	refusedLoad  = refusal{"the collector or a backend is overloaded", "Clients send again a few times, then drop their events. Check the collector’s log, its memory_limiter and the queues of its exporters."}
	refusedPath  = refusal{"the path is none of /v1/logs, /v1/metrics and /v1/traces", "Correct the endpoint in Cowork’s admin settings. The cowork_path extension accepts prefixes."}
	refusedOther = refusal{"the collector refused them", "Check the collector’s log."}
)

// refusals are the reasons by status of HTTP and gRPC.
var refusals = map[string]refusal{
	"400": refusedBody, "INVALID_ARGUMENT": refusedBody,
	"408": {"the body did not arrive in time", "Check the network and the proxies in between, and read_timeout of the receiver."},
	"413": {"the body is too large", "Raise max_request_body_size of the receiver, which is 4 MiB by default. Bodies of API requests are the largest texts: switch rawApiBodies off if you do not need them."},
	"500": refusedFault, "INTERNAL": refusedFault, "UNKNOWN": refusedFault,
	"401": refusedToken, "403": refusedToken, "UNAUTHENTICATED": refusedToken, "PERMISSION_DENIED": refusedToken,
	"404": refusedPath, "UNIMPLEMENTED": refusedPath,
	"405": {"the method is not POST", "Check which program sends to this address, such as a browser or a health check. The health check has a port of its own."},
	"415": {"the content type is not OTLP", "Set the protocol to http/protobuf or http/json."},
	"429": refusedLoad, "503": refusedLoad, "UNAVAILABLE": refusedLoad,
	"RESOURCE_EXHAUSTED": {"a message is too large, or the collector is overloaded", "The collector accepts 4 MiB. Check its log and its memory_limiter."},
	"CANCELLED":          {"the client ended the call", "Check the timeouts of the client and of the proxies in between."},
	"DEADLINE_EXCEEDED":  {"the client’s time was over", "Check whether the collector is overloaded."},
}

func refusalOf(status string) refusal {
	if r, ok := refusals[status]; ok {
		return r
	}
	return refusedOther
}

const (
	// refusedFor is how long the advice shows a kind of refused requests after the last.
	refusedFor = 24 * time.Hour
	// maxRefused is how many kinds the advice shows, the latest first.
	maxRefused = 5
)

// refusedAdvice returns the kinds of requests that were refused lately.
func (s Check) refusedAdvice() (list []Advice) {
	for _, r := range s.Refused[:min(len(s.Refused), maxRefused)] {
		if s.Now.Sub(r.Last) > refusedFor {
			break
		}
		why := refusalOf(r.Status)
		what := format.CountNoun(r.Count, "{request}") + " refused by " + r.Receiver + " with " + r.Status + ", the last " + format.Ago(r.Last, s.Now) + ": " + why.reason + "."
		list = append(list, Advice{"warn", what, why.do})
	}
	return list
}
