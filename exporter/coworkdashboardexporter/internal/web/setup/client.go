package setup

import (
	"cmp"
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
)

// A Client holds the settings to enter in Cowork's admin settings.
type Client struct {
	// Endpoint is "" if no receiver of this collector accepts OTLP over HTTP.
	Endpoint string   `json:"endpoint"`
	Local    bool     `json:"-"` // the endpoint is a loopback address
	Protocol string   `json:"protocol"`
	Headers  []string `json:"headers"`
	// Servers are where this collector listens for logs.
	Servers []report.Server `json:"servers"`
}

// NewClient returns the settings for a configured endpoint, by default that of the first
// server with OTLP over HTTP. If it listens on all addresses, its host is that of the
// request.
func NewClient(endpoint string, headers []string, servers []report.Server, host string) Client {
	c := Client{Endpoint: endpoint, Protocol: "http/protobuf", Headers: headers, Servers: servers}
	if i := slices.IndexFunc(servers, func(s report.Server) bool { return s.Transport == "http" }); i >= 0 {
		c.Endpoint = cmp.Or(endpoint, endpointOf(servers[i], host))
		if servers[i].Auth && len(headers) == 0 {
			c.Headers = []string{"Authorization=Bearer <token>"}
		}
	}
	c.Local = isLoopback(c.Endpoint)
	return c
}

// endpointOf returns the URL of a server.
func endpointOf(s report.Server, host string) string {
	scheme := "http"
	if s.TLS {
		scheme = "https"
	}
	name, port, err := net.SplitHostPort(s.Address)
	if err != nil {
		return scheme + "://" + s.Address + s.Path
	}
	if isWildcard(name) {
		name = format.Sanitize(format.Truncate(host, format.MaxShown))
	}
	return scheme + "://" + net.JoinHostPort(name, port) + s.Path
}

// isWildcard reports whether a listener with a name listens on all addresses.
func isWildcard(name string) bool {
	ip, err := netip.ParseAddr(name)
	return name == "" || err == nil && ip.IsUnspecified()
}

// isLoopback reports whether a URL leads to the computer of its user.
func isLoopback(endpoint string) bool {
	u, err := url.Parse(endpoint)
	return err == nil && isLoopbackName(u.Hostname())
}

func isLoopbackName(name string) bool {
	name = strings.ToLower(name)
	ip, err := netip.ParseAddr(name)
	return name == "localhost" || strings.HasSuffix(name, ".localhost") || err == nil && (ip.IsLoopback() || ip.IsUnspecified())
}

// reachAdvice returns what prevents clients from reaching the collector.
func (s Check) reachAdvice() Advice {
	none := s.Latest.IsZero()
	switch {
	case s.Client.Endpoint == "" && len(s.Client.Servers) > 0:
		return Advice{
			"bad", "No receiver accepts OTLP over HTTP.",
			"Cowork sends by HTTP only. Add protocols::http to the otlp receiver.",
		}
	case none && s.Client.Local:
		return Advice{
			"bad", "Other computers cannot reach the endpoint below.",
			"Cowork runs in a virtual machine, where localhost is the virtual machine itself. Let the receiver listen on 0.0.0.0, with tls and auth. Give the collector a name that users’ computers can reach, and set collector_url to it.",
		}
	}
	return Advice{}
}

// A refusedJSON is a kind of refused requests in JSON.
type refusedJSON struct {
	report.Refused
	Reason string `json:"reason"`
}

// JSON returns the setup check for JSON. Lists without elements are empty, not null.
func (s Check) JSON() any {
	out := struct {
		report.Setup
		Refused  []refusedJSON `json:"refused"`
		Advice   []Advice      `json:"advice"`
		Client   Client        `json:"client"`
		Redacted bool          `json:"redacted"`
	}{s.Setup, []refusedJSON{}, s.Advice(), s.Client, s.Redacted}
	for _, r := range s.Refused {
		out.Refused = append(out.Refused, refusedJSON{r, refusalOf(r.Status).reason})
	}
	out.Client.Headers = append([]string{}, s.Client.Headers...)
	out.Client.Servers = append([]report.Server{}, s.Client.Servers...)
	for _, list := range []*[]report.Count{&out.Rejected, &out.Services, &out.Unknown, &out.Unpriced} {
		*list = append([]report.Count{}, *list...)
	}
	out.Storage.Tables = append([]report.StoredTable{}, s.Storage.Tables...)
	out.Kinds = append([]report.Kind{}, s.Kinds...)
	for i, k := range out.Kinds {
		out.Kinds[i].Versions = append([]report.Version{}, k.Versions...)
		out.Kinds[i].Attributes = append([]report.Share{}, k.Attributes...)
	}
	return out
}
