package detect

import (
	"testing"

	"github.com/cowork-otel/collector/internal/pii/internal/span"
)

func TestSocialSecurity(t *testing.T) {
	checkRows(t, SocialSecurity, isNumber, span.SocialSecurity, []row{
		{"", "is 536-22-8726.", "536-22-8726"},
		{"", "536 22 8726", "536 22 8726"},
		{"", "SSN_536-22-8726.pdf", "536-22-8726"},
		{"ssn", "536228726", "536228726"},
		{"ssn", "536.22.8726", "536.22.8726"},
		{"", "536228726", ""},
		{"", "536.22.8726", ""},
		{"", "666-22-8726, 000-22-8726, 936-22-8726", ""},
		{"", "536-00-8726 and 536-22-0000", ""},
		{"", "1-536-22-8726", ""},
		{"", "536-22-8726-1", ""},
		{"", "536-22 8726", ""},
	})
}
