package coworkdeliveryextension

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"strings"
)

// A batch is the content of a request, decoded to be sent in parts.
type batch struct {
	signal      string // a key of codecs
	contentType string
	encoding    string // of the body: gzip, or "" for none
	payload
}

// A payload is decoded telemetry. Its units are what it can be split into: records, spans
// or metrics. Its items are what backends count: records, spans or data points.
type payload interface {
	units() int
	items(from, to int) int
	marshal(from, to int, json bool) ([]byte, error)
}

// A codec decodes the requests and the responses of a signal.
type codec struct {
	decode   func(body []byte, json bool) (payload, error)
	rejected func(answer []byte, json bool) int64
	success  func(rejected int64, message string) ([]byte, error)
}

var codecs = map[string]codec{"logs": logsCodec, "metrics": metricsCodec, "traces": tracesCodec}

// signalOf returns the signal of a path, "" if it is no path of OTLP.
func signalOf(path string) string {
	for signal := range codecs {
		if strings.HasSuffix(path, "/v1/"+signal) {
			return signal
		}
	}
	return ""
}

const gzipEncoding = "gzip"

// maxBody bounds the decompressed size of a batch that is decoded.
const maxBody = 64 << 20

func (b *batch) decode(body []byte) error {
	switch b.encoding {
	case "":
	case gzipEncoding:
		unpacked, err := gzip.NewReader(bytes.NewReader(body))
		if err != nil {
			return err
		}
		if body, err = io.ReadAll(io.LimitReader(unpacked, maxBody)); err != nil {
			return err
		}
	default:
		return errors.New("a compression that cannot be decoded")
	}
	var err error
	b.payload, err = codecs[b.signal].decode(body, isJSON(b.contentType))
	return err
}

// encode returns the body of a request with a part of the units.
func (b *batch) encode(from, to int) ([]byte, error) {
	body, err := b.marshal(from, to, isJSON(b.contentType))
	if err != nil || b.encoding != gzipEncoding {
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

// rejected returns how many records a response refuses, 0 if it cannot be parsed.
func (b *batch) rejected(answer []byte, contentType string) int {
	if len(answer) == 0 {
		return 0
	}
	return int(codecs[b.signal].rejected(answer, isJSON(contentType)))
}

func isJSON(contentType string) bool { return strings.HasPrefix(contentType, "application/json") }

// unmarshal decodes a message of OTLP.
func unmarshal(into interface {
	UnmarshalJSON(data []byte) error
	UnmarshalProto(data []byte) error
}, body []byte, json bool,
) error {
	if json {
		return into.UnmarshalJSON(body)
	}
	return into.UnmarshalProto(body)
}
