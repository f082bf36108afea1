package otlp

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog/plogotlp"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/pmetric/pmetricotlp"
	"go.opentelemetry.io/collector/pdata/ptrace"
	"go.opentelemetry.io/collector/pdata/ptrace/ptraceotlp"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
)

// A logServer takes logs over gRPC and remembers the last request.
type logServer struct {
	plogotlp.UnimplementedGRPCServer
	fail          error
	records       int
	authorization []string
}

// Export implements plogotlp.GRPCServer.
func (s *logServer) Export(ctx context.Context, req plogotlp.ExportRequest) (plogotlp.ExportResponse, error) {
	md, _ := metadata.FromIncomingContext(ctx)
	s.records, s.authorization = req.Logs().LogRecordCount(), md.Get("authorization")
	res := plogotlp.NewExportResponse()
	res.PartialSuccess().SetRejectedLogRecords(2)
	return res, s.fail
}

type metricServer struct {
	pmetricotlp.UnimplementedGRPCServer
}

// Export implements pmetricotlp.GRPCServer.
func (*metricServer) Export(context.Context, pmetricotlp.ExportRequest) (pmetricotlp.ExportResponse, error) {
	return pmetricotlp.NewExportResponse(), nil
}

type traceServer struct {
	ptraceotlp.UnimplementedGRPCServer
}

// Export implements ptraceotlp.GRPCServer.
func (*traceServer) Export(context.Context, ptraceotlp.ExportRequest) (ptraceotlp.ExportResponse, error) {
	return ptraceotlp.NewExportResponse(), nil
}

func serve(t *testing.T, logs *logServer, options ...grpc.ServerOption) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	server := grpc.NewServer(options...)
	if logs != nil {
		plogotlp.RegisterGRPCServer(server, logs)
		pmetricotlp.RegisterGRPCServer(server, &metricServer{})
		ptraceotlp.RegisterGRPCServer(server, &traceServer{})
	}
	done := make(chan error, 1)
	go func() { done <- server.Serve(listener) }()
	t.Cleanup(func() {
		server.Stop()
		require.NoError(t, <-done)
	})
	return listener.Addr().String()
}

// TestGRPC checks that what was sent arrives with its header, that the answer is
// read, and that all signals have a service.
func TestGRPC(t *testing.T) {
	for _, zip := range []bool{false, true} {
		logs := &logServer{}
		c := client(t, Settings{Endpoint: serve(t, logs), Protocol: GRPC, Gzip: zip, Headers: []Header{{"Authorization", "Bearer " + secret}}})
		receipt, err := c.Logs(t.Context(), someLogs())
		require.NoError(t, err)
		require.Equal(t, "OK", receipt.Answer)
		require.EqualValues(t, 2, receipt.Rejected)
		require.Positive(t, receipt.Bytes)
		require.Equal(t, 1, logs.records)
		require.Equal(t, []string{"Bearer " + secret}, logs.authorization)
		_, err = c.Metrics(t.Context(), pmetric.NewMetrics())
		require.NoError(t, err)
		_, err = c.Traces(t.Context(), ptrace.NewTraces())
		require.NoError(t, err)
	}
}

// TestGRPCRefusals checks what is said about statuses, and that nothing of the
// server's text is in it.
func TestGRPCRefusals(t *testing.T) {
	check := func(code codes.Code, want string) {
		t.Helper()
		at := serve(t, &logServer{fail: status.Error(code, secret)})
		_, err := client(t, Settings{Endpoint: at, Protocol: GRPC}).Logs(t.Context(), someLogs())
		require.ErrorContains(t, err, want)
		require.NotContains(t, err.Error(), secret)
	}
	check(codes.Unauthenticated, "Unauthenticated: the endpoint wants to know who sends")
	check(codes.PermissionDenied, "PermissionDenied: the header's value is not allowed to send")
	check(codes.ResourceExhausted, "ResourceExhausted: the endpoint asks for less")
	check(codes.Unavailable, "Unavailable: the collector is not reached, or is there and takes nothing for now")
	check(codes.InvalidArgument, "InvalidArgument: the endpoint could not read the request")
	check(codes.DataLoss, "DataLoss: look into the collector's log")
	check(codes.DeadlineExceeded, "no answer in time")

	_, err := client(t, Settings{Endpoint: serve(t, nil), Protocol: GRPC}).Logs(t.Context(), someLogs())
	require.ErrorContains(t, err, "Unimplemented: the endpoint takes no such telemetry")
}

// TestWrongPort checks that each protocol notices the other's port.
func TestWrongPort(t *testing.T) {
	web := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(web.Close)
	_, err := client(t, Settings{Endpoint: web.URL, Protocol: GRPC}).Logs(t.Context(), someLogs())
	require.ErrorContains(t, err, "no gRPC there: something answers that does not speak gRPC")

	_, err = client(t, Settings{Endpoint: serve(t, &logServer{})}).Logs(t.Context(), someLogs())
	require.ErrorContains(t, err, "no HTTP there: something answers that does not speak HTTP: is it the gRPC port?")
}
