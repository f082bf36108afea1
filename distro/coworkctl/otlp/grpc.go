package otlp

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"strings"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/encoding/gzip"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/stats"
)

const userAgent = "coworkctl"

// grpcTransport sends OTLP/gRPC.
type grpcTransport struct {
	conn    *grpc.ClientConn
	headers metadata.MD
}

func newGRPC(set Settings, to endpoint, security *tls.Config) (*grpcTransport, error) {
	target, err := to.target()
	if err != nil {
		return nil, err
	}
	creds := insecure.NewCredentials()
	if to.secure {
		creds = credentials.NewTLS(security)
	}
	options := []grpc.DialOption{grpc.WithTransportCredentials(creds), grpc.WithUserAgent(userAgent), grpc.WithStatsHandler(sizes{})}
	if set.Gzip {
		options = append(options, grpc.WithDefaultCallOptions(grpc.UseCompressor(gzip.Name)))
	}
	t := &grpcTransport{headers: metadata.MD{}}
	for _, h := range set.Headers {
		name := strings.ToLower(h.Name)
		if strings.HasPrefix(name, "grpc-") {
			return nil, fmt.Errorf("header: the name %q is reserved by gRPC", name)
		}
		t.headers.Set(name, h.Value)
	}
	if t.conn, err = grpc.NewClient(target, options...); err != nil {
		return nil, errors.New("endpoint: is no gRPC address (would be like localhost:4317)")
	}
	return t, nil
}

func (t *grpcTransport) close() error { return t.conn.Close() }

func (t *grpcTransport) send(ctx context.Context, e export) (Receipt, error) {
	var sent int
	ctx = metadata.NewOutgoingContext(context.WithValue(ctx, sizeKey{}, &sent), t.headers)
	rejected, err := e.call(ctx, t.conn)
	if err != nil {
		return Receipt{}, failedCall(err)
	}
	return Receipt{Answer: "OK", Bytes: sent, Rejected: rejected}, nil
}

// sizes stores the size of a request as sent in the variable that the context of its
// call carries.
type sizes struct{}

type sizeKey struct{}

// HandleRPC implements stats.Handler.
func (sizes) HandleRPC(ctx context.Context, s stats.RPCStats) {
	if out, ok := s.(*stats.OutPayload); ok {
		if n, ok := ctx.Value(sizeKey{}).(*int); ok {
			*n = out.CompressedLength
		}
	}
}

// TagRPC implements stats.Handler.
func (sizes) TagRPC(ctx context.Context, _ *stats.RPCTagInfo) context.Context { return ctx }

// TagConn implements stats.Handler.
func (sizes) TagConn(ctx context.Context, _ *stats.ConnTagInfo) context.Context { return ctx }

// HandleConn implements stats.Handler.
func (sizes) HandleConn(context.Context, stats.ConnStats) {}
