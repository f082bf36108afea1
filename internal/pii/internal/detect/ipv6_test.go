package detect

import (
	"testing"

	"github.com/cowork-otel/collector/internal/pii/internal/span"
)

func TestIPv6(t *testing.T) {
	checkRows(t, IPv6, isSign(':'), span.IPAddress, []row{
		{"", "from 2001:db8:85a3::8a2e:370:7334 to", "2001:db8:85a3::8a2e:370:7334"},
		{"", "[fe80::1ff:fe23:4567:890a%eth0]:443", "fe80::1ff:fe23:4567:890a%eth0"},
		{"", "::ffff:192.0.2.128", "::ffff:192.0.2.128"},
		{"", "::1 and ::", ""},
		{"", "at 12:34:56 on", ""},
		{"", "std::string a::b", ""},
		{"", "fd00::/8, fe80::/10, fc00::/7, 2001:db8::/32, fd12:3456:789a::/48, ff02::fb", ""},
		{"", "2001:db8::17/64 and fd12:3456:789a::1, 2a02:8071::/32", "2001:db8::17|fd12:3456:789a::1|2a02:8071::"},
		{"", "x[1::2]", ""},
		{"", "00:1a:2b:3c:4d:5e", ""},
	})
}
