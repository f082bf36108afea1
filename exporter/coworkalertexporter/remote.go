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
	"strings"
	"time"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/consumer/consumererror"
	"go.opentelemetry.io/collector/exporter"
)

// A remote is a real Alertmanager, or what has its API v2.
type remote struct {
	client *http.Client
	url    string
	agent  string
}

func openRemote(ctx context.Context, cfg *Config, host component.Host, set exporter.Settings) (*remote, error) {
	client, err := cfg.Client.ToClient(ctx, host.GetExtensions(), set.TelemetrySettings)
	if err != nil {
		return nil, err
	}
	// A request that is redirected can become a GET, which is answered with 200 and tells
	// nobody of anything; and headers may hold what is not for another host.
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &remote{
		client: client,
		url:    strings.TrimSuffix(cfg.Client.Endpoint, "/") + "/api/v2/alerts",
		agent:  set.BuildInfo.Command + "/" + set.BuildInfo.Version,
	}, nil
}

func (r *remote) post(ctx context.Context, notices []notice) error {
	body, err := json.Marshal(notices)
	if err != nil {
		return consumererror.NewPermanent(errors.New("alerts: are no JSON"))
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, r.url, bytes.NewReader(body))
	if err != nil {
		return consumererror.NewPermanent(errors.New("endpoint: is no URL"))
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("User-Agent", r.agent)
	resp, err := r.client.Do(req)
	if err != nil {
		return fmt.Errorf("alertmanager: %w", withoutURL(err))
	}
	defer resp.Body.Close()
	// A connection is used again once its answer was read.
	_, _ = io.CopyN(io.Discard, resp.Body, maxAnswer)
	return answered(resp, time.Now())
}

const maxAnswer = 64 << 10

// withoutURL returns what went wrong without where: an URL may hold a secret.
func withoutURL(err error) error {
	if u, ok := errors.AsType[*url.Error](err); ok {
		return u.Err
	}
	return err
}

func (r *remote) close(context.Context) error {
	r.client.CloseIdleConnections()
	return nil
}
