package detect

import (
	"testing"

	"github.com/cowork-otel/collector/internal/pii/internal/span"
)

func TestJWT(t *testing.T) {
	const header = "eyJhbGciOiJIUzI1NiJ9"
	checkRows(t, JWT, isWord, span.JWT, []row{
		{"", "Bearer " + header + ".eyJzdWIiOiIxIn0.c2lnbmF0dXJl now", header + ".eyJzdWIiOiIxIn0.c2lnbmF0dXJl"},
		{"", header + ".e30.", header + ".e30."},
		{"", header, ""},
		{"", "eyJmb28iOiJiYXIifQ.e30.c2lnbmF0dXJl", ""},
		{"", "x_" + header + ".e30.c2lnbmF0dXJl", ""},
		{"", header + "!.e30.c2lnbmF0dXJl", ""},
	})
}
