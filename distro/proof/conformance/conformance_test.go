package conformance

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog/plogotlp"

	"github.com/cowork-otel/collector/distro/proof/result"
)

// TestSendHTTP checks that a wrong status and a wrong body are problems.
func TestSendHTTP(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		w.Header().Set("Content-Type", r.Header.Get("Content-Type"))
		w.Header().Set("X-Chunked", strings.Join(r.TransferEncoding, ""))
		_, _ = w.Write([]byte(`{}`))
	}))
	defer server.Close()
	address := strings.TrimPrefix(server.URL, "http://")
	for name, c := range map[string]struct {
		hc      httpCase
		problem string
	}{
		"right":         {httpCase{contentType: jsonType, body: (*sequence).json, statuses: []int{200}, check: fullSuccessJSON}, ""},
		"wrong status":  {httpCase{contentType: jsonType, body: (*sequence).json, statuses: []int{400, 415}}, "status 200 (one of [400 415] is right)"},
		"wrong content": {httpCase{contentType: protoType, body: (*sequence).protobuf, statuses: []int{200}, check: fullSuccessProto}, "not a response of full success in protobuf"},
		"no message":    {httpCase{contentType: jsonType, body: (*sequence).json, statuses: []int{200}, check: statusMessageJSON}, "not a Status with a message in JSON"},
		"chunked": {httpCase{contentType: jsonType, body: (*sequence).json, chunked: true, statuses: []int{200}, check: func(a answer) string {
			return strings.ReplaceAll(a.header.Get("X-Chunked"), "chunked", "")
		}}, ""},
	} {
		_, problem := sendHTTP(server.Client(), address, &c.hc, &sequence{})
		require.Equal(t, c.problem, problem, name)
	}
}

// TestReport checks that a pending case without its fault is a problem.
func TestReport(t *testing.T) {
	var s result.Section
	report(&s, "a case", "200", "wrong")
	for name := range pending {
		report(&s, name, "200", "wrong")
		require.Len(t, s.Problems, 1)
		report(&s, name, "200", "")
		require.Equal(t, []string{"a case: wrong", name + ": has no problem any more (remove its row of pending)"}, s.Problems)
		break
	}
}

// TestBodies checks that a changed body is still a request, and that records differ.
func TestBodies(t *testing.T) {
	s := &sequence{}
	req := plogotlp.NewExportRequest()
	require.NoError(t, req.UnmarshalJSON(s.changed(set("severityNumber", 9))))
	require.Equal(t, 1, req.Logs().LogRecordCount())
	first := s.json()
	require.NotEqual(t, first, s.json())
	require.Less(t, len(bomb("gzip")), 1<<20)
	names := map[string]bool{}
	for _, c := range httpCases {
		require.False(t, names[c.name], c.name)
		require.NotEmpty(t, c.statuses, c.name)
		names[c.name] = true
	}
	for name := range pending {
		require.True(t, names[name], name)
	}
}
