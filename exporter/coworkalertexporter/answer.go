package coworkalertexporter

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"

	"go.opentelemetry.io/collector/consumer/consumererror"
	"go.opentelemetry.io/collector/exporter/exporterhelper"
)

// An answer is an HTTP status that is no success. It never has the answer's text,
// which may repeat what was sent.
type answer struct {
	status int
	wait   time.Duration // what Retry-After asks for
}

func (a *answer) Error() string {
	return fmt.Sprintf("alertmanager answered %d %s", a.status, http.StatusText(a.status))
}

// A refusal is an answer to what was sent: repeated, it would be refused again.
type refusal struct{ answer }

// refusals are the statuses that mean it.
var refusals = []int{http.StatusBadRequest, http.StatusRequestEntityTooLarge, http.StatusUnprocessableEntity}

// answered returns what a response means to the queue: nil, repeat it, or give it up.
func answered(resp *http.Response, now time.Time) error {
	a := &answer{status: resp.StatusCode, wait: retryAfter(resp.Header.Get("Retry-After"), now)}
	switch {
	case a.status/100 == 2:
		return nil
	case slices.Contains(refusals, a.status):
		return &refusal{*a}
	case a.status != http.StatusTooManyRequests && a.status/100 != 5:
		return consumererror.NewPermanent(a)
	case a.wait > 0:
		return exporterhelper.NewThrottleRetry(a, a.wait)
	}
	return a
}

// maxWait bounds what a receiver can ask for, lest one wrong header silences alerts.
const maxWait = time.Hour

// retryAfter reads seconds or a date, as HTTP has it.
func retryAfter(header string, now time.Time) time.Duration {
	wait := time.Duration(0)
	if seconds, err := strconv.Atoi(header); err == nil {
		wait = time.Duration(min(max(seconds, 0), int(maxWait/time.Second))) * time.Second
	} else if date, err := http.ParseTime(header); err == nil {
		wait = date.Sub(now)
	}
	return min(max(wait, 0), maxWait)
}
