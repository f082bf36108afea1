package alertmanager

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// The bounds of a request.
const (
	maxResponse = 8 << 20
	maxRequests = 2 // at once
	timeout     = 5 * time.Second
)

// A Client requests the API of an Alertmanager. It is safe for concurrent use.
type Client struct {
	http  *http.Client
	base  string
	slots chan struct{}
}

// NewClient returns a client of the Alertmanager at an endpoint.
func NewClient(client *http.Client, endpoint string) *Client {
	// A redirect would send the configured headers to another host.
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &Client{client, strings.TrimSuffix(endpoint, "/") + "/api/v2", make(chan struct{}, maxRequests)}
}

// Close closes idle connections.
func (c *Client) Close() { c.http.CloseIdleConnections() }

const (
	errBusy     = report.SilenceError("Alertmanager is busy. Try again in a moment.")
	errNoAnswer = report.SilenceError("Alertmanager does not respond. Check that it runs at alertmanager::endpoint.")
	errTimeout  = report.SilenceError("Alertmanager did not respond within five seconds.")
	errTooLarge = report.SilenceError("The response of Alertmanager is too large to be shown.")
	errNoJSON   = report.SilenceError("The response of Alertmanager cannot be read. Check that alertmanager::endpoint is an Alertmanager.")
)

// statusErrors are the errors of responses that have a remedy.
var statusErrors = map[int]report.SilenceError{
	http.StatusBadRequest:   "Alertmanager rejects the silence.",
	http.StatusUnauthorized: "Alertmanager refuses the credentials of alertmanager::auth.",
	http.StatusForbidden:    "Alertmanager refuses access with the credentials of alertmanager::auth.",
	http.StatusNotFound:     "Alertmanager has no such silence, or alertmanager::endpoint has the wrong path.",
}

// request sends a request and decodes its response into an answer, if there is one.
func (c *Client) request(ctx context.Context, method, path string, body, answer any) error {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	select {
	case c.slots <- struct{}{}:
		defer func() { <-c.slots }()
	case <-ctx.Done():
		return errBusy
	}
	var content io.Reader
	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			return fmt.Errorf("silence: cannot be encoded: %w", err)
		}
		content = bytes.NewReader(text)
	}
	req, err := http.NewRequestWithContext(ctx, method, c.base+path, content)
	if err != nil {
		return errNoAnswer
	}
	if req.Header.Set("Accept", "application/json"); body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return asFailure(err)
	}
	defer func() { _ = resp.Body.Close() }()
	text, err := io.ReadAll(io.LimitReader(resp.Body, maxResponse+1))
	switch {
	case err != nil:
		return asFailure(err)
	case resp.StatusCode/100 != 2:
		if known := statusErrors[resp.StatusCode]; known != "" {
			return known
		}
		return report.SilenceError(fmt.Sprintf("Alertmanager responds with status %d.", resp.StatusCode))
	case len(text) > maxResponse:
		return errTooLarge
	case answer != nil && json.Unmarshal(text, answer) != nil:
		return errNoJSON
	}
	return nil
}

// asFailure returns why a request has no response.
func asFailure(err error) error {
	var network net.Error
	if errors.Is(err, context.DeadlineExceeded) || errors.As(err, &network) && network.Timeout() {
		return errTimeout
	}
	return errNoAnswer
}
