package otlp

import (
	"cmp"
	"context"
	"time"

	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/ptrace"
)

// A Receipt is the response to an accepted request.
type Receipt struct {
	// Answer is the status, like "200 OK".
	Answer string
	// Bytes is the size of the request's body as sent.
	Bytes int
	// Rejected is the number of records, data points or spans that the endpoint
	// rejected.
	Rejected int64
}

// A Client sends telemetry to one endpoint. It is safe for concurrent use.
type Client struct {
	endpoint  string
	timeout   time.Duration
	transport transport
}

// A transport sends requests by one protocol.
type transport interface {
	send(context.Context, export) (Receipt, error)
	close() error
}

// New returns a client for an endpoint. It does not connect.
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
	c := &Client{endpoint: to.String(), timeout: set.Timeout}
	if set.Protocol != GRPC {
		c.transport = newHTTP(set, to, security)
		return c, nil
	}
	c.transport, err = newGRPC(set, to, security)
	return c, err
}

// Endpoint returns the endpoint as a base URL.
func (c *Client) Endpoint() string { return c.endpoint }

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
