package detect

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

func TestSupportFor(t *testing.T) {
	for _, c := range []struct {
		key, in string // # is the number
		want    support
	}{
		{"phone_number", "#", directSupport},
		{"", "Phone Number: #", directSupport},
		{"", "<a href=\"tel:#\">", directSupport},
		{"", "TEL;TYPE=CELL:#", directSupport},
		{"", "#-office\nNext line", directSupport},
		{"", "電話 #", directSupport},
		{"", "his phone has rung all day at #", phoneSupport},
		{"", "please call me back at #", callSupport},
		{"", "Regards,\nKim\n#", callSupport},
		{"", "met Kim at the fair\n#\nwants a quote", proseSupport},
		{"", "spoke to Kim, #, she wants a quote", proseSupport},
		{"", "#", proseSupport},
		{"phone_number_id", "#", noSupport},
		{"", "row id #", noSupport},
		{"", "Lines # of the old file", noSupport},
		{"", "x := []int{#}", noSupport},
		{"", "12 # 34", noSupport},
		{"", "total\n#\n17 rows;", noSupport},
		{"", "a=1;\n#\nb=2;", noSupport},
	} {
		i := strings.IndexByte(c.in, '#')
		const number = "0171 2345678"
		var r Reader
		r.Reset(text.View{Text: strings.Replace(c.in, "#", number, 1), Key: c.key, Link: text.LinkKey})
		require.Equal(t, c.want, supportFor(&r, i, i+len(number)), "%s: %s", c.key, c.in)
	}
}
