package setup

import (
	"net/netip"
	"net/url"
	"strings"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
)

// A Client holds the settings to enter in Cowork's admin settings.
type Client struct {
	Endpoint string   `json:"endpoint"`
	Local    bool     `json:"-"` // the endpoint is a loopback address
	Protocol string   `json:"protocol"`
	Headers  []string `json:"headers"`
}

// NewClient returns the settings for a configured endpoint, by default the host name of a
// request with the port of OTLP over HTTP.
func NewClient(endpoint string, headers []string, host string) Client {
	if endpoint == "" {
		host = format.Sanitize(format.Truncate(host, format.MaxShown))
		if strings.Contains(host, ":") {
			host = "[" + host + "]"
		}
		endpoint = "http://" + host + ":4318"
	}
	return Client{Endpoint: endpoint, Local: isLoopback(endpoint), Protocol: "http/protobuf", Headers: headers}
}

// isLoopback reports whether a URL leads to the computer of its user.
func isLoopback(endpoint string) bool {
	u, err := url.Parse(endpoint)
	if err != nil {
		return false
	}
	name := strings.ToLower(u.Hostname())
	ip, err := netip.ParseAddr(name)
	return name == "localhost" || strings.HasSuffix(name, ".localhost") || err == nil && (ip.IsLoopback() || ip.IsUnspecified())
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
		Refused []refusedJSON `json:"refused"`
		Advice  []Advice      `json:"advice"`
		Client  Client        `json:"client"`
	}{s.Setup, []refusedJSON{}, s.Advice(), s.Client}
	for _, r := range s.Refused {
		out.Refused = append(out.Refused, refusedJSON{r, refusalOf(r.Status).reason})
	}
	out.Client.Headers = append([]string{}, s.Client.Headers...)
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
