package prefilter_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/pii/internal/prefilter"
)

func TestIsIdentifier(t *testing.T) {
	for _, in := range []string{
		"1e3575bc-8d60-45c1-87e2-567bb7bd5008", "7CA19E7E77AB51B1E9D1F99F81888695", "941ee165613bdf871d8e9b274d156dd048adad34",
		"7ca19e7e77ab51b1e9d1f99f818886950229109d4808f246ba790ecc1661122f", "2026-11-21", "2026-11-21T02:43:59.722Z", "2026-11-21 02:43:59", "2026-11-21T02:43:59+01:00",
	} {
		require.True(t, prefilter.IsIdentifier(in), in)
	}
	for _, in := range []string{
		"", "a", "4111111111111111", "4111-1111-1111-1111", "12345678-1234-1234-1234-123456789012", "1e3575bc-8d60-45c1-87e2-567bb7bd500", "1e3575bc-8d60-45c1-87e2-567bb7bd500g",
		"1e3575bc-8d60-45c1-87e2-567b-7bd5008", "12345678901234567890123456789012", "7ca19e7e77ab51b1e9d1f99f8188869", "7ca19e7e-7ab51b1e9d1f99f81888695",
		"2026-11-2", "2026-11-21T02:43:59.722Z 415-555-0132", "2026-11-21T02:43:59-415-555", "2026-11-21x", "2026-11-21T02:43", "DE89370400440532013000", "2026-11-21T02:43:59+415555",
	} {
		require.False(t, prefilter.IsIdentifier(in), in)
	}
}
