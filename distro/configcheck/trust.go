package configcheck

import (
	"fmt"
	"maps"
	"net"
	"slices"

	"github.com/cowork-otel/collector/distro/pipelines"
)

// checkTrust warns of receivers from which cowork_redaction accepts marks, although anyone
// who reaches them can write a mark.
func checkTrust(c *checker) {
	g := c.service.graph
	trusts := func(id, kind string) bool {
		return pipelines.TypeOf(id) == kind && fmt.Sprint(g.Config("processors", id)["trust_marks"]) == "true"
	}
	for _, p := range g.Pipelines {
		end := slices.IndexFunc(p.Processors, func(id string) bool { return trusts(id, "cowork_redaction") })
		if end < 0 || slices.ContainsFunc(p.Processors[:end], func(id string) bool {
			return pipelines.TypeOf(id) == "cowork_event" && !trusts(id, "cowork_event") // renames marks
		}) {
			continue
		}
		for _, id := range p.Receivers {
			protocols, _ := g.Config("receivers", id)["protocols"].(map[string]any)
			for _, protocol := range slices.Sorted(maps.Keys(protocols)) {
				server, _ := protocols[protocol].(map[string]any)
				if isOpen(server) {
					c.addWarning("receivers"+delimiter+id, "protocols::%s: a client can write the mark that processors::%s trusts (set tls::client_ca_file to the authority of the first tier, or auth)", protocol, p.Processors[end])
				}
			}
		}
	}
}

// isOpen reports whether a server accepts other machines without a certificate or a token.
func isOpen(server map[string]any) bool {
	host, _, err := net.SplitHostPort(endpointOf(server, "endpoint"))
	if ip := net.ParseIP(host); err != nil || host == "localhost" || ip != nil && ip.IsLoopback() {
		return false // the default is localhost
	}
	tls, _ := server["tls"].(map[string]any)
	return server["auth"] == nil && tls["client_ca_file"] == nil && tls["client_ca_pem"] == nil
}
