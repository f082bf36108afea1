package conformance

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/cowork-otel/collector/distro/proof/process"
	"github.com/cowork-otel/collector/distro/proof/result"
)

// pending are the cases with a known fault, by name. Remove a row when its case passes.
var pending = map[string]string{
	"JSON of a wrong type: no content in the answer": "the decoder of the receiver quotes a few bytes of a request that it cannot read, in the answer to its sender",
}

// Run sends all cases to one collector with the default configuration.
func Run(binary, dir string) (*result.Section, error) {
	s := &result.Section{
		Name: "conformance", Title: "Conformance", Columns: []string{"case", "answer", "problem"},
		Intro: "Requests by the OTLP specification, and mistakes that it describes an answer for, to the default configuration.",
	}
	c, err := process.New(binary, dir, "default:")
	if err != nil {
		return nil, err
	}
	if err := c.Start(); err != nil {
		return nil, err
	}
	defer c.Kill()
	client := &http.Client{Timeout: 60 * time.Second}
	seq := &sequence{}
	for _, hc := range httpCases {
		got, problem := sendHTTP(client, c.HTTP, &hc, seq)
		report(s, hc.name, got, problem)
	}
	for _, gc := range grpcCases {
		got, problem := sendGRPC(c.GRPC, &gc, seq)
		report(s, gc.name, got, problem)
	}
	for _, dc := range downstreamCases {
		got, problem := sendRefused(binary, dir, &dc, seq)
		report(s, dc.name, got, problem)
	}
	if log := c.LogTail(1 << 20); strings.Contains(log, "panic") {
		s.Problems = append(s.Problems, "a panic in the log")
	}
	s.Notes = append(s.Notes, fmt.Sprintf("Resident memory after all cases: %d MiB.", c.RSS()>>20))
	return s, nil
}

func report(s *result.Section, name, got, problem string) {
	_, known := pending[name]
	switch {
	case known && problem == "":
		s.Problems = append(s.Problems, name+": has no problem any more (remove its row of pending)")
	case problem != "" && !known:
		s.Problems = append(s.Problems, name+": "+problem)
	case known:
		s.Pending = append(s.Pending, name+": "+pending[name])
	}
	if problem == "" {
		problem = "none"
	}
	s.AddRow(name, got, problem)
}

// reader hides the length of a body, so that it is sent in chunks.
type reader struct{ io.Reader }

func sendHTTP(client *http.Client, address string, c *httpCase, seq *sequence) (got, problem string) {
	method, path := c.method, c.path
	if method == "" {
		method = http.MethodPost
	}
	if path == "" {
		path = logsPath
	}
	var body io.Reader = bytes.NewReader(c.body(seq))
	if c.chunked {
		body = reader{body}
	}
	req, err := http.NewRequest(method, "http://"+address+path, body)
	if err != nil {
		return "", err.Error()
	}
	if c.contentType != "" {
		req.Header.Set("Content-Type", c.contentType)
	}
	if c.encoding != "" {
		req.Header.Set("Content-Encoding", c.encoding)
	}
	resp, err := client.Do(req)
	if err != nil {
		return "none", fmt.Sprintf("no answer: %v", err)
	}
	defer resp.Body.Close()
	a := answer{status: resp.StatusCode, header: resp.Header}
	if a.body, err = io.ReadAll(resp.Body); err != nil {
		return "cut", err.Error()
	}
	got = fmt.Sprint(a.status, " ", a.header.Get("Content-Type"))
	if !slices.Contains(c.statuses, a.status) {
		return got, fmt.Sprintf("status %d (one of %v is right)", a.status, c.statuses)
	}
	if c.check != nil {
		problem = c.check(a)
	}
	return got, problem
}
