package detect

import (
	"net/netip"
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/span"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// IPv4 detects four numbers up to 255 with dots between them, the first of which starts at i. A port, a path or
// the length of a prefix may follow and is no part of the finding. Five numbers are a version.
func IPv4(r *Reader, start int) (found span.Span, ok bool) {
	if r.Previous(start) == '_' {
		return found, false
	}
	t := r.Text
	var octets [4]int
	i := start
	for k := range octets {
		end := text.RunEnd(t, i, i+4, text.Digit)
		if end == i || end-i > 3 || k < 3 && r.Next(end) != '.' {
			return found, false
		}
		for _, c := range []byte(t[i:end]) {
			octets[k] = octets[k]*10 + int(c-'0')
		}
		if octets[k] > 255 {
			return found, false
		}
		i = end + 1
	}
	end := i - 1
	if isContinued(r, end, '.', 0) || r.Next(end) == '-' && text.Is(r.Next(end+1), text.Letter) || !isAddress(r, start, end, octets) {
		return found, false
	}
	if octets[0] == 127 || octets[0] >= 224 || octets == [4]int{} || isBlock(r, end, octets) {
		return skip(start, end)
	}
	return accept(span.IPAddress, span.Structural, start, end)
}

// isAddress reports whether the four octets of [start, end) are those of an address and not
// of a version. Versions consist of small numbers: octets that are small, and neither those
// of a private network nor of a well-known resolver, need a word or a sign of an address.
func isAddress(r *Reader, start, end int, octets [4]int) bool {
	before := r.Previous(start)
	if text.Is(before, text.Alnum) || before == '.' || before == '_' {
		return false
	}
	if isFourth(r.Text[:start]) {
		return true
	}
	size := sizeOf(octets)
	if octets[0] == 0 || isVersion(r, start, end, octets, size) {
		r.versionEnd = start
		return false
	}
	isSource := max(octets[2], octets[3]) >= 32 && strings.HasSuffix(r.Text[:start], "from ") && !strings.HasPrefix(r.Text[end:], " to ")
	return size != smallOctets || isSource || isResolver(octets) || hasAddressSign(r, start, end) || r.HasContext(AddressContext, start, end) ||
		start == 0 && end == len(r.Text) && r.Key == ""
}

// An octetSize is how much the octets of an address look like the numbers of a version.
type octetSize uint8

const (
	smallOctets octetSize = iota // all less than 32, or the first two less than 16
	privateOctets
	largeOctets
)

func sizeOf(octets [4]int) octetSize {
	switch a, b := octets[0], octets[1]; {
	case a == 192 && b == 168, a == 172 && b>>4 == 1, a == 10:
		return privateOctets
	case max(a, b) < 16, max(a, b, octets[2], octets[3]) < 32:
		return smallOctets
	}
	return largeOctets
}

// hasAddressSign reports whether a port, the length of a prefix, or the @ or // before a
// host belongs to the four numbers of [start, end).
func hasAddressSign(r *Reader, start, end int) bool {
	before, after := r.Previous(start), r.Next(end)
	return (after == ':' || after == '/') && text.Is(r.Next(end+1), text.Digit) ||
		(before == '/' || before == '\\') && r.Previous(start-1) == before ||
		lineBefore(r.Text, start) == "" && strings.HasPrefix(r.Text[end:], " - ") // the log of a server
}

// isResolver reports whether octets are those of a public resolver.
func isResolver(octets [4]int) bool {
	switch octets {
	case [4]int{8, 8, 8, 8}, [4]int{8, 8, 4, 4}, [4]int{1, 1, 1, 1}, [4]int{1, 0, 0, 1}, [4]int{9, 9, 9, 9}:
		return true
	}
	return false
}

// isBlock reports whether octets with the length of a prefix at end are a block of
// addresses that no single host has, or octets without one are the base of such a block.
func isBlock(r *Reader, end int, octets [4]int) bool {
	address := netip.AddrFrom4([4]byte{byte(octets[0]), byte(octets[1]), byte(octets[2]), byte(octets[3])})
	if octets == [4]int{169, 254, 169, 254} { // the metadata of a cloud's machine
		return true
	}
	for _, block := range sharedBlocks {
		if block.Contains(address) {
			return address == block.Addr() || address == lastOf(block) || isPrefix(r, end, address) || octets[3] == 0 && isMasked(r.Text[end:])
		}
	}
	return false
}

// lastOf returns the last address of a block of IPv4.
func lastOf(block netip.Prefix) netip.Addr {
	last := block.Addr().As4()
	for bit := block.Bits(); bit < 8*len(last); bit++ {
		last[bit/8] |= 0x80 >> (bit % 8)
	}
	return netip.AddrFrom4(last)
}

// isMasked reports whether a netmask follows an address.
func isMasked(after string) bool {
	return strings.HasPrefix(after, " netmask ") || strings.HasPrefix(after, " mask ") || strings.HasPrefix(after, " 255.")
}

// isPrefix reports whether the length of a prefix follows an address at end, and the bits after the prefix are 0.
func isPrefix(r *Reader, end int, address netip.Addr) bool {
	stop := text.RunEnd(r.Text, end+1, end+len("/128")+1, text.Digit)
	if r.Next(end) != '/' || stop == end+1 || text.Is(r.Next(stop), text.Alnum) {
		return false
	}
	bits := 0
	for _, c := range []byte(r.Text[end+1 : stop]) {
		bits = bits*10 + int(c-'0')
	}
	prefix, err := address.Prefix(bits)
	return err == nil && prefix.Addr() == address && bits < address.BitLen()
}

// sharedBlocks are the blocks of addresses that are private, for documentation, for tests, for links
// or shared by carriers. Any host in them but their base is an address like any other.
var sharedBlocks = [...]netip.Prefix{
	netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("172.16.0.0/12"), netip.MustParsePrefix("192.168.0.0/16"),
	netip.MustParsePrefix("169.254.0.0/16"), netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("198.18.0.0/15"),
	netip.MustParsePrefix("192.0.2.0/24"), netip.MustParsePrefix("198.51.100.0/24"), netip.MustParsePrefix("203.0.113.0/24"), netip.MustParsePrefix("192.0.0.0/24"),
}

// isFourth reports whether a text ends with the name of the protocol: IPv4, v4=.
func isFourth(before string) bool {
	before = strings.TrimRight(before[max(0, len(before)-8):], ` :="'`)
	return strings.HasSuffix(before, "v4") || strings.HasSuffix(before, "V4")
}
