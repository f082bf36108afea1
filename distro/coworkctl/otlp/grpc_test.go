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

// A logServer accepts logs over gRPC and stores the last request.
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

// TestGRPC checks that requests arrive with their headers, that the response is
// parsed, and that all signals can be sent.
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

// TestGRPCRefusals checks the errors for statuses, and that they do not contain the
// server's text.
func TestGRPCRefusals(t *testing.T) {
	check := func(code codes.Code, want string) {
		t.Helper()
		at := serve(t, &logServer{fail: status.Error(code, secret)})
		_, err := client(t, Settings{Endpoint: at, Protocol: GRPC}).Logs(t.Context(), someLogs())
		require.ErrorContains(t, err, want)
		require.NotContains(t, err.Error(), secret)
	}
	check(codes.Unauthenticated, "Unauthenticated: the endpoint requires authentication")
	check(codes.PermissionDenied, "PermissionDenied: the header's value has no permission to send")
	check(codes.ResourceExhausted, "ResourceExhausted: the endpoint limits the rate")
	check(codes.Unavailable, "Unavailable: the collector is not reached, or accepts nothing at the moment")
	check(codes.InvalidArgument, "InvalidArgument: the endpoint could not parse the request")
	check(codes.DataLoss, "DataLoss: check the collector's log")
	check(codes.DeadlineExceeded, "no answer in time")

	_, err := client(t, Settings{Endpoint: serve(t, nil), Protocol: GRPC}).Logs(t.Context(), someLogs())
	require.ErrorContains(t, err, "Unimplemented: the endpoint does not accept this signal")
}

// TestWrongPort checks the error for the port of the other protocol.
func TestWrongPort(t *testing.T) {
	web := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(web.Close)
	_, err := client(t, Settings{Endpoint: web.URL, Protocol: GRPC}).Logs(t.Context(), someLogs())
	require.ErrorContains(t, err, "no gRPC there: the server does not use gRPC")

	_, err = client(t, Settings{Endpoint: serve(t, &logServer{})}).Logs(t.Context(), someLogs())
	require.ErrorContains(t, err, "no HTTP there: the server does not use HTTP: check the port")
}
