package schema

import (
	"net/netip"
	"strings"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/hosts"
)

// maxHost is longer than any host name.
const maxHost = 1024

// HostOf returns the host of the URL that a tool requests, in the normal form of
// [hosts.Normal], "" if it requests none.
func HostOf(e cowork.Event) string {
	if url := cowork.URLOf(e); url != "" {
		for host := range hosts.Of(url, false) {
			return shownHost(url, host[:min(len(host), maxHost)])
		}
	}
	return ""
}

// shownHost returns the normal form of a URL's host. An address in another notation, such as
// 0xC000024D, stays as it is in the URL: in its usual notation redaction replaces it. The
// addresses of the machine and its link are those that redaction keeps.
func shownHost(url, host string) string {
	normal := hosts.Normal(host)
	address, err := netip.ParseAddr(normal)
	if err != nil || address.IsLoopback() || address.IsLinkLocalUnicast() || address.IsUnspecified() || strings.Contains(strings.ToLower(url), normal) {
		return normal
	}
	return strings.ToLower(host)
}
