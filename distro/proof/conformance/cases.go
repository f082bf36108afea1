package conformance

import (
	"bytes"
	"net/http"
	"strings"

	spb "google.golang.org/genproto/googleapis/rpc/status"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"

	"go.opentelemetry.io/collector/pdata/plog/plogotlp"
)

const (
	jsonType  = "application/json"
	protoType = "application/x-protobuf"
	logsPath  = "/v1/logs"
)

// A httpCase is a request over HTTP with the answers that the specification permits.
type httpCase struct {
	name, method, path, contentType, encoding string
	body                                      func(*sequence) []byte
	chunked                                   bool
	statuses                                  []int
	check                                     func(answer) string // returns what is wrong
}

// An answer is a response with its body.
type answer struct {
	status int
	header http.Header
	body   []byte
}

func jsonCase(name string, body func(*sequence) []byte, statuses ...int) httpCase {
	return httpCase{name: name, contentType: jsonType, body: body, statuses: statuses}
}

func changedCase(name string, change func(request, record map[string]any), statuses ...int) httpCase {
	return jsonCase(name, func(s *sequence) []byte { return s.changed(change) }, statuses...)
}

func literal(text string) func(*sequence) []byte {
	return func(*sequence) []byte { return []byte(text) }
}

// encodedCase is a request in a content encoding.
func encodedCase(encoding string) httpCase {
	return httpCase{name: "encoding " + encoding, contentType: jsonType, encoding: encoding, body: func(s *sequence) []byte { return compressed(encoding, s.json()) }, statuses: []int{200}}
}

func methodCase(method string, statuses ...int) httpCase {
	return httpCase{name: "method " + method, method: method, contentType: jsonType, body: (*sequence).json, statuses: statuses}
}

func typeCase(contentType string, statuses ...int) httpCase {
	return httpCase{name: "content type " + contentType, contentType: contentType, body: (*sequence).json, statuses: statuses}
}

// pathCase is an empty request of a signal to a path.
func pathCase(path, body string, statuses ...int) httpCase {
	return httpCase{name: "path " + path, path: path, contentType: jsonType, body: literal(body), statuses: statuses}
}

var httpCases = []httpCase{
	{name: "JSON", contentType: jsonType, body: (*sequence).json, statuses: []int{200}, check: fullSuccessJSON},
	{name: "protobuf", contentType: protoType, body: (*sequence).protobuf, statuses: []int{200}, check: fullSuccessProto},
	typeCase("application/json; charset=utf-8", 200),
	typeCase("", 415), typeCase("text/plain", 415), typeCase("application/xml", 415),
	encodedCase("gzip"), encodedCase("deflate"), encodedCase("zstd"),
	{name: "unknown encoding", contentType: jsonType, encoding: "br2", body: (*sequence).json, statuses: []int{400, 415}},
	{name: "encoding that is not gzip", contentType: jsonType, encoding: "gzip", body: literal("no gzip"), statuses: []int{400}},
	{name: "chunked", contentType: jsonType, chunked: true, body: (*sequence).json, statuses: []int{200}},
	jsonCase("empty object", literal("{}"), 200),
	jsonCase("empty JSON body", literal(""), 200, 400),
	{name: "empty protobuf body", contentType: protoType, body: literal(""), statuses: []int{200}},
	{name: "JSON that is cut", contentType: jsonType, body: literal(`{"resourceLogs":[{`), statuses: []int{400}, check: statusMessageJSON},
	{name: "JSON of a wrong type: no content in the answer", contentType: jsonType, body: literal(`{"resourceLogs":[{"resource":"SECRETSECRET"}]}`), statuses: []int{400}, check: withoutSecret},
	{name: "protobuf that is none", contentType: protoType, body: literal("\xff\xff\xff\xff"), statuses: []int{400}, check: statusMessageProto},
	methodCase("GET", 405), methodCase("PUT", 405), methodCase("DELETE", 405), methodCase("PATCH", 405), methodCase("HEAD", 405), methodCase("OPTIONS", 204, 405),
	pathCase("/v1/nothing", "{}", 404), pathCase("/v1/logs/v1/logs", "{}", 200), pathCase("/v1/metrics", `{"resourceMetrics":[]}`, 200), pathCase("/v1/traces", `{"resourceSpans":[]}`, 200),
	jsonCase("body over 4 MiB", func(*sequence) []byte { return []byte(`{"a":"` + strings.Repeat("x", 5<<20) + `"}`) }, 400, 413),
	{name: "gzip bomb", contentType: jsonType, encoding: "gzip", body: func(*sequence) []byte { return bomb("gzip") }, statuses: []int{400, 413}},
	{name: "zstd bomb", contentType: jsonType, encoding: "zstd", body: func(*sequence) []byte { return bomb("zstd") }, statuses: []int{400, 413}},
	{name: "deflate bomb", contentType: jsonType, encoding: "deflate", body: func(*sequence) []byte { return bomb("deflate") }, statuses: []int{400, 413}},
	changedCase("unknown fields", func(request, record map[string]any) {
		request["foo"], record["bar"] = []any{1, map[string]any{"a": 2}}, "x"
	}, 200),
	changedCase("ids in hexadecimal", func(_, record map[string]any) {
		record["traceId"], record["spanId"] = "5b8efff798038103d269b633813fc60c", "eee19b7ec3c1b174"
	}, 200),
	changedCase("ids in upper case", func(_, record map[string]any) {
		record["traceId"], record["spanId"] = "5B8EFFF798038103D269B633813FC60C", "EEE19B7EC3C1B174"
	}, 200),
	changedCase("id that is none", set("traceId", "xyz"), 400),
	changedCase("names in snake case", func(request, _ map[string]any) {
		request["resource_logs"] = request["resourceLogs"]
		delete(request, "resourceLogs")
	}, 200),
	changedCase("time as a string", set("timeUnixNano", "1796000000000000000"), 200),
	changedCase("time as a number", set("timeUnixNano", 1796000000000000000), 200),
	changedCase("severity as a number", set("severityNumber", 9), 200),
	changedCase("severity as an enum name", set("severityNumber", "SEVERITY_NUMBER_INFO"), 200, 400),
	changedCase("body of a map", set("body", map[string]any{"kvlistValue": map[string]any{"values": []any{map[string]any{"key": "a", "value": map[string]any{"stringValue": "b"}}}}}), 200),
	changedCase("body of bytes", set("body", map[string]any{"bytesValue": "AAEC"}), 200),
	changedCase("null value", set("body", nil), 200, 400),
	jsonCase("nested 50 deep", func(*sequence) []byte { return nested(50) }, 200),
	jsonCase("nested 1,000 deep", func(*sequence) []byte { return nested(1000) }, 200, 400),
	jsonCase("nested 100,000 deep", func(*sequence) []byte { return nested(100000) }, 200, 400),
	jsonCase("next request", (*sequence).json, 200),
}

func fullSuccessJSON(a answer) string {
	resp := plogotlp.NewExportResponse()
	if a.header.Get("Content-Type") != jsonType || resp.UnmarshalJSON(a.body) != nil || resp.PartialSuccess().RejectedLogRecords() != 0 {
		return "not a response of full success in JSON"
	}
	return ""
}

func fullSuccessProto(a answer) string {
	resp := plogotlp.NewExportResponse()
	if a.header.Get("Content-Type") != protoType || resp.UnmarshalProto(a.body) != nil || resp.PartialSuccess().RejectedLogRecords() != 0 {
		return "not a response of full success in protobuf"
	}
	return ""
}

func statusMessageJSON(a answer) string {
	var status spb.Status
	if a.header.Get("Content-Type") != jsonType || protojson.Unmarshal(a.body, &status) != nil || status.Message == "" {
		return "not a Status with a message in JSON"
	}
	return ""
}

func statusMessageProto(a answer) string {
	var status spb.Status
	if a.header.Get("Content-Type") != protoType || proto.Unmarshal(a.body, &status) != nil || status.Message == "" {
		return "not a Status with a message in protobuf"
	}
	return ""
}

func withoutSecret(a answer) string {
	if bytes.Contains(a.body, []byte("SECRET")) {
		return "the answer has a value of the request"
	}
	return ""
}
