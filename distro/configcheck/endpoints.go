package configcheck

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/cowork-otel/collector/distro/pipelines"
)

// Types of exporters: of OTLP, and of remote write.
var (
	overHTTP = []string{"otlp_http", "otlphttp"}
	overGRPC = []string{"otlp", "otlp_grpc"}

	// remoteWrite are the types that start without an endpoint, and then fail each batch.
	remoteWrite = []string{"prometheus_remote_write", "prometheusremotewrite"}
)

// signalPath matches the path that an exporter appends to an endpoint.
var signalPath = regexp.MustCompile(`/v1/(logs|metrics|traces)/?$`)

// checkEndpoints reports endpoints of OTLP exporters in use that reach no receiver.
func checkEndpoints(c *checker) {
	for _, id := range c.service.graph.Exporters() {
		where, kind := "exporters"+delimiter+id, pipelines.TypeOf(id)
		cfg := c.service.graph.Config("exporters", id)
		if slices.Contains(remoteWrite, kind) && endpointOf(cfg, "endpoint") == "" {
			c.addError(where, "endpoint: must be set (http://localhost:9090/api/v1/write is that of a Prometheus on this machine)")
		}
		if slices.Contains(overGRPC, kind) && strings.HasSuffix(endpointOf(cfg, "endpoint"), ":4318") {
			c.addWarning(where, "endpoint: 4318 is the port of OTLP over HTTP (use the exporter otlp_http, or port 4317)")
		}
		if !slices.Contains(overHTTP, kind) {
			continue
		}
		for _, key := range []string{"endpoint", "logs_endpoint", "metrics_endpoint", "traces_endpoint"} {
			endpoint := endpointOf(cfg, key)
			u, err := url.Parse(endpoint)
			switch {
			case endpoint == "":
			case err != nil || !strings.Contains(endpoint, "://"):
				c.addError(where, "%s: is no URL (it begins with https:// or http://)", key)
			case key == "endpoint" && signalPath.MatchString(u.Path):
				c.addWarning(where, "endpoint: ends in a path that the exporter appends again (remove %s, or write it as %s_endpoint)",
					strings.TrimSuffix(signalPath.FindString(u.Path), "/"), signalPath.FindStringSubmatch(u.Path)[1])
			case u.Port() == "4317":
				c.addWarning(where, "%s: 4317 is the port of OTLP over gRPC (use the exporter otlp_grpc, or port 4318)", key)
			}
		}
	}
}

func endpointOf(cfg map[string]any, key string) string {
	text, _ := cfg[key].(string)
	return strings.TrimSpace(text)
}
