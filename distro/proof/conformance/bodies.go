package conformance

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/klauspost/compress/zstd"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/plog/plogotlp"
)

// sequence numbers the records, so that none is a duplicate.
type sequence struct{ n int64 }

// record returns a request with one event.
func (s *sequence) record() plogotlp.ExportRequest {
	s.n++
	ld := plog.NewLogs()
	rl := ld.ResourceLogs().AppendEmpty()
	rl.Resource().Attributes().PutStr("service.name", "cowork")
	sl := rl.ScopeLogs().AppendEmpty()
	sl.Scope().SetName("com.anthropic.claude_code.events")
	rec := sl.LogRecords().AppendEmpty()
	rec.Body().SetStr("claude_code.user_prompt")
	m := rec.Attributes()
	m.PutStr("session.id", "0aa84ef6-0c18-4720-8c5d-4ba43985c011")
	m.PutStr("prompt.id", fmt.Sprintf("3f2504e0-4f89-41d3-9a0c-%012x", s.n))
	m.PutStr("event.name", "user_prompt")
	m.PutStr("event.timestamp", time.Now().UTC().Format("2006-01-02T15:04:05.000Z"))
	m.PutInt("event.sequence", s.n)
	return plogotlp.NewExportRequestFromLogs(ld)
}

func (s *sequence) json() []byte {
	body, _ := s.record().MarshalJSON()
	return body
}

func (s *sequence) protobuf() []byte {
	body, _ := s.record().MarshalProto()
	return body
}

// changed returns a JSON body after a change of the request and its record.
func (s *sequence) changed(change func(request, record map[string]any)) []byte {
	var request map[string]any
	_ = json.Unmarshal(s.json(), &request)
	record := element(element(element(request, "resourceLogs"), "scopeLogs"), "logRecords")
	change(request, record)
	body, _ := json.Marshal(request)
	return body
}

// element returns the first element of a list below a key.
func element(m map[string]any, key string) map[string]any {
	list, _ := m[key].([]any)
	first, _ := list[0].(map[string]any)
	return first
}

// set returns a change of a key of the record.
func set(key string, value any) func(_, record map[string]any) {
	return func(_, record map[string]any) { record[key] = value }
}

func compressed(encoding string, body []byte) []byte {
	var b bytes.Buffer
	switch encoding {
	case "gzip":
		w := gzip.NewWriter(&b)
		_, _ = w.Write(body)
		_ = w.Close()
	case "deflate":
		w := zlib.NewWriter(&b)
		_, _ = w.Write(body)
		_ = w.Close()
	case "zstd":
		w, _ := zstd.NewWriter(&b)
		_, _ = w.Write(body)
		_ = w.Close()
	}
	return b.Bytes()
}

// nested returns a body with arrays in arrays.
func nested(depth int) []byte {
	return []byte(`{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":` +
		strings.Repeat(`{"arrayValue":{"values":[`, depth) + `{"stringValue":"x"}` + strings.Repeat("]}}", depth) + `}]}]}]}`)
}

// bomb returns zeros that are much smaller when compressed.
func bomb(encoding string) []byte { return compressed(encoding, make([]byte, 64<<20)) }
