package otlp

import (
	"cmp"
	"context"
	"time"

	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/ptrace"
)

// A Receipt is what the endpoint said about a request that it took.
type Receipt struct {
	// Answer is the status, like "200 OK".
	Answer string
	// Bytes is the size of the request's body, compressed if it was.
	Bytes int
	// Rejected is how many records, points or spans of the request the endpoint
	// did not take.
	Rejected int64
}

// A Client sends telemetry to one endpoint. It is safe for concurrent use.
type Client struct {
	place     string
	timeout   time.Duration
	transport transport
}

// A transport is one protocol's way to deliver a request.
type transport interface {
	send(context.Context, export) (Receipt, error)
	close() error
}

// New returns a client for an endpoint. It does not connect yet.
func New(set Settings) (*Client, error) {
	set.Protocol = cmp.Or(set.Protocol, HTTPJSON)
	set.Timeout = cmp.Or(set.Timeout, DefaultTimeout)
	if err := set.validate(); err != nil {
		return nil, err
	}
	to, err := parseEndpoint(set.Endpoint)
	if err != nil {
		return nil, err
	}
	security, err := set.tlsConfig()
	if err != nil {
		return nil, err
	}
	c := &Client{place: to.String(), timeout: set.Timeout}
	if set.Protocol != GRPC {
		c.transport = newHTTP(set, to, security)
		return c, nil
	}
	c.transport, err = newGRPC(set, to, security)
	return c, err
}

// Endpoint returns where the client sends to, as a base URL.
func (c *Client) Endpoint() string { return c.place }

// Logs sends log records.
func (c *Client) Logs(ctx context.Context, ld plog.Logs) (Receipt, error) {
	return c.send(ctx, exportLogs(ld))
}

// Metrics sends data points.
func (c *Client) Metrics(ctx context.Context, md pmetric.Metrics) (Receipt, error) {
	return c.send(ctx, exportMetrics(md))
}

// Traces sends spans.
func (c *Client) Traces(ctx context.Context, td ptrace.Traces) (Receipt, error) {
	return c.send(ctx, exportTraces(td))
}

// Close ends the connections.
func (c *Client) Close() error { return c.transport.close() }

func (c *Client) send(ctx context.Context, e export) (Receipt, error) {
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	return c.transport.send(ctx, e)
}
