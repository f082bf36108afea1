package hosts

import "net/netip"

// Normal returns the normal form of a host: lower case, punycode, IP addresses in their
// usual notation.
func Normal(host string) string {
	domain := fold(host)
	if ip, ok := parseAddress(domain); ok {
		return ip
	}
	return domain
}

// IsLocal reports whether a host in its normal form is on this machine or in a private
// network: localhost, and loopback, private and link-local addresses.
func IsLocal(host string) bool {
	if ip, err := netip.ParseAddr(host); err == nil {
		return ip.IsLoopback() || ip.IsPrivate() || ip.IsLinkLocalUnicast() || ip.IsUnspecified()
	}
	return Set{"localhost": true}.Covers(host)
}
