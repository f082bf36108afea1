package coworkalertexporter

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/consumer/consumererror"
	"go.opentelemetry.io/collector/exporter"
	"go.opentelemetry.io/collector/exporter/exporterhelper"
)

// A client posts alerts to an external Alertmanager, or to another server with its
// API v2.
type client struct {
	http      *http.Client
	url       string
	userAgent string
}

func newClient(ctx context.Context, cfg *Config, host component.Host, set exporter.Settings) (*client, error) {
	httpClient, err := cfg.Client.ToClient(ctx, host.GetExtensions(), set.TelemetrySettings)
	if err != nil {
		return nil, err
	}
	// A redirect can turn the POST into a GET, whose status 200 would count as a
	// delivery. It would also send the configured headers to another host.
	httpClient.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &client{
		http:      httpClient,
		url:       strings.TrimSuffix(cfg.Client.Endpoint, "/") + "/api/v2/alerts",
		userAgent: set.BuildInfo.Command + "/" + set.BuildInfo.Version,
	}, nil
}

func (c *client) post(ctx context.Context, alerts []postableAlert) error {
	body, err := json.Marshal(alerts)
	if err != nil {
		return consumererror.NewPermanent(errors.New("alerts: cannot be encoded as JSON"))
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.url, bytes.NewReader(body))
	if err != nil {
		return consumererror.NewPermanent(errors.New("endpoint: is no URL"))
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("User-Agent", c.userAgent)
	resp, err := c.http.Do(req)
	if err != nil {
		return fmt.Errorf("alertmanager: %w", withoutURL(err))
	}
	defer resp.Body.Close()
	// The connection can only be reused after the body was read.
	_, _ = io.CopyN(io.Discard, resp.Body, maxResponse)
	if resp.StatusCode/100 == 2 {
		return nil
	}
	return responseError(resp, time.Now())
}

// isUndelivered returns false: an external Alertmanager does not report its notifications.
func (*client) isUndelivered(map[string]string) bool { return false }

func (c *client) close(context.Context) error {
	c.http.CloseIdleConnections()
	return nil
}

// maxResponse is how much of a response is read.
const maxResponse = 64 << 10

// withoutURL returns the cause of a URL error. The URL may contain a secret.
func withoutURL(err error) error {
	if u, ok := errors.AsType[*url.Error](err); ok {
		return u.Err
	}
	return err
}

// A statusError is a response without success. It omits the response body, which may
// repeat the request.
type statusError struct {
	code       int
	retryAfter time.Duration // zero without the header
}

func (e *statusError) Error() string {
	return fmt.Sprintf("alertmanager: status %d %s", e.code, http.StatusText(e.code))
}

// A rejectedError is a response that rejects the content of the request: a retry of the
// same request cannot succeed.
type rejectedError struct{ statusError }

var rejectedCodes = []int{http.StatusBadRequest, http.StatusRequestEntityTooLarge, http.StatusUnprocessableEntity}

// responseError returns the error of a response without success: a [rejectedError], an
// error to retry, or a permanent error.
func responseError(resp *http.Response, now time.Time) error {
	e := &statusError{code: resp.StatusCode, retryAfter: parseRetryAfter(resp.Header.Get("Retry-After"), now)}
	switch {
	case slices.Contains(rejectedCodes, e.code):
		return &rejectedError{*e}
	case e.code != http.StatusTooManyRequests && e.code/100 != 5:
		return consumererror.NewPermanent(e)
	case e.retryAfter > 0:
		return exporterhelper.NewThrottleRetry(e, e.retryAfter)
	}
	return e
}

// maxRetryAfter limits the header Retry-After, so that a wrong one delays alerts by an
// hour at most.
const maxRetryAfter = time.Hour

// parseRetryAfter returns the delay of a Retry-After header in seconds or as a date.
func parseRetryAfter(header string, now time.Time) (delay time.Duration) {
	if seconds, err := strconv.Atoi(header); err == nil {
		delay = time.Duration(min(max(seconds, 0), int(maxRetryAfter/time.Second))) * time.Second
	} else if date, err := http.ParseTime(header); err == nil {
		delay = date.Sub(now)
	}
	return min(max(delay, 0), maxRetryAfter)
}
