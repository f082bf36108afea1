package coworkdashboardexporter

import (
	"context"
	"crypto/tls"
	"net"

	"go.opentelemetry.io/collector/config/confighttp"
	"go.opentelemetry.io/collector/config/configoptional"
	"go.opentelemetry.io/collector/config/configtls"
	"golang.org/x/net/netutil"
)

// listen returns a listener with a bounded number of connections. The bound is below TLS:
// a server must see the connection of TLS itself to serve HTTP/2, which browsers use then.
func listen(ctx context.Context, cfg confighttp.ServerConfig) (net.Listener, error) {
	plain := cfg
	plain.TLS = configoptional.None[configtls.ServerConfig]()
	listener, err := plain.ToListener(ctx)
	if err != nil {
		return nil, err
	}
	listener = netutil.LimitListener(listener, maxConnections)
	if !cfg.TLS.HasValue() {
		return listener, nil
	}
	settings, err := cfg.TLS.Get().LoadTLSConfig(ctx)
	if err != nil {
		_ = listener.Close()
		return nil, err
	}
	settings.NextProtos = []string{"h2", "http/1.1"}
	return tls.NewListener(listener, settings), nil
}
