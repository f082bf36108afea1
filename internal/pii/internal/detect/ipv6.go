package detect

import (
	"net/netip"

	"github.com/cowork-otel/collector/internal/pii/internal/span"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// ipv6Max bounds the text of an address, its zone included.
const ipv6Max = 64

// IPv6 detects an IP address whose first colon is at i. net/netip parses it.
func IPv6(r *Reader, i int) (found span.Span, ok bool) {
	t := r.Text
	if i < r.colonsEnd || i+1 >= len(t) || !text.Is(t[i+1], text.Hexa|text.Colon) {
		return found, false
	}
	start := text.RunStart(t, i, i-5, text.Hexa)
	if p := r.Previous(start); i-start > 4 || text.Is(p, text.Alnum) || p == '_' || p == ':' || p == '.' {
		return found, false
	}
	end := text.RunEnd(t, i, start+ipv6Max, text.Hexa|text.Colon|text.Dot)
	r.colonsEnd = end
	for end > i && (t[end-1] == '.' || t[end-1] == ':' && t[end-2] != ':') {
		end--
	}
	addr, err := netip.ParseAddr(t[start:end])
	if err != nil || text.Is(r.Next(end), text.Alnum) || r.Next(end) == '_' || !isPlausibleIPv6(addr, t[start:end]) ||
		isUnownedIPv6(r, end, addr) {
		return found, false
	}
	if r.Next(end) == '%' {
		if zone := text.RunEnd(t, end+1, end+1+16, text.Alnum); zone > end+1 {
			end = zone
		}
	}
	return accept(span.IPAddress, span.Structural, start, end)
}

// isUnownedIPv6 reports whether an address that ends at end is one of a group, or with the length
// of a prefix a block of addresses that no single host has.
func isUnownedIPv6(r *Reader, end int, addr netip.Addr) bool {
	if addr.IsMulticast() {
		return true
	}
	isShared := addr.IsPrivate() || addr.IsLinkLocalUnicast()
	for _, block := range sharedBlocksIPv6 {
		isShared = isShared || block.Contains(addr)
	}
	return isShared && isPrefix(r, end, addr)
}

// sharedBlocksIPv6 are the blocks for documentation, for transitions and for discarded packets.
var sharedBlocksIPv6 = [...]netip.Prefix{
	netip.MustParsePrefix("2001:db8::/32"), netip.MustParsePrefix("3fff::/20"), netip.MustParsePrefix("2002::/16"), netip.MustParsePrefix("2001::/32"),
	netip.MustParsePrefix("64:ff9b::/96"), netip.MustParsePrefix("100::/64"), netip.MustParsePrefix("fec0::/10"),
}

// isPlausibleIPv6 reports whether an address identifies a host, and is not the slice of a
// list, the name of a scope, or the bytes of an identifier.
func isPlausibleIPv6(addr netip.Addr, in string) bool {
	if addr.IsUnspecified() || addr.Unmap().IsLoopback() {
		return false
	}
	digits, groups, longest := 0, 0, 0
	for i := 0; i < len(in); {
		end := text.RunEnd(in, i, len(in), text.Hexa)
		if end > i {
			groups++
			longest = max(longest, end-i)
		}
		for ; i < end; i++ {
			if text.Is(in[i], text.Digit) {
				digits++
			}
		}
		i++
	}
	return longest > 2 && digits > 0 && (groups > 2 || len(in) >= 6 && in[0] != ':')
}
