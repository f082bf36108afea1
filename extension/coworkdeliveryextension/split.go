package coworkdeliveryextension

import (
	"bytes"
	"io"
	"net/http"
	"time"
)

// maxRequests bounds the requests for the parts of one batch. One bad record in a batch
// of a thousand takes twenty.
const maxRequests = 200

// splitLimit is the reason of records in parts that were not sent for this bound, or for
// lack of time.
const splitLimit = "too many parts"

// A splitting is the delivery of one refused batch in parts.
type splitting struct {
	t        *transport
	req      *http.Request
	batch    *batch
	requests int
	until    time.Time      // no part is sent after it; zero without a timeout
	refused  map[string]int // by reason

	failed *http.Response // a response after which the exporter retries the batch
}

// split sends the halves of a refused batch, and the halves of refused halves. The
// response is a success with the number of refused records, the refusal if all are
// refused, or the response of a part that the exporter must retry.
func (t *transport) split(req *http.Request, refusal *http.Response, b *batch) (*http.Response, error) {
	t.m.telemetry.ExtensionCoworkDeliverySplits.Add(req.Context(), 1)
	s := &splitting{t: t, req: req, batch: b, refused: map[string]int{}}
	if deadline, ok := req.Context().Deadline(); ok {
		// At the timeout the exporter would send the whole batch again, each time with the
		// same result: the delivered parts would arrive again and again.
		left := time.Until(deadline)
		s.until = deadline.Add(-left / 4)
	}
	if err := s.halves(0, b.units()); err != nil {
		return nil, closing(refusal.Body, err)
	}
	if s.failed != nil { // the exporter sends all parts again
		return s.failed, refusal.Body.Close()
	}
	total := 0
	for reason, n := range s.refused {
		total += n
		t.m.count(req.Context(), b.signal, reason, n)
	}
	if total == b.items(0, b.units()) {
		return refusal, nil
	}
	resp, err := s.success(total)
	return resp, closing(refusal.Body, err)
}

func (s *splitting) halves(from, to int) error {
	middle := from + (to-from)/2
	if err := s.deliver(from, middle); err != nil {
		return err
	}
	return s.deliver(middle, to)
}

// deliver sends a part of the batch, and its halves if it is refused.
func (s *splitting) deliver(from, to int) error {
	if s.failed != nil {
		return nil
	}
	if s.requests == maxRequests || !s.until.IsZero() && time.Now().After(s.until) {
		s.refused[splitLimit] += s.batch.items(from, to)
		return nil
	}
	s.requests++
	body, err := s.batch.encode(from, to)
	if err != nil {
		return err
	}
	resp, err := s.t.send(s.req, body)
	if err != nil {
		return err
	}
	status := resp.StatusCode
	switch {
	case status < 300:
		return s.t.countPartial(s.req, resp, s.batch)
	case retryable[status]:
		s.failed = resp
		return nil
	case splittable[status] && to-from > 1:
		if err := resp.Body.Close(); err != nil {
			return err
		}
		return s.halves(from, to)
	}
	s.refused[reasonOf(status)] += s.batch.items(from, to)
	return resp.Body.Close()
}

// success returns the response of a backend that refused some records. The exporter logs
// their number.
func (s *splitting) success(refused int) (*http.Response, error) {
	body, err := codecs[s.batch.signal].success(int64(refused), "the backend refused them, and accepted the other parts of the batch")
	if err != nil {
		return nil, err
	}
	return &http.Response{
		Status: "200 OK", StatusCode: http.StatusOK, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Request: s.req,
		Header:        http.Header{"Content-Type": {"application/x-protobuf"}},
		Body:          io.NopCloser(bytes.NewReader(body)),
		ContentLength: int64(len(body)),
	}, nil
}
