package lifecycle

import (
	"strings"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/receiver/otlpreceiver"

	"github.com/cowork-otel/collector/internal/running"
)

// serversOf returns the addresses of a receiver of OTLP, nil for others.
func serversOf(id string, cfg component.Config) (list []running.Server) {
	c, ok := cfg.(*otlpreceiver.Config)
	if !ok {
		return nil
	}
	if h := c.Protocols.HTTP.Get(); h != nil {
		s := h.ServerConfig
		list = append(list, running.Server{
			Receiver: id, Transport: "http", Address: s.NetAddr.Endpoint, Path: strings.TrimSuffix(string(h.LogsURLPath), "/v1/logs"),
			TLS: s.TLS.HasValue(), Auth: s.Auth.HasValue(),
		})
	}
	if g := c.Protocols.GRPC.Get(); g != nil {
		list = append(list, running.Server{
			Receiver: id, Transport: "grpc", Address: g.NetAddr.Endpoint, TLS: g.TLS.HasValue(), Auth: g.Auth.HasValue(),
		})
	}
	return list
}
