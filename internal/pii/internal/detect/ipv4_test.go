package detect

import (
	"testing"

	"github.com/cowork-otel/collector/internal/pii/internal/span"
)

func TestIPv4(t *testing.T) {
	checkRows(t, IPv4, isNumber, span.IPAddress, []row{
		{"", "ping 192.168.1.20:8080 and 203.0.113.7/24", "192.168.1.20|203.0.113.7"},
		{"", "dns 8.8.8.8, 1.1.1.1", "8.8.8.8|1.1.1.1"},
		{"host", "10.0.0.5", "10.0.0.5"},
		{"", "localhost 127.0.0.1, mask 255.255.255.0, any 0.0.0.0", ""},
		{"", "oid 1.3.6.1.4.1", ""},
		{"", "version 2.0.17.4", ""},
		{"version", "4.8.1.2", ""},
		{"", "v1.2.3.4 and app_1.2.3.4", ""},
		{"", "Kestrel/8.0.11.4", ""},
		{"", "1.2.3.400", ""},
		{"", "1.2.3.4-beta", ""},
	})
}
