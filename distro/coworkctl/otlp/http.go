package otlp

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"mime"
	"net/http"
)

// maxResponseBytes is the maximum of a response that is read. OTLP responses have a
// few bytes.
const maxResponseBytes = 1 << 20

// httpTransport sends OTLP/HTTP in one of its two encodings.
type httpTransport struct {
	to      endpoint
	client  *http.Client
	headers []Header
	gzip    bool
	format  format
}

// A format is an encoding of OTLP/HTTP.
type format struct {
	contentType string
	encode      func(encoder) ([]byte, error)
	decode      func(decoder, []byte) error
}

var formats = map[string]format{
	HTTPJSON:     {"application/json", encoder.MarshalJSON, decoder.UnmarshalJSON},
	HTTPProtobuf: {"application/x-protobuf", encoder.MarshalProto, decoder.UnmarshalProto},
}

func newHTTP(set Settings, to endpoint, security *tls.Config) *httpTransport {
	return &httpTransport{
		to: to,
		client: &http.Client{
			Transport: &http.Transport{
				Proxy:               http.ProxyFromEnvironment,
				TLSClientConfig:     security,
				ForceAttemptHTTP2:   true,
				MaxIdleConnsPerHost: 64,
			},
			// A redirect would send the headers to another address.
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
		headers: set.Headers,
		gzip:    set.Gzip,
		format:  formats[set.Protocol],
	}
}

func (t *httpTransport) close() error {
	t.client.CloseIdleConnections()
	return nil
}

func (t *httpTransport) send(ctx context.Context, e export) (Receipt, error) {
	body, err := t.body(e)
	if err != nil {
		return Receipt{}, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, t.to.url(e.signal), bytes.NewReader(body))
	if err != nil {
		return Receipt{}, fmt.Errorf("endpoint: %w", err)
	}
	req.Header.Set("Content-Type", t.format.contentType)
	req.Header.Set("User-Agent", userAgent)
	if t.gzip {
		req.Header.Set("Content-Encoding", "gzip")
	}
	for _, h := range t.headers {
		req.Header.Set(h.Name, h.Value)
	}
	res, err := t.client.Do(req)
	if err != nil {
		return Receipt{}, unreached(err)
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(res.Body, maxResponseBytes))
	if err != nil {
		return Receipt{}, unreached(err)
	}
	return t.receipt(e, res, answer, len(body))
}

func (t *httpTransport) body(e export) ([]byte, error) {
	body, err := t.format.encode(e.request)
	if err != nil || !t.gzip {
		return body, err
	}
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	if _, err := w.Write(body); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return packed.Bytes(), nil
}

// receipt parses a response. Without an OTLP body its status decides. A web page is
// an error, since collectors do not return one.
func (t *httpTransport) receipt(e export, res *http.Response, answer []byte, sent int) (Receipt, error) {
	if res.StatusCode/100 != 2 {
		return Receipt{}, refused(res.StatusCode, e.signal, answer)
	}
	got := Receipt{Answer: statusText(res.StatusCode), Bytes: sent}
	kind, _, err := mime.ParseMediaType(res.Header.Get("Content-Type"))
	if err == nil && kind == "text/html" {
		return Receipt{}, &Error{Answer: got.Answer + ", a web page", Hint: "not a collector: check the host and the port, usually 4318"}
	}
	d, rejected := e.response()
	if len(answer) > 0 && t.format.decode(d, answer) == nil {
		got.Rejected = rejected()
	}
	return got, nil
}
