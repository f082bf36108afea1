package backend

import (
	"math/rand/v2"
	"net/http"
	"time"

	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/plog/plogotlp"
)

// A Mode is how a backend answers.
type Mode struct {
	// before handles a request whose body is not read. It returns false if it has
	// closed the connection.
	before func(*request) bool
	answer func(*request) answer
}

type request struct {
	*http.Request
	w      http.ResponseWriter
	signal string
	body   []byte
}

// An answer is accepted below status 300, unless it is discarded.
type answer struct {
	status  int
	header  map[string]string
	body    []byte
	discard bool
	reset   bool // the connection is reset instead, after the body was accepted
}

// OK accepts everything.
var OK = Mode{}

// Status answers all requests with a status.
func Status(status int, header map[string]string) Mode {
	return Mode{answer: func(*request) answer { return answer{status: status, header: header} }}
}

// Slow accepts everything after a delay.
func Slow(delay time.Duration) Mode {
	return Mode{answer: func(r *request) answer {
		pause(r, delay)
		return answer{status: http.StatusOK}
	}}
}

// Hang gives no answer until the client closes the connection.
func Hang() Mode {
	return Mode{answer: func(r *request) answer {
		pause(r, 10*time.Minute)
		return answer{status: http.StatusServiceUnavailable, reset: true}
	}}
}

// Flap alternates between accepting and failing in one of three ways.
func Flap(period time.Duration) Mode {
	failing := func() bool { return time.Now().UnixNano()/int64(period)%2 == 1 }
	return Mode{
		before: func(r *request) bool {
			if r.signal == "hook" || !failing() || rand.IntN(3) > 0 {
				return true
			}
			reset(r.w)
			return false
		},
		answer: func(*request) answer {
			if failing() {
				return answer{status: http.StatusServiceUnavailable}
			}
			return answer{status: http.StatusOK}
		},
	}
}

// ResetWithin resets every other connection within the body of its request.
func ResetWithin() Mode {
	return Mode{before: func(r *request) bool {
		if r.signal == "hook" || rand.IntN(2) == 0 {
			return true
		}
		_, _ = r.Body.Read(make([]byte, max(1, r.ContentLength/2)))
		reset(r.w)
		return false
	}}
}

// ResetAfter accepts everything, and resets every other connection instead of answering.
// The sender has to repeat what it does not know to have arrived.
func ResetAfter() Mode {
	return Mode{answer: func(*request) answer {
		return answer{status: http.StatusOK, reset: rand.IntN(2) == 0}
	}}
}

// Poison answers 400 to each batch of logs that has a record with an attribute.
func Poison(key string) Mode {
	return Mode{answer: func(r *request) answer {
		if _, rejected := withoutPoison(r, key); rejected > 0 {
			return answer{status: http.StatusBadRequest, body: []byte("bad record")}
		}
		return answer{status: http.StatusOK}
	}}
}

// Partial accepts all records but those with an attribute, and reports the others as
// rejected.
func Partial(key string) Mode {
	return Mode{answer: func(r *request) answer {
		req, rejected := withoutPoison(r, key)
		if rejected == 0 {
			return answer{status: http.StatusOK}
		}
		r.body, _ = req.MarshalProto()
		resp := plogotlp.NewExportResponse()
		resp.PartialSuccess().SetRejectedLogRecords(rejected)
		resp.PartialSuccess().SetErrorMessage("bad record")
		body, _ := resp.MarshalProto()
		return answer{status: http.StatusOK, body: body}
	}}
}

// withoutPoison returns the logs of a request without the records that have an attribute.
func withoutPoison(r *request, key string) (req plogotlp.ExportRequest, rejected int64) {
	req = plogotlp.NewExportRequest()
	if r.signal != "logs" || req.UnmarshalProto(r.body) != nil {
		return req, 0
	}
	req.Logs().ResourceLogs().RemoveIf(func(rl plog.ResourceLogs) bool {
		rl.ScopeLogs().RemoveIf(func(sl plog.ScopeLogs) bool {
			sl.LogRecords().RemoveIf(func(rec plog.LogRecord) bool {
				_, poisoned := rec.Attributes().Get(key)
				if poisoned {
					rejected++
				}
				return poisoned
			})
			return false
		})
		return false
	})
	return req, rejected
}

// pause waits, at most until the client gives up.
func pause(r *request, delay time.Duration) {
	timer := time.NewTimer(delay)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-r.Context().Done():
	}
}
